#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/cluster_backup.h"
#include "model/cluster_view.h"
#include "model/finding.h"
#include "model/ids.h"
#include "model/node_log.h"
#include "model/node_presence.h"
#include "model/recovery_point.h"
#include "model/run_lifecycle.h"
#include "model/status_record.h"
#include "model/trigger.h"
#include "model/verdict.h"

namespace backup_monitor {

/// A record as we took it in. NS8 stores node-local clock readings; these are the times we reckon
/// with, equal to the record's own unless its `end` lies in the future or before its `start`.
struct SeenRecord {
  StatusRecord record;
  Time seen_at;  ///< The look that first found it.
  Time started;  ///< Never after `ended`.
  Time ended;    ///< Never after `seen_at`.
  /// It was in Redis at the latest then. `ended` lies before NS8 cleans up the repository, which may take hours; the
  /// record is stored after it (ns8-core 4f41b359 node/bin/run-backup, process_module). None if nobody looked for
  /// over an hour before it was found.
  std::optional<Time> stored_by;
  std::optional<Finding>
      finding;  ///< What the check of the repository found of it; the first finding stays.

  friend bool operator==(const SeenRecord&, const SeenRecord&) = default;
};

/// One module within one run.
struct RunModule {
  std::optional<NodeId> node;  ///< As the plan stood when the run opened, else the record's.
  bool expected = false;       ///< In the plan when the run opened; false: it joined later.
  bool left = false;           ///< Has left the plan (or the cluster) since.
  bool ever_recorded = false;  ///< There was a record of it under this plan at any time before.
  std::optional<SeenRecord> record;  ///< Of this run.
  std::optional<SeenRecord>
      borrowed;                    ///< Of an overlapping run; set at closing, if `record` is none.
  std::optional<Verdict> verdict;  ///< As judged when the run last closed.
  /// How old its newest data might be when the run last closed (run/recovery_points.h); none: not known.
  std::optional<seconds> target{};
  bool was_over =
      false;  ///< When the run closed, reports had said that its data was older than that.

  /// One that joins later counts only with a record, one that leaves only with a record without
  /// errors: NS8 writes an error when a module is taken out of a plan that is running.
  [[nodiscard]] bool counts() const noexcept {
    if (left) return record && record->record.succeeded();
    return expected || record;
  }
  [[nodiscard]] const SeenRecord* shown() const noexcept {
    if (record) return &*record;
    return borrowed ? &*borrowed : nullptr;
  }
};

/// Why a run is in our books.
enum class RunOrigin {
  kRecords,   ///< A new record opened it.
  kHistory,   ///< An alert, and records from before our time.
  kAlert,     ///< An alert, and no record at all: a module given up as busy.
  kNoStatus,  ///< An alert for a plan that has no status at all. REPO_FAILURE until a record comes.
  kCompact,   ///< The compact layout: what was updated around an alert or a plan's timestamp.
  kSchedule,  ///< It was due, and no node answered. MISSED until a record comes, or the log says that it has begun.
};

/// When the schedule let a node begin a run.
struct DueNode {
  Time at;
  Time
      answer_by;  ///< If nothing of the node has come until then, nothing is expected of it any more.

  friend bool operator==(const DueNode&, const DueNode&) = default;
};

/// The due moment that a run answers. Due moments of the nodes differ if their zones do.
struct RunDue {
  Time at;  ///< The earliest.
  std::map<NodeId, DueNode>
      nodes;  ///< But for those that were still busy with an earlier run of the plan.

  friend bool operator==(const RunDue&, const RunDue&) = default;
};

/// Due moments that no run answered, or that found their node busy with an earlier run of the plan.
struct DueCount {
  int count = 0;
  Time first;
  Time last;

  friend bool operator==(const DueCount&, const DueCount&) = default;
};

/// An alert that a run has to answer: it opened the run, or came while that was open and had no errors.
struct CausingAlert {
  Time since;              ///< Its `startsAt`, at the latest when it was received.
  std::string node;        ///< Its label `node`; may be empty. Foreign text.
  bool names_plan = true;  ///< False: it means every plan updated lately.
  bool silenced = false;   ///< Alert::silenced.

  friend bool operator==(const CausingAlert&, const CausingAlert&) = default;
};

/// Time in which nobody looked at the cluster: runs in it may have passed unseen.
struct Gap {
  Time from;
  Time to;
  int unknown_due =
      0;  ///< Due moments in it of which nothing can be known: their records have been overwritten.
  friend bool operator==(const Gap&, const Gap&) = default;
};

/// One execution of a plan over all its modules, as far as records say. Only run/ changes one.
struct Run : RunLifecycle {
  RunId id{};  ///< 0: in no books, put together for one report (run/current_runs.h).
  PlanId plan;
  std::string plan_name;
  std::string destination_id;
  std::string destination_name;
  RunOrigin origin = RunOrigin::kRecords;
  /// The smallest `started` of its records; without any the alert's `startsAt` or the due moment.
  Time begin;
  Time opened_at;  ///< The look that opened it; compact layout: the moment that woke us.
  std::map<ModuleId, RunModule> modules;
  std::optional<Time> first_error_seen_at;
  std::optional<CompactPlanStatus> compact_status;
  std::optional<Gap> gap;      ///< Nobody looked between the run before and this one.
  std::string alert_identity;  ///< Of the alert that opened it; else empty.
  std::optional<CausingAlert> alert;
  std::optional<RunDue> due;  ///< None: nobody knows, or a person has started it.
  /// Of a plan that is due every 6 hours or more often: missed before this run and in no report yet, and with
  /// kSchedule its own.
  std::optional<DueCount> missed;
  std::optional<DueCount> overlapped;  ///< Due moments at which its nodes were still busy with it.
  std::optional<Outcome> outcome;      ///< As judged when the run last closed.
  std::map<NodeId, NodeLog> log;       ///< Of those nodes of which it was read.
  /// Of the cluster's own backup at its destination; none: the log is not read.
  std::optional<ClusterBackupAtClosing> cluster_backup{};
  std::map<NodeId, NodePresence> presence;  ///< Of those nodes that were asked for.

  /// A reading of the leader's log since it closed can still say how the upload of the cluster's own backup went.
  [[nodiscard]] bool awaits_cluster_backup() const;
  /// The newest `ended` of its own records.
  [[nodiscard]] std::optional<Time> last_end() const;
  [[nodiscard]] bool has_errors() const;
  /// Every module that counts has a record without errors, and there is one. Whatever a probe may
  /// say later, this alone is SUCCESS.
  [[nodiscard]] bool all_succeeded() const;
  /// There is an alert, and no result explains it: neither is one with errors among them, nor has every
  /// module that counts a good one that ended after the alert began. Nor does the plan's own record of this
  /// run (compact layout) say how it ended: that is a stronger witness than an alert. Such a run is no
  /// SUCCESS.
  [[nodiscard]] bool alert_unexplained() const;
  /// The log says that a timer has begun it on some node, and that there was something to do.
  [[nodiscard]] bool has_begun_by_log() const;
  /// It was due, and neither a record nor the log says that it has begun.
  [[nodiscard]] bool is_missed() const;
  /// There is nothing to report but an alert that no result explains.
  [[nodiscard]] bool rests_on_alert() const;
};

/// Alerts that were reported together, since there were too many of them for a report each.
struct AlertSummary {
  Time from;  ///< The hour that it covers.
  Time to;
  std::int64_t alerts = 0;         ///< Beside those that had reports of their own.
  std::vector<std::string> names;  ///< Some of what they call their plan, each once. Foreign text.

  friend bool operator==(const AlertSummary&, const AlertSummary&) = default;
};

/// What the run state machine wants people to know. announcement/ judges, words and mails it.
struct Announcement {
  enum class Kind {
    kEarlyNotice,  ///< An open run has errors for a while now.
    kFinal,        ///< One or more runs have closed.
    kUpdate,    ///< A run that was announced has closed again; reported only if a verdict changed.
    kNoStatus,  ///< An alert, and no status anywhere that it could mean.
    kUnknownPlan,  ///< An alert for a plan that nobody has ever heard of.
    kPlansSucceeded,  ///< An alert, and every plan that it could mean has succeeded and been reported. The
                      ///< alert is the news, the runs are its context.
    kAlertSummary,  ///< More alerts of kNoStatus, kUnknownPlan and kPlansSucceeded than are reported singly.
    kLateNotice,   ///< An open run takes longer than its own past lets expect.
    kNeverDue,     ///< Plans never run by themselves: `plans`.
    kUnprotected,  ///< Applications have been in no enabled plan for a day: `modules`.
    kRecoveryPoint,  ///< Data has become too old, or is not any more, and no run's report says so: `crossings`.
  };
  Kind kind = Kind::kFinal;
  /// Empty for kUnknownPlan, kAlertSummary, kNeverDue, kRecoveryPoint, kUnprotected, and for kNoStatus without a plan.
  std::vector<RunId> runs;
  std::optional<Alert> alert;             ///< The one that made us look, where there was one.
  std::optional<AlertSummary> summary{};  ///< Of kAlertSummary.
  std::optional<Time> known_by{};         ///< Of kLateNotice: when the run is over at the latest.
  std::vector<PlanId> plans{};            ///< Of kNeverDue.
  std::vector<ModuleId> modules{};        ///< Of kUnprotected.
  std::vector<RecoveryCrossing> crossings{};  ///< Of kRecoveryPoint.
};

}  // namespace backup_monitor
