#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "model/report.h"
#include "model/snapshot_state.h"
#include "report/facts/cause.h"
#include "report/facts/step.h"

namespace backup_monitor::report {

// What follows from a report, without words: derived once (derive_facts.h), read by words, mail, JSON and the API.
// Each part refers to the part of the report that it is of, which must outlive it.

/// How far back a restore of one module would go.
struct NewestData {
  std::optional<Time> at;  ///< None: there is no data if `read`, else none is known.
  bool read = false;       ///< The repository was read, and no later backup has succeeded since.
  bool later = false;      ///< Of a backup after the one that failed.
  bool only_last_good = false;  ///< Nothing better is known than the last good backup.
  bool of_last_good = false;    ///< The snapshot is that of the last good backup.
};

struct ModuleFacts {
  explicit ModuleFacts(const ModuleLine& of) : line{of} {}

  const ModuleLine& line;
  /// What the check of its repository says of this backup.
  SnapshotState snapshot_state = SnapshotState::kNotLooked;
  Undecided undecided = Undecided::kNone;
  bool without_snapshot = false;  ///< NS8 says success, and there is no snapshot of it.
  /// A success of which 90 % and more of the data, or of the files, is gone since the good backup before. Not of
  /// one without a snapshot: there is no data that could have shrunk.
  bool fallen = false;
  Rank rank = Rank::kGood;
  std::optional<Time> made_at;  ///< Of the snapshot of this backup.
  std::optional<seconds> took;  ///< None where the layout does not say.
  /// By what its repository answered, else by the words of its record.
  std::optional<Cause> refusal;
  /// Most specific first. Empty where nothing was checked, where a success is confirmed, and where the check left it
  /// open.
  std::vector<Cause> causes;
  bool needs_log = false;  ///< A journal may say what the report cannot.
  /// Without a result, and the log or what is known of its node says why.
  bool silence_explained = false;
  NewestData newest;
  bool over_target = false;  ///< `newest` was older than its target when the run closed.

  /// Succeeded, and nothing contradicts it.
  [[nodiscard]] bool good() const noexcept { return rank == Rank::kGood; }
};

/// A node of which something is missing in a run, and what is known of it: it could not be reached when it would have had
/// to be there, and no result contradicts that; or its restart has ended the backup.
struct NodeFacts {
  static constexpr std::size_t kMostAway = 2;
  explicit NodeFacts(const PresenceLine& of) : line{of} {}

  const PresenceLine& line;
  std::vector<Absence> away{};   ///< The first and the last.
  std::optional<Time> booted{};  ///< Of the restart.
  bool away_at_due = false;      ///< It could not begin the run.
  bool explains = false;         ///< Why there is no result of it.
};

/// How many modules have come to what.
struct Tally {
  int total = 0;
  int succeeded = 0;
  int saved_with_errors = 0;
  int failed = 0;
  int not_finished = 0;
  int never_ran = 0;
  int pending = 0;           ///< No verdict yet: the run is open.
  int not_saved = 0;         ///< Of those that failed: certainly.
  int without_snapshot = 0;  ///< Of those that succeeded.
  int none_counted = 0;      ///< Of those without a snapshot: by NS8's own record.
  int fallen = 0;  ///< Of those that succeeded: most of the data, or of the files, is gone.

  [[nodiscard]] int with_errors() const noexcept { return failed + saved_with_errors; }
  [[nodiscard]] int without_result() const noexcept { return not_finished + never_ran; }
};

/// Bytes of several modules, and of those that also have a size before.
struct SizeSum {
  std::uint64_t now = 0;
  int modules = 0;  ///< With a size now.
  std::uint64_t comparable_now = 0;
  std::uint64_t comparable_before = 0;
  int comparable = 0;  ///< With a size now and before.
};

/// The good modules of one node.
struct NodeSum {
  const ModuleLine* first = nullptr;  ///< One of them, which names the node. Never null.
  int modules = 0;
  seconds took{0};
  SizeSum size;
};

/// How far back a restore would go at worst, over the modules that did not succeed.
struct OldestData {
  const ModuleLine* oldest = nullptr;  ///< Of those with data; null: none has any.
  Time oldest_at;                      ///< Its newest data.
  bool all_known = true;               ///< Each repository was read.
  std::vector<ModuleId> empty;         ///< Certainly no data at all.
  int unknown = 0;                     ///< Modules of which no data is known.
};

/// What is wrong beside how runs have ended. In order: the later, the worse.
enum class Trouble : std::uint8_t {
  kNone,
  kOverTarget,  ///< The newest data of an application is older than its target.
  kOldRun,      ///< Its last known run is so old that another must have been due.
  kLate,        ///< It is due, and nothing has come yet.
  kMissed,      ///< When it was last due, nothing came. The run that is shown is a later one.
  kNeverDue,    ///< It never runs by itself.
};

struct RunFacts {
  explicit RunFacts(const RunSection& of) : section{of} {}

  const RunSection& section;
  std::vector<ModuleFacts> modules;  ///< As in the section.
  Tally tally;
  /// What the run is called, by its outcome, its worst module, and what its plan's schedule says.
  Phrase phrase = Phrase::kCompleted;
  Trouble trouble = Trouble::kNone;
  bool trouble_first = false;  ///< It is no better than how the run ended, and that has ended.
  /// It is there for an alert without any status: no record has come since.
  bool no_status = false;
  /// Open for its alert alone: nothing else says that a backup is running.
  bool only_alerted = false;
  /// Every module succeeded, and yet no result explains its alert.
  bool unconfirmed_by_alert = false;
  bool goes_on = false;  ///< Open, or its repositories are being checked.
  /// The plan's episode of runs that did not succeed is over. Not by a success without a snapshot.
  bool has_ended_episode = false;
  /// Compact layout: the plan's record says so, and there are no modules.
  bool plan_failed = false;
  std::optional<seconds> took;  ///< Of a closed run; none in the compact layout.
  SizeSum size;
  std::optional<Cause> plan_cause;  ///< By the words of the plan's record, if that failed.
  /// Of a closed run of which at least two modules did not succeed, and of one is known what data there is.
  std::optional<OldestData> recovery;
  std::vector<NodeFacts> nodes;       ///< In order of node.
  bool missed_for_nodes = false;      ///< It did not take place, since none of its nodes was there.
  std::vector<NodeSum> good_by_node;  ///< In order of node, those on no known one first.

  /// The modules of one rank, in the order of the run.
  [[nodiscard]] std::vector<const ModuleFacts*> OfRank(Rank rank) const;
  /// The newest upload of the cluster's own backup has failed, or is too old.
  [[nodiscard]] bool lacks_cluster_backup() const noexcept {
    return section.cluster_backup && section.cluster_backup->is_lacking();
  }
  /// Because the newest try has failed.
  [[nodiscard]] bool cluster_backup_failed() const noexcept {
    return lacks_cluster_backup() && section.cluster_backup->backup.failed;
  }
  [[nodiscard]] std::vector<ModuleId> FallenModules() const;
  [[nodiscard]] std::vector<ModuleId> PendingModules() const;
  [[nodiscard]] std::vector<ModuleId> OverTarget() const;
  /// Reports had said that they are over their target, and now they have a good backup.
  [[nodiscard]] std::vector<ModuleId> BackInTarget() const;
};

/// NS8's successes that the repositories do not confirm. A module under two plans is there twice.
struct Unconfirmed {
  std::vector<ModuleId> without_snapshot;  ///< In the repository.
  std::vector<ModuleId> none_counted;      ///< By NS8's own record.
  std::map<ProbeCause, std::vector<ModuleId>> unread;
};

struct ReportFacts {
  explicit ReportFacts(const Report& of) : report{of} {}

  const Report& report;
  std::vector<RunFacts> runs;  ///< As in the report.
  Tally tally;                 ///< A module under two plans counts twice: it has two verdicts.
  std::vector<Trouble> plans;  ///< As in the report.
  Trouble trouble = Trouble::kNone;            ///< The worst of these,
  Phrase trouble_phrase = Phrase::kCompleted;  ///< and what it is called.
  /// The worst over the runs and the plans; kFailed where alerts fit no plan or no status.
  Phrase phrase = Phrase::kCompleted;
  bool no_status = false;     ///< Nothing but alerts without any status.
  bool only_alerted = false;  ///< Nothing but runs that are open for their alerts alone.
  /// The run that says what is so at this moment: the worst, and among equals one that goes on if nothing is
  /// wrong, else one that is over. None without runs.
  std::optional<std::size_t> foremost;
  bool trouble_first = false;  ///< `trouble` is worse than what is so of the foremost run.
  Unconfirmed unconfirmed;
  std::vector<Step> steps;  ///< What to do, most useful first. Empty where there is nothing to do.
};

}  // namespace backup_monitor::report
