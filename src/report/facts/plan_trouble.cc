#include "report/facts/derive_facts.h"

namespace backup_monitor::report {

Phrase PhraseOf(PlanTrouble trouble) noexcept {
  switch (trouble) {
    case PlanTrouble::kNone: return Phrase::kCompleted;
    case PlanTrouble::kOldRun:
    case PlanTrouble::kLate: return Phrase::kNotConfirmed;
    case PlanTrouble::kMissed:
    case PlanTrouble::kNeverDue: return Phrase::kDidNotRun;
  }
  return Phrase::kDidNotRun;
}

PlanTrouble TroubleOf(const PlanStatus& status, std::optional<Outcome> shown) {
  if (!status.never_due.empty()) return PlanTrouble::kNeverDue;
  switch (status.state) {
    case PlanState::kMissed:
      return shown == Outcome::kMissed ? PlanTrouble::kNone : PlanTrouble::kMissed;
    case PlanState::kLate: return PlanTrouble::kLate;
    case PlanState::kUnknown:
      return shown == Outcome::kSuccess ? PlanTrouble::kOldRun : PlanTrouble::kNone;
    case PlanState::kGood:
    case PlanState::kFailing:
    case PlanState::kNever: break;
  }
  return PlanTrouble::kNone;
}

}  // namespace backup_monitor::report
