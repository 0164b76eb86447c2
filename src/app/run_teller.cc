#include "app/run_teller.h"

#include <utility>

#include "app/report_builder.h"
#include "run/verdicts.h"

namespace backup_monitor {

Result<Telling> TellStored(const Run& run, Language language, RunArchive& archive,
                           const ClusterView* view, Time now) {
  auto history = archive.HistoryOf(run);
  if (!history) return Fail(history.error());
  static const ClusterView kNothingSeen;
  Run told = run;
  ForgetVerdicts(told);
  Report report;
  report.kind = run.open() ? ReportKind::kEarlyNotice : ReportKind::kFinal;
  report.created_at = now;
  report.runs = {BuildSection(told, Judge(told), *history, view != nullptr ? *view : kNothingSeen)};
  Explanation words = Explain(report, language);
  return Telling{std::move(report.runs.front()), std::move(words)};
}

}  // namespace backup_monitor
