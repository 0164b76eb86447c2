#include "model/verdict.h"

namespace backup_monitor {

std::string_view Name(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::kSucceeded: return "succeeded";
    case Verdict::kSavedWithErrors: return "saved_with_errors";
    case Verdict::kFailed: return "failed";
    case Verdict::kNotFinished: return "not_finished";
    case Verdict::kNeverRan: return "never_ran";
  }
  return "failed";
}

std::string_view Name(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::kSuccess: return "SUCCESS";
    case Outcome::kIncomplete: return "INCOMPLETE";
    case Outcome::kPartial: return "PARTIAL";
    case Outcome::kMissed: return "MISSED";
    case Outcome::kRepoFailure: return "REPO_FAILURE";
  }
  return "REPO_FAILURE";
}

std::optional<Verdict> VerdictNamed(std::string_view name) noexcept {
  for (const Verdict verdict : kAllVerdicts) {
    if (Name(verdict) == name) return verdict;
  }
  return std::nullopt;
}

std::optional<Outcome> OutcomeNamed(std::string_view name) noexcept {
  for (const Outcome outcome : kAllOutcomes) {
    if (Name(outcome) == name) return outcome;
  }
  return std::nullopt;
}

}  // namespace backup_monitor
