#include "model/verdict.h"

namespace backup_monitor {

Rank RankOf(const std::optional<Verdict>& verdict, bool without_snapshot) noexcept {
  if (!verdict) return Rank::kPending;
  switch (*verdict) {
    case Verdict::kSucceeded: return without_snapshot ? Rank::kWithoutSnapshot : Rank::kGood;
    case Verdict::kSavedWithErrors: return Rank::kSavedWithErrors;
    case Verdict::kFailed: return Rank::kFailed;
    case Verdict::kNotFinished: return Rank::kNotFinished;
    case Verdict::kNeverRan: return Rank::kNeverRan;
  }
  return Rank::kFailed;
}

Phrase PhraseOf(Outcome outcome, bool without_snapshot, bool all_succeeded) noexcept {
  switch (outcome) {
    case Outcome::kSuccess: return without_snapshot ? Phrase::kNotConfirmed : Phrase::kCompleted;
    case Outcome::kIncomplete:
      return without_snapshot || all_succeeded ? Phrase::kNotConfirmed : Phrase::kNotFinished;
    case Outcome::kPartial: return Phrase::kPartiallyFailed;
    case Outcome::kMissed: return Phrase::kDidNotRun;
    case Outcome::kRepoFailure: return Phrase::kFailed;
  }
  return Phrase::kFailed;
}

std::string_view Name(Phrase phrase) noexcept {
  switch (phrase) {
    case Phrase::kCompleted: return "completed";
    case Phrase::kNotFinished: return "not_finished";
    case Phrase::kNotConfirmed: return "not_confirmed";
    case Phrase::kPartiallyFailed: return "partially_failed";
    case Phrase::kDidNotRun: return "did_not_run";
    case Phrase::kFailed: return "failed";
  }
  return "failed";
}

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
