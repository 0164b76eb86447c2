#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace backup_monitor {

/// What happened to one module in a run.
enum class Verdict {
  kSucceeded,        ///< A record of this run without errors.
  kSavedWithErrors,  ///< A record with errors, and a probe found a snapshot made between its times.
  kFailed,           ///< A record with errors. Without a probe it is unknown which step failed.
  kNotFinished,      ///< No record of this run when it closed. Never to be worded "not saved".
  kNeverRan,         ///< The same, and there has never been a record.
};

/// What happened to a whole run. In order: the later, the worse.
enum class Outcome {
  kSuccess,     ///< At least one module, all succeeded.
  kIncomplete,  ///< Some module is not_finished or never_ran.
  kPartial,     ///< Something was saved, and some module is failed or saved_with_errors.
  kMissed,      ///< The schedule says a run was due and nothing new was written.
  kRepoFailure,  ///< Nothing was saved and at least one failed, or an alert names a plan without status.
};

inline constexpr std::array kAllVerdicts{Verdict::kSucceeded, Verdict::kSavedWithErrors,
                                         Verdict::kFailed, Verdict::kNotFinished,
                                         Verdict::kNeverRan};
inline constexpr std::array kAllOutcomes{Outcome::kSuccess, Outcome::kIncomplete, Outcome::kPartial,
                                         Outcome::kMissed, Outcome::kRepoFailure};

/// How bad it is what is known of one module in one run. In order: the later, the worse. This is the one
/// order of "worst first": of the rows and groups of a mail, of the API's `rank` and of the page. It agrees
/// with that of the outcomes: whatever makes a run PARTIAL is worse than what makes it INCOMPLETE.
enum class Rank {
  kGood,             ///< Succeeded.
  kPending,          ///< No verdict yet: the run is open.
  kNotFinished,      ///< Whether this run saved it is unknown; an earlier one had a result.
  kNeverRan,         ///< Unknown, and there has never been a result.
  kSavedWithErrors,  ///< A snapshot exists, and something went wrong.
  kWithoutSnapshot,  ///< NS8 says success, and there is no snapshot (model/checked_backup.h).
  kFailed,
};

/// \param without_snapshot  of a success: there is no snapshot of it
[[nodiscard]] Rank RankOf(const std::optional<Verdict>& verdict, bool without_snapshot) noexcept;

/// What the head of a report calls a run: its outcome, but never better than the worst of its modules. In
/// order: the later, the worse.
enum class Phrase {
  kCompleted,
  kNotFinished,
  kNotConfirmed,
  kPartiallyFailed,
  kDidNotRun,
  kFailed
};

/// \param without_snapshot  some module succeeded without a snapshot
/// \param all_succeeded     every module succeeded. What is INCOMPLETE all the same is so for an alert that no
///                          result explains (outcome/judge.h).
[[nodiscard]] Phrase PhraseOf(Outcome outcome, bool without_snapshot, bool all_succeeded) noexcept;

/// The words of the API, the store and the metrics: "saved_with_errors".
[[nodiscard]] std::string_view Name(Verdict verdict) noexcept;
/// The words of the API: "not_confirmed".
[[nodiscard]] std::string_view Name(Phrase phrase) noexcept;
/// "REPO_FAILURE".
[[nodiscard]] std::string_view Name(Outcome outcome) noexcept;

[[nodiscard]] std::optional<Verdict> VerdictNamed(std::string_view name) noexcept;
[[nodiscard]] std::optional<Outcome> OutcomeNamed(std::string_view name) noexcept;

}  // namespace backup_monitor
