#include "announcement/stored_report.h"

#include <algorithm>
#include <utility>

#include "announcement/report_builder.h"
#include "run/verdicts.h"

namespace backup_monitor {

Time ReportMomentOf(const Run& run, Time now) {
  if (!run.closed_at) return now;
  Time moment = *run.closed_at;
  for (const auto& [id, module] : run.modules) {
    const SeenRecord* shown = module.shown();
    if (shown != nullptr && shown->finding) moment = std::max(moment, shown->finding->probed_at);
  }
  return std::min(moment, now);
}

Result<StoredReport> ReportOnStored(const Run& run, Language language, const PastOf& past,
                                    const ClusterView* view, Time as_of) {
  auto history = past(run, as_of);
  if (!history) return Fail(history.error());
  static const ClusterView kNothingSeen;
  Run described = run;
  ForgetVerdicts(described);
  Report report;
  report.kind = run.open() ? ReportKind::kEarlyNotice : ReportKind::kFinal;
  report.created_at = as_of;
  report.runs = {
      BuildSection(described, Judge(described), *history, view != nullptr ? *view : kNothingSeen)};
  Explanation words = Explain(report, language);
  return StoredReport{as_of, std::move(report.runs.front()), std::move(words)};
}

}  // namespace backup_monitor
