#include "report/words/causes.h"

#include <algorithm>
#include <array>

#include "report/facts/standing.h"

namespace backup_monitor {
namespace {

// The journal helps where the repository itself is not known to be what made the backup fail.
constexpr std::array kTable{
    Cause{ProbeCause::kUnreachable, "cause.unreachable", "advice.unreachable", "", false},
    Cause{ProbeCause::kTimeout, "cause.timeout", "advice.timeout", "", true},
    Cause{ProbeCause::kFull, "cause.full", "advice.full", "", false},
    Cause{ProbeCause::kCertificate, "cause.certificate", "advice.certificate", "", false},
    Cause{ProbeCause::kHostKey, "cause.host_key", "advice.host_key", "", false},
    Cause{ProbeCause::kDenied, "cause.denied", "advice.denied", "", true},
    Cause{ProbeCause::kLocked, "cause.locked", "advice.locked", "unlock", false},
    Cause{ProbeCause::kDamagedLock, "cause.damaged_lock", "advice.damaged_lock",
          "unlock --remove-all", false},
    Cause{ProbeCause::kWrongKey, "cause.wrong_key", "advice.wrong_key", "", false},
    Cause{ProbeCause::kNoRepository, "cause.no_repository", "advice.no_repository", "", true},
    Cause{ProbeCause::kDamaged, "cause.damaged", "advice.damaged", "check", false},
    Cause{ProbeCause::kNotStarted, "cause.not_started", "advice.not_started", "", true},
    Cause{ProbeCause::kIncomplete, "cause.incomplete", "advice.incomplete", "snapshots", true},
    Cause{ProbeCause::kUnknown, "cause.unknown", "advice.unknown", "", true},
    Cause{std::nullopt, "finding.not_saved", "advice.snapshot_old", "", true},
    Cause{std::nullopt, "finding.made_on", "advice.snapshot_made", "", true},
    Cause{std::nullopt, "explain.no_snapshot", "advice.no_snapshot", "", true},
};
constexpr const Cause& kUnknown = kTable[13];
constexpr const Cause& kSnapshotOld = kTable[14];
constexpr const Cause& kSnapshotMade = kTable[15];
constexpr const Cause& kSuccessWithoutSnapshot = kTable[16];

}  // namespace

const Cause& CauseOf(ProbeCause cause) noexcept {
  const auto* const found = std::ranges::find(kTable, std::optional{cause}, &Cause::probed);
  return found == kTable.end() ? kUnknown : *found;
}

std::vector<const Cause*> CausesOf(const RunSection& run, const ModuleLine& line) {
  const Standing standing = StandingInRepository(run, line);
  std::vector<const Cause*> causes;
  if (line.error_cause && !line.finding) causes.push_back(&CauseOf(*line.error_cause));
  if (standing == Standing::kNotLooked) return causes;
  if (line.finding && line.finding->cause) causes.push_back(&CauseOf(*line.finding->cause));
  if (line.verdict == Verdict::kSucceeded) {
    if (IsNotSaved(standing)) causes.push_back(&kSuccessWithoutSnapshot);
  } else if (causes.empty()) {
    if (standing == Standing::kMade) causes.push_back(&kSnapshotMade);
    if (IsNotSaved(standing)) causes.push_back(&kSnapshotOld);
  }
  return causes;
}

}  // namespace backup_monitor
