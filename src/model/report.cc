#include "model/report.h"

#include <algorithm>

namespace backup_monitor {

Outcome Report::worst() const {
  if (kind == ReportKind::kNoStatus || kind == ReportKind::kUnknownPlan) return Outcome::kRepoFailure;
  Outcome worst = Outcome::kSuccess;
  for (const RunSection& run : runs) worst = std::max(worst, run.outcome);
  return worst;
}

}  // namespace backup_monitor
