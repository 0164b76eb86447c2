#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/cluster_backup.h"
#include "model/cluster_view.h"
#include "model/run.h"
#include "model/run_memory.h"
#include "model/trigger.h"
#include "model/verdict.h"
#include "run/coverage_watch.h"
#include "run/due_moments.h"
#include "run/membership.h"
#include "run/pending_alerts.h"
#include "run/plan_members.h"
#include "run/recovery_watch.h"
#include "run/run_rules.h"
#include "run/run_step.h"

namespace backup_monitor::run {

/// Turns looks at the cluster and alerts into runs: the one state machine. No I/O, no clock of its
/// own, one thread. After a failure to store a step throw the tracker away and make a new one from
/// the store: nothing is lost, since the records are still in Redis and the alerts in the inbox.
class RunTracker {
 public:
  RunTracker(RunRules rules, RunMemory memory);

  /// One complete look, with the alerts that have come since the step before (after a restart: all
  /// that are not settled). `view.looked_at` is now; it may be before an earlier look. `known_alerts`:
  /// identities of alerts in `triggers` that have opened a run or a report before, as the store says.
  [[nodiscard]] RunStep Step(const ClusterView& view, const std::vector<Trigger>& triggers,
                             const std::set<std::string>& known_alerts = {});

  /// About how many bytes the alerts take that wait for a look to explain them.
  [[nodiscard]] std::size_t waiting_alerts_memory() const noexcept { return alerts_.memory(); }

  /// When the next look is needed although nothing happened: a run closes, a notice is due, an alert
  /// has waited long enough. None: reconcile is enough.
  [[nodiscard]] std::optional<Time> NextDue() const;

  /// What the store has to keep of a step, with the runs as they are now.
  [[nodiscard]] RunChanges ChangesOf(const RunStep& step) const;

  /// A run in memory; nullptr if it is none or too old.
  [[nodiscard]] const Run* Find(RunId run) const;

  /// Keeps what the outcome stage made of a run that was announced.
  void Judged(RunId id, Outcome outcome, const std::map<ModuleId, Verdict>& verdicts);

  /// Keeps what the check of a repository found of a record, wherever the record is shown. The first
  /// finding stays.
  /// \return what the store has to keep besides the finding.
  [[nodiscard]] RunChanges Found(const RecordKey& record, const Finding& finding);

  /// Keeps what a reading of the log said of a run in memory. What an earlier reading said
  /// stays where this one had trouble.
  /// \return what the store has to keep: of an open run nothing where only the time of the reading is new
  [[nodiscard]] RunChanges Heard(RunId id, NodeId node, NodeLog log);

  /// Keeps whether a node could be reached around a run in memory.
  /// \return as Heard()
  [[nodiscard]] RunChanges Met(RunId id, NodeId node, NodePresence presence);

  /// Keeps what a reading of the leader's log said of the uploads of the cluster's own backup, also with the runs that
  /// have closed since a reading.
  /// Only after a look (has_looked()): else it is not known to which destination a plan sends it.
  /// \return what the store has to keep
  [[nodiscard]] RunChanges Uploaded(const UploadReading& reading);

  /// A look has concluded something, since the tracker was made.
  [[nodiscard]] bool has_looked() const noexcept { return has_looked_; }

  [[nodiscard]] const RunMemory& memory() const noexcept { return memory_; }

 private:
  [[nodiscard]] RunChanges Refreshed(const Run& run);
  [[nodiscard]] bool IsPlausible(const ClusterView& view);
  void ClampToNow(Time now);
  [[nodiscard]] std::optional<Gap> NoteGap(const ClusterView& view);
  void FileNewRecords(const ClusterView& view, RunBook& book) const;
  static void CloseThirdRuns(RunBook& book);
  void CloseWhatIsOver(RunBook& book);
  void GiveEarlyNotices(RunBook& book);
  void GiveLateNotices(RunBook& book);
  [[nodiscard]] std::optional<Time> LateNoticeAt(RunId id) const;
  void RememberLook(const ClusterView& view, RunStep& step);
  void TrimMemory(const ClusterView& view);
  void TrimGonePlans(const ClusterView& view);

  /// Of an open run, as of the last look that concluded something.
  struct Wait {
    Time over_at;
    std::optional<Time> late_from;
  };

  RunRules rules_;
  RunMemory memory_;
  std::map<RunId, Wait> waits_;
  Membership membership_;
  PlanMembers members_;
  PendingAlerts alerts_;
  DueMoments due_moments_;
  RecoveryWatch recovery_watch_;
  CoverageWatch coverage_watch_;
  std::map<PlanId, std::string> destinations_;  ///< Of the last look.
  std::map<PlanId, Gap> gaps_;                  ///< To be reported with each plan's next run.
  std::optional<Time> strange_since_;  ///< First of the looks that missed every known module.
  std::optional<Time> trimmed_at_;
  bool has_looked_ = false;
};

}  // namespace backup_monitor::run
