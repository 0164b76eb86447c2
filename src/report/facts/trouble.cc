#include "report/facts/derive_facts.h"

namespace backup_monitor::report {

Phrase PhraseOf(Trouble trouble) noexcept {
  switch (trouble) {
    case Trouble::kNone: return Phrase::kCompleted;
    case Trouble::kOldRun:
    case Trouble::kOverTarget:
    case Trouble::kLate: return Phrase::kNotConfirmed;
    case Trouble::kMissed:
    case Trouble::kNeverDue: return Phrase::kDidNotRun;
  }
  return Phrase::kDidNotRun;
}

Trouble TroubleOf(const PlanStatus& status, std::optional<Outcome> shown) {
  if (!status.never_due.empty()) return Trouble::kNeverDue;
  switch (status.state) {
    case PlanState::kMissed: return shown == Outcome::kMissed ? Trouble::kNone : Trouble::kMissed;
    case PlanState::kLate: return Trouble::kLate;
    case PlanState::kUnknown: return shown == Outcome::kSuccess ? Trouble::kOldRun : Trouble::kNone;
    case PlanState::kGood:
    case PlanState::kFailing:
    case PlanState::kNever: break;
  }
  return Trouble::kNone;
}

}  // namespace backup_monitor::report
