#pragma once

#include <memory>

#include "app/api/telling.h"
#include "model/cluster_view.h"
#include "store/run_archive.h"

namespace backup_monitor {

/// Tells a stored run as its mail would be written now.
///
/// \param view  the cluster as it was seen last, for names; nullptr before the first look
/// \return the archive's error
[[nodiscard]] Result<Telling> TellStored(const Run& run, Language language, RunArchive& archive,
                                         const ClusterView* view, Time now);

}  // namespace backup_monitor
