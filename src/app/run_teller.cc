#include "app/run_teller.h"

#include <algorithm>
#include <utility>

#include "app/report_builder.h"
#include "run/verdicts.h"

namespace backup_monitor {

Time MomentOf(const Run& run, Time now) {
  if (!run.closed_at) return now;
  Time moment = *run.closed_at;
  for (const auto& [id, module] : run.modules) {
    const SeenRecord* shown = module.shown();
    if (shown != nullptr && shown->finding) moment = std::max(moment, shown->finding->probed_at);
  }
  return std::min(moment, now);
}

Result<Telling> TellStored(const Run& run, Language language, RunArchive& archive,
                           const ClusterView* view, Time as_of) {
  auto history = archive.HistoryOf(run, as_of);
  if (!history) return Fail(history.error());
  static const ClusterView kNothingSeen;
  Run told = run;
  ForgetVerdicts(told);
  Report report;
  report.kind = run.open() ? ReportKind::kEarlyNotice : ReportKind::kFinal;
  report.created_at = as_of;
  report.runs = {BuildSection(told, Judge(told), *history, view != nullptr ? *view : kNothingSeen)};
  Explanation words = Explain(report, language);
  return Telling{as_of, std::move(report.runs.front()), std::move(words)};
}

}  // namespace backup_monitor
