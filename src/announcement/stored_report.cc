#include "announcement/stored_report.h"

#include <algorithm>
#include <utility>

#include "announcement/report_builder.h"
#include "run/verdicts.h"

namespace backup_monitor::announcement {

StoredReport::StoredReport(Report report)
    : report_{std::make_unique<const Report>(std::move(report))},
      facts_{report::FactsOf(*report_)} {}

Time ReportMomentOf(const Run& run, Time now) {
  if (!run.closed_at()) return now;
  Time moment = *run.closed_at();
  for (const auto& [id, module] : run.modules) {
    const SeenRecord* shown = module.shown();
    if (shown != nullptr && shown->finding) moment = std::max(moment, shown->finding->probed_at);
  }
  return std::min(moment, now);
}

Result<StoredReport> ReportOnStored(const Run& run, std::optional<Language> language,
                                    store::RunArchive& archive, const ClusterView* view,
                                    Time as_of) {
  auto history = archive.HistoryOf(run, as_of);
  if (!history) return Fail(history.error());
  static const ClusterView kNothingSeen;
  Run described = run;
  run::ForgetVerdicts(described);
  Report report;
  report.kind = run.open() ? ReportKind::kEarlyNotice : ReportKind::kFinal;
  report.created_at = as_of;
  report.runs = {BuildSection(described, outcome::Judge(described), *history,
                              view != nullptr ? *view : kNothingSeen)};
  StoredReport stored{std::move(report)};
  if (language) stored.words = report::words::Explain(stored.facts(), *language);
  return stored;
}

}  // namespace backup_monitor::announcement
