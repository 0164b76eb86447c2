#pragma once

#include <functional>

#include "announcement/requested_report.h"
#include "base/clock.h"
#include "base/result.h"
#include "model/cluster_view.h"
#include "model/preferences.h"
#include "model/report.h"
#include "model/run.h"
#include "report/words/explanation.h"

namespace backup_monitor {

/// A stored run as its report describes it: with names, with what was before, in words.
struct StoredReport {
  Time as_of;  ///< Every column and sentence is of this moment.
  RunSection section;
  Explanation words;
};

/// \return the store's error. Any thread.
using DescribeRun = std::function<Result<StoredReport>(const Run&, Language)>;

/// The moment that the report of a stored run is of: when it ended and its repositories had been checked;
/// now, if it goes on.
[[nodiscard]] Time ReportMomentOf(const Run& run, Time now);

/// Describes a stored run as its mail would have at `as_of`: what came later takes no part in it.
///
/// \param view  the cluster as it was seen last, for names; nullptr before the first look
/// \return the error of `past`
[[nodiscard]] Result<StoredReport> ReportOnStored(const Run& run, Language language,
                                                  const PastOf& past, const ClusterView* view,
                                                  Time as_of);

}  // namespace backup_monitor
