#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/cluster_view.h"
#include "run/run_tracker.h"
#include "schedule/timetable.h"
#include "unit/run/day_time.h"
#include "unit/run/kept_memory.h"
#include "unit/run/mail.h"

namespace backup_monitor::testing {

/// A cluster, a clock and a daemon around the run state machine. The daemon looks as the real one
/// does: at its start, every `reconcile`, when the state machine says so, at events and alerts. Time
/// stands still except in Until() and what calls it, so a test reads from top to bottom.
///
/// Modules are written "mail1@2" (on node 2) or "mail1" (node 1). A plan's id is its name.
class Night {
 public:
  /// Starts at "0 12:00", the daemon running, its store and the cluster empty.
  explicit Night(run::RunRules rules = {});

  // The cluster. Nothing here makes the daemon look.
  void HasPlan(const std::string& plan, const std::vector<const char*>& modules);
  /// Gives it a schedule, as systemd reads it on nodes in UTC.
  void IsDue(const std::string& plan, const std::string& schedule);
  void RemovePlan(const std::string& plan);
  void RemoveRecord(const std::string& plan, const std::string& module);
  void Write(StatusRecord record);  ///< NS8 overwrites: one record per plan and module.
  [[nodiscard]] ClusterView& cluster() noexcept { return view_; }
  [[nodiscard]] const ClusterView& cluster() const noexcept { return view_; }

  // Backups: time passes until `end`, the record is written, and NS8's event follows.
  void Saves(const std::string& plan, const std::string& module, std::string_view start,
             std::string_view end);
  void Fails(const std::string& plan, const std::string& module, std::string_view start,
             std::string_view end);
  /// Every module of the plan, one after the other, ten minutes each, whatever its node.
  void CleanRun(const std::string& plan, std::string_view start);

  // Time and the daemon.
  void Until(std::string_view time);
  void Until(Time time);
  void SetClock(Time time) { now_ = time; }  ///< The wall clock jumps; no time passes.
  void Look();                               ///< As after an event.
  void LosesEvents() { events_arrive_ = false; }
  void CannotRead(bool cannot) { cannot_read_ = cannot; }
  void Restart();    ///< Goes on with what the store was told to keep.
  void LoseStore();  ///< Goes on with an empty store.
  /// As `backup-monitor adopt-store` on a copy of the store as it is now; Start() goes on with it.
  void StopAndAdopt();
  void FailNextStore() { store_fails_ = true; }  ///< The next step is not kept: mails neither.
  void Stop() { running_ = false; }
  void Start();

  /// The daemon has just read this of a plan's newest run in the log of a node.
  void Hears(const std::string& plan, const char* node, NodeLog log);
  /// Likewise, whether the node could be reached.
  void Meets(const std::string& plan, const char* node, NodePresence presence);

  /// It has just read this of the uploads of the cluster's own backup.
  void Reads(const UploadReading& reading) { store_.Save(tracker_->Uploaded(reading)); }

  /// From now on the log holds this of an execution of run-backup, instead of what it held of it before. The daemon
  /// reads it as the real one does, if its rules say so.
  void Logs(std::size_t execution, LoggedPass pass);
  /// Of one that is off the log holds nothing new. `clock`: what its own clock shows.
  void NodeIsOn(NodeId node, bool on, Time clock);

  // Alerts: the daemon looks at once.
  void Alert(std::map<std::string, std::string> labels, std::optional<Time> starts_at,
             bool truncated = false);
  void AlertFor(const std::string& plan, std::string_view starts_at);

  /// The mails sent since the last call, oldest first; without notices that a run is late.
  [[nodiscard]] Lines TakeMails();
  /// The notices that a run is late, likewise.
  [[nodiscard]] Lines TakeLateNotices();
  /// When the newest of them says that its run is over at the latest.
  [[nodiscard]] std::optional<Time> known_by() const noexcept { return known_by_; }
  [[nodiscard]] const std::vector<Mail>& told() const noexcept { return told_; }
  /// What became of the alerts, in the order in which they came; none while one is undecided.
  [[nodiscard]] std::vector<std::optional<run::AlertAnswer::Kind>> answers() const;
  /// What decided what, since the start.
  [[nodiscard]] const std::vector<std::string>& reasons() const noexcept { return reasons_; }
  [[nodiscard]] Time now() const noexcept { return now_; }
  [[nodiscard]] const run::RunTracker& tracker() const noexcept { return *tracker_; }
  [[nodiscard]] const KeptMemory& store() const noexcept { return store_; }
  [[nodiscard]] std::set<RecordKey> RecordsInRedis() const;
  /// The look that was kept and first saw each record of a plan that was there.
  [[nodiscard]] const std::map<RecordKey, FirstSeen>& first_seen() const noexcept {
    return first_seen_;
  }
  /// The first look that was kept and found a plan.
  [[nodiscard]] std::optional<Time> first_look() const noexcept { return first_look_; }

 private:
  void Backup(const std::string& plan, const std::string& module, std::string_view start,
              std::string_view end, std::uint32_t errors);
  [[nodiscard]] bool HasWitnessToAsk() const;
  void AskWitnesses();
  [[nodiscard]] RunId NewestOf(const std::string& plan) const;
  void ReadLog();
  void AskNodes();
  [[nodiscard]] bool LookOnce();  ///< True if another look is due at once.
  void Keep(run::RunStep step);
  [[nodiscard]] Mail Tell(const Announcement& announcement);
  [[nodiscard]] Section Judge(const Run& run, bool closed);
  [[nodiscard]] bool ChangesAVerdict(const Section& section) const;

  run::RunRules rules_;
  ClusterView view_;
  KeptMemory store_;
  std::unique_ptr<schedule::Timetable> timetable_;
  std::unique_ptr<run::RunTracker> tracker_;
  Time now_;
  seconds until_reconcile_{0};
  seconds until_witnesses_{0};
  std::map<std::size_t, LoggedPass> log_;
  std::map<NodeId, Time> off_since_;
  std::map<NodeId, NodePresence> presence_;
  bool running_ = true;
  bool events_arrive_ = true;
  bool cannot_read_ = false;
  bool store_fails_ = false;
  std::vector<Trigger> inbox_;   ///< Not settled.
  std::vector<Trigger> unread_;  ///< Of these, not yet given to this tracker.
  std::map<TriggerId, std::optional<run::AlertAnswer::Kind>> answers_;
  std::map<RecordKey, FirstSeen> first_seen_;
  std::uint64_t looks_ = 0;  ///< That were kept.
  std::optional<Time> first_look_;
  std::optional<Time> known_by_;
  bool records_written_ = true;  ///< Since the last look that was kept.
  std::vector<std::string> reasons_;
  std::vector<Mail> told_;
  std::size_t taken_ = 0;
  std::size_t notices_taken_ = 0;
  std::map<RunId, std::map<ModuleId, Verdict>> last_told_;  ///< Verdicts that people know.
};

/// A status record; `module` as in Night, and of no node with "mail1@".
[[nodiscard]] StatusRecord Record(const std::string& plan, std::string_view module, Time start,
                                  Time end, std::uint32_t errors = 0);

/// The plan "daily" has run once, on day 1 from 01:00 on: every module after the one before, ten
/// minutes each. That was reported and taken; it is "1 12:00".
[[nodiscard]] Night AfterOneCleanRun(std::initializer_list<const char*> modules,
                                     run::RunRules rules = {});

/// The plan "daily" of a on node 1 and b on node 2 is due at 01:00. It has run twice, a for 10 minutes, b for 20; that
/// was reported and taken.
[[nodiscard]] Night TwoNodes(run::RunRules rules = {});

/// What the cluster's log says counts.
[[nodiscard]] inline run::RunRules WithLog() {
  run::RunRules rules;
  rules.reads_log = true;
  return rules;
}

/// A plan that is first seen at "1 00:30".
[[nodiscard]] Night WatchedFrom0030(const std::string& plan, const std::string& schedule,
                                    const std::vector<const char*>& modules,
                                    run::RunRules rules = {});

}  // namespace backup_monitor::testing
