#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/alert_contradiction.h"
#include "model/episode.h"
#include "model/exemption.h"
#include "model/finding.h"
#include "model/ids.h"
#include "model/plan_status.h"
#include "model/run.h"
#include "model/trigger.h"
#include "model/verdict.h"

namespace backup_monitor {

/// What kind of mail this is.
enum class ReportKind {
  kEarlyNotice,    ///< The run is still going, but already has errors.
  kFinal,          ///< A run is over.
  kUpdate,         ///< A verdict of a report already sent has changed.
  kNoStatus,       ///< An alert, and no status found.
  kUnknownPlan,    ///< An alert for a plan that is not in the cluster.
  kOnRequest,      ///< Somebody asked how things stand.
  kTest,           ///< The test mail: what is watched.
  kUndelivered,    ///< One summary of messages that waited over 3 days for the relay.
  kAlertSummary,   ///< More alerts that fit no backup than are reported singly.
  kLateNotice,     ///< The run is still going, longer than its own past lets expect.
  kNeverDue,       ///< Plans never run by themselves.
  kUnprotected,    ///< Applications have been in no enabled plan for a day.
  kRecoveryPoint,  ///< The newest data of applications has become too old, or is not any more.
};

/// The words of the API and the command line: "early_notice".
[[nodiscard]] std::string_view Name(ReportKind kind) noexcept;

/// What the cluster's log says of one module in a run.
struct LoggedModule {
  /// Through the agent, where any line may be an application's: it explains, and decides nothing.
  bool through_agent = false;
  bool begin_is_known = false;  ///< All that the execution did before is in the log.
  /// module-backup ended well, or got as far as what comes after restic backup.
  bool restic_ended = false;
  std::vector<FailedStep> failed;  ///< In the order of the log, each quotable.
  std::optional<ProbeCause>
      cause{};  ///< What the words of the first of them mean, where it is known; never kUnknown.
  std::optional<SilentModule> silence{};  ///< Of a module without a result: why.
  /// Of `silence->busy_with`: the plan's name; its id where that is not known. Foreign text.
  std::string busy_plan_name{};
  std::string signal{};  ///< With Silence::kKilled: "9/KILL", "oom-kill". Foreign text.

  /// Nothing was saved: restic did not begin, or said itself that it failed for good.
  [[nodiscard]] bool says_not_saved() const;
  /// restic itself ended without error, and only a later step failed.
  [[nodiscard]] bool failed_after_restic() const;
  /// restic could not read some files.
  [[nodiscard]] bool left_out_files() const;
  /// What failed is the application's own part, which has nothing to do with the destination.
  [[nodiscard]] bool failed_in_application() const;

  friend bool operator==(const LoggedModule&, const LoggedModule&) = default;
};

/// What the cluster's log says of one node in a run.
struct LogLine {
  NodeId node;
  std::string node_name;  ///< May be empty. Foreign text.
  NodeLog log;
};

/// Whether a node of a run could be reached around it.
struct PresenceLine {
  NodeId node;
  std::string node_name;  ///< May be empty. Foreign text.
  NodePresence presence;
};

/// One module in a report. Every text in it is foreign: names may hold anything.
struct ModuleLine {
  ModuleId module;
  std::string ui_name;  ///< May be empty.
  std::optional<NodeId> node;
  std::string node_name;           ///< May be empty.
  std::optional<Verdict> verdict;  ///< None while the run is open and it has no record.
  std::optional<Verdict>
      previous_verdict;         ///< In an update: what the corrected report said, if other.
  bool from_other_run = false;  ///< Times and verdict are of an overlapping run.

  std::optional<Time> started;  ///< Of the record shown, as we reckon with it.
  std::optional<Time> ended;
  std::optional<Time>
      recorded_start;  ///< As NS8 stored them: readings of the clock of the module's node,
  std::optional<Time> recorded_end;  ///< which is the one that snapshots are dated by.
  std::uint32_t error_count = 0;
  std::string error_text;  ///< Compact layout only. Without secrets.
  std::optional<ProbeCause>
      error_cause;                  ///< What `error_text` means, where it is known; never kUnknown.
  bool counts_no_snapshot = false;  ///< CountsNoSnapshot() of the record shown.
  std::optional<std::uint64_t> size_bytes;  ///< Only of a record without errors.
  std::optional<std::uint64_t> file_count;  ///< Likewise.

  std::optional<seconds> previous_duration;  ///< Of its newest record before this run.
  std::optional<std::uint64_t>
      previous_size_bytes;  ///< Of its newest one without errors before this run.
  std::optional<std::uint64_t> previous_file_count;  ///< Likewise.
  std::optional<Time> last_good;  ///< `ended` of the newest good backup, this run's included.
  std::string last_good_plan;  ///< Of another plan to the same destination: its name. Else empty.
  /// Runs in a row in which it did not succeed: up to this one, which counts if it did not, else up to the
  /// one before.
  Episode episode;

  std::optional<Finding> finding;  ///< Of the record shown: what its repository holds.
  /// Of a module without a good result of this run; none: the log says nothing of it.
  std::optional<LoggedModule> logged{};
  /// How far back a restore would go: the newest snapshot where the repository was read, by this look or
  /// an earlier one, else `last_good`. None: there is no such data, or none is known.
  std::optional<Time> newest_data;
  std::optional<seconds> target;  ///< How old that might be when the run closed; none: not known.
  bool was_over = false;          ///< Reports had said by then that it was older.

  /// Runs not succeeded up to this one, it included; 0 if succeeded.
  [[nodiscard]] int failures_in_row() const noexcept {
    return verdict && verdict != Verdict::kSucceeded ? episode.total() : 0;
  }
  /// Succeeded now, after this many that did not.
  [[nodiscard]] int fixed_after() const noexcept {
    return verdict == Verdict::kSucceeded ? episode.total() : 0;
  }
};

/// Why repositories that should have been checked were not.
enum class Unprobed {
  kNone,             ///< All were, or none should have been.
  kDestinationBusy,  ///< Another run uses the destination: a lock of ours would make its clean-up fail.
  kTimeOver,         ///< `repo_check.run_timeout` was over first.
  kReopened,         ///< A late result came first, and the run goes on.
  kEarlierCheck,  ///< An earlier check of the same destination had not ended when the time was over.
};

/// "destination_busy"; empty for kNone.
[[nodiscard]] std::string_view Name(Unprobed unprobed) noexcept;

/// A node of which nothing came when it was due.
struct SilentNode {
  NodeId node;
  std::string name;  ///< May be empty. Foreign text.
  int modules = 0;   ///< Of the run, on it.

  friend bool operator==(const SilentNode&, const SilentNode&) = default;
};

/// What the schedule says of a run.
struct ScheduleLine {
  std::optional<Time> due;        ///< The due moment that it answers, or that nothing answered.
  std::optional<Time> answer_by;  ///< Of a missed one: until when something was waited for.
  std::optional<seconds>
      late;  ///< Its first backup began so much after `due`, over the grace time.
  std::vector<SilentNode> silent;  ///< In order of node; of a run that some node answered.
  std::optional<DueCount> missed;  ///< More than `due`: of a plan that is due often.
  std::optional<DueCount> overlapped;
  std::optional<Time> next;  ///< When the plan is due next; none if never or not known.

  friend bool operator==(const ScheduleLine&, const ScheduleLine&) = default;
};

/// One run in a report.
struct RunSection {
  RunId run{};  ///< 0: it is stored nowhere.
  PlanId plan;
  std::string plan_name;
  std::string destination_id;    ///< May be empty.
  std::string destination_name;  ///< May be empty.
  RunOrigin origin = RunOrigin::kRecords;
  Outcome outcome = Outcome::kSuccess;  ///< While open: what it would be if it closed now.
  bool open = false;
  bool being_checked =
      false;  ///< It has ended, and its final report waits for the checks of its repositories.
  Time begin;
  std::optional<Time> end;                   ///< Newest end of its records; none if it has none.
  std::optional<Time> closed_at;             ///< None while it is open.
  std::optional<seconds> previous_duration;  ///< Of the plan's closed run before.
  std::vector<ModuleLine> modules;           ///< Those that count, worst first, then by id.
  /// Consecutive runs that were not SUCCESS: up to this one, which counts if it is not, else up to the one
  /// before.
  Episode episode;
  std::optional<Time>
      failing_since;                ///< `begin` of the first run of this episode; none if SUCCESS.
  std::vector<ModuleId> left_plan;  ///< With fixed_after(): they failed, and only left the plan.
  std::optional<Gap> gap;           ///< Nobody looked: runs in it are unknown.
  ScheduleLine schedule;
  std::optional<PlanStatus> plan_now;            ///< In a report on request, of an enabled plan.
  std::optional<CompactPlanStatus> plan_status;  ///< Compact layout: what the plan's record says.
  std::optional<ProbeCause> plan_error_cause;    ///< What its `error_text` means, as in ModuleLine.
  std::optional<CausingAlert> alert;             ///< The run has to answer it.
  bool alert_unexplained = false;                ///< And has no result that does.
  Unprobed unprobed =
      Unprobed::kNone;           ///< At least one of `modules` has no `finding`, for this reason.
  std::optional<Time> known_by;  ///< While open, in a late notice: it is over at the latest then.
  std::optional<ClusterBackupAtClosing> cluster_backup{};  ///< Run::cluster_backup.
  std::vector<LogLine> log;            ///< In order of node; of those nodes of which it was read.
  std::vector<PresenceLine> presence;  ///< Likewise; of those nodes that were asked for.

  /// 3: "3rd time in a row". 0 if SUCCESS.
  [[nodiscard]] int failure_in_row() const noexcept {
    return outcome != Outcome::kSuccess ? episode.total() : 0;
  }
  /// SUCCESS after this many runs that were not.
  [[nodiscard]] int fixed_after() const noexcept {
    return outcome == Outcome::kSuccess ? episode.total() : 0;
  }
};

/// An enabled plan of which a report shows no run.
struct PlanLine {
  PlanId plan;
  std::string name;  ///< Foreign text.
  PlanStatus now;
};

/// Applications whose backups by one plan lie on the node that they run on: lost together.
struct SameDiskLine {
  PlanId plan;
  std::string plan_name;  ///< Foreign text.
  NodeId node;
  std::string node_name;  ///< May be empty. Foreign text.
  std::vector<ModuleId> modules;
};

/// How old the newest data of an application is.
struct RecoveryLine {
  ModuleId module;
  std::string ui_name;  ///< May be empty. Foreign text.
  std::optional<NodeId> node;
  std::string node_name;  ///< May be empty. Foreign text.
  bool over = true;       ///< Older than `target`; false: not any more.
  Time newest;
  seconds target{0};
};

/// What is watched, for the test mail and for reports on request.
struct WatchSummary {
  int plans = 0;
  int modules = 0;  ///< In at least one plan.
  std::vector<ModuleId>
      unprotected;  ///< Need a backup and are in no enabled plan, and are not exempt.
  std::map<ModuleId, Time> unprotected_since;  ///< Of these, at the latest.
  std::map<ModuleId, Exemption> exempt;        ///< In no enabled plan, and exempt.
  bool cluster_reachable = true;
};

/// A message that waited too long, for ReportKind::kUndelivered.
struct WaitingSubject {
  Time created_at;
  std::string subject;
};

/// Everything a mail says, before words. Built by the pipeline, worded in report/.
struct Report {
  ReportKind kind = ReportKind::kFinal;
  Time created_at;
  std::string cluster_name;      ///< May be empty. Foreign text.
  std::vector<RunSection> runs;  ///< Worst first.
  /// By id. Of kOnRequest: those of which no run is known. Of kNeverDue: those that it is about.
  std::vector<PlanLine> plans;
  /// Of kRecoveryPoint: what it is about. Of kOnRequest: those over their target now. By id.
  std::vector<RecoveryLine> recovery;
  std::vector<ModuleId> modules;                     ///< Of kUnprotected: what it is about.
  std::vector<SameDiskLine> same_disk;               ///< Of kOnRequest. By plan.
  std::vector<AlertContradiction> contradictions{};  ///< Likewise.
  std::optional<Alert> alert;  ///< Quoted; a kOnRequest with one was asked for by it.
  std::optional<AlertSummary> alert_summary;  ///< Of kAlertSummary.
  std::vector<std::string> complaints;  ///< What could not be read: "not known" for the reader.
  WatchSummary watch;
  std::vector<WaitingSubject> undelivered;

  /// The worst outcome over the runs; kRepoFailure for kNoStatus, kUnknownPlan and kAlertSummary,
  /// kMissed for kNeverDue, kIncomplete for kUnprotected, and at least that where data is too old.
  /// With an alert that a report on the latest runs does not explain, never SUCCESS.
  [[nodiscard]] Outcome worst() const;
  /// Of `recovery`, some is older than its target.
  [[nodiscard]] bool has_old_data() const;
};

/// A report in words, not yet a mail. All UTF-8; `subject` is one line without control characters.
struct RenderedReport {
  std::string subject;
  std::string text;
  std::string html;
};

}  // namespace backup_monitor
