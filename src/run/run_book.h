#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/cluster_view.h"
#include "model/run.h"
#include "model/run_memory.h"
#include "run/plan_members.h"
#include "run/run_rules.h"
#include "run/run_step.h"

namespace backup_monitor::run {

/// The memory while one step works on it: every change goes through here, so that the step can say
/// the store what to keep. Made for one step and thrown away.
class RunBook {
 public:
  /// `gaps`: times in which nobody looked, each to be reported with the plan's next run.
  RunBook(RunMemory& memory, const RunRules& rules, const ClusterView& view,
          const PlanMembers& members, std::map<PlanId, Gap>& gaps, RunStep& step)
      : memory_{memory}, rules_{rules}, view_{view}, members_{members}, gaps_{gaps}, step_{step} {}

  [[nodiscard]] const RunMemory& memory() const noexcept { return memory_; }
  [[nodiscard]] const RunRules& rules() const noexcept { return rules_; }
  [[nodiscard]] const ClusterView& view() const noexcept { return view_; }
  [[nodiscard]] Time now() const noexcept { return view_.looked_at; }
  /// What the schedule of a plan says; nullptr if that is not known, or the plan never runs by itself.
  [[nodiscard]] const PlanTiming* TimingOf(const PlanId& plan) const;
  /// The node that wrote a record; before core 3.20, the node that its module is on now.
  [[nodiscard]] std::optional<NodeId> NodeOf(const StatusRecord& record) const;
  [[nodiscard]] std::optional<NodeId> NodeOf(const SeenRecord& record) const {
    return NodeOf(record.record);
  }

  /// Runs of a plan, oldest id first.
  [[nodiscard]] std::vector<const Run*> RunsOf(const PlanId& plan) const;
  [[nodiscard]] std::vector<const Run*> OpenRunsOf(const PlanId& plan) const;

  /// Opens a run that expects what the plan expects now.
  RunId Open(const Plan& plan, Time begin, RunOrigin origin);
  /// The run is that of a due moment, if it is of none yet. Due moments that were missed before it, and are in no report
  /// yet, are told with it.
  void SetDue(RunId id, const RunDue& due);
  /// A node began so much later than it was due: the others may too.
  void Delay(RunId id, seconds late);
  /// A node that has sent nothing may still be at work for an earlier run: it is waited for until `until` at least.
  void AwaitNode(RunId id, NodeId node, Time until);
  /// A node was busy with an earlier run: nothing is expected of it.
  void ExcuseNode(RunId id, NodeId node);
  /// A run went on when its plan was due again. Once a day a run is marked so.
  void NoteOverlap(RunId id, Time due);

  void SetWatches(std::map<PlanId, PlanWatch> watches);
  void SettleDue(const PlanId& plan, Time due);
  /// Nobody looked when it was due, and its records have been overwritten.
  void CountUnknownDue(const PlanId& plan, Time due);
  /// A missed due moment that is in no report yet.
  void KeepMissed(const PlanId& plan, Time due);

  void SetLeft(RunId id, const ModuleId& module, bool left);
  /// Compact layout: what the plan's own record says of a run.
  void SetPlanStatus(RunId id, const CompactPlanStatus& status);
  /// The run has to answer this alert.
  void Attach(RunId id, std::string alert_identity, CausingAlert alert);
  /// A run that has closed is nobody's business: its report is not announced.
  void Dismiss(RunId id);

  /// Marks a record as seen that belongs to no run.
  void FileAsHistory(const SeenRecord& record, std::string_view why);
  /// Gives a record to a run, which must have none of that module. A closed run reopens.
  void Give(const SeenRecord& record, RunId id, std::string_view why);

  /// Closes a run as of `at` and lets its silent modules borrow. A run in which nothing counts is
  /// nobody's business and is marked as announced. `why` completes "run 12 closed: …".
  void Close(RunId id, Time at, std::string_view why);

  void Announce(Announcement announcement);
  void Answer(TriggerId trigger, AlertAnswer::Kind kind);
  void Remark(std::string text);
  /// One sentence of what decided something (RunStep::reasons).
  void Reason(std::string text);
  void RememberAlert(const std::string& identity);
  void SetAlertRates(AlertRates rates);
  /// Those that say nothing are left out.
  void SetModuleWatches(std::map<ModuleId, ModuleWatch> watches);
  void NoteWaitingRun() { ++step_.runs_waiting; }
  void CompactReported(const PlanId& plan, Time timestamp);

  /// The newest record of the plan's history and all linked to it make a run. None without history.
  std::optional<RunId> OpenFromHistory(const Plan& plan);

 private:
  [[nodiscard]] Run& Edit(RunId run);
  void Place(const SeenRecord& record, Run& run);
  [[nodiscard]] bool IsInPlan(const SeenRecord& record) const;
  /// History that can only be of the run joins at once: what its node did right before, in the plan's order.
  void JoinPredecessors(const SeenRecord& record, Run& run);
  /// History goes to the first run that its plan has opened since it was seen, when that closes: until then the
  /// module's own record may come.
  void JoinHistory(Run& run);
  /// From runs that overlap it: what ended after it began and started before `until`, when it closed.
  void Borrow(Run& run, Time until) const;
  void Remember(const SeenRecord& record, seconds lag);
  void SetWatch(const PlanId& plan, PlanWatch watch);
  /// What was missed before it, and is in no report yet, is told in its report.
  void TakeMissed(Run& run);
  /// A run of which nothing had come when it was due is over, and only now it is known whether it was missed.
  void SettleMissed(Run& run);

  RunMemory& memory_;
  const RunRules& rules_;
  const ClusterView& view_;
  const PlanMembers& members_;
  std::map<PlanId, Gap>& gaps_;
  RunStep& step_;
};

}  // namespace backup_monitor::run
