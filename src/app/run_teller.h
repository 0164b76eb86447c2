#pragma once

#include <memory>

#include "app/api/telling.h"
#include "model/cluster_view.h"
#include "store/run_archive.h"

namespace backup_monitor {

/// The moment that a report of a stored run is told as of: a run that has ended is told as it was when it
/// ended, and its repositories had been looked into; one that goes on as of now.
[[nodiscard]] Time MomentOf(const Run& run, Time now);

/// Tells a stored run as its mail would have been written at `as_of`: what came later takes no part in it.
///
/// \param view  the cluster as it was seen last, for names; nullptr before the first look
/// \return the archive's error
[[nodiscard]] Result<Telling> TellStored(const Run& run, Language language, RunArchive& archive,
                                         const ClusterView* view, Time as_of);

}  // namespace backup_monitor
