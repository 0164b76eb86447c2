#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "random/chance.h"
#include "random/run_histories_cluster.h"
#include "random/run_histories_history.h"

namespace backup_monitor::testing {

/// A model of ns8-core's `node/bin/run-backup` (4f41b359) on every node, writing into a History what it does: the
/// modules of a plan one after the other, then those that were busy, every minute for an hour; one record per plan
/// and module, stored after the clean-up that follows its end, an error for one that is taken out, nothing for one
/// given up, killed or not storable; and of the gauge that falls at the first failure and rises after a clean job.
/// Before core 3.20 each module had a timer and a process of its own, and a busy one was not tried again.
class BackupModel {
 public:
  BackupModel(ModelCluster cluster, History& history, Chance& chance);

  /// Lives until `end`. Happenings come out in the order of time.
  void Live(Time end);

  // What is to come, before Live().
  void Later(Time when, std::function<void()> what) { agenda_.emplace(when, std::move(what)); }
  void StartByHand(const std::string& plan);
  void Cancel(const std::string& plan);  ///< Every job of it that runs.
  void SwitchNode(unsigned node, bool on);
  void RemoveFromPlan(const std::string& plan, const std::string& module);
  void Add(const std::string& plan, const std::string& module);
  void Move(const std::string& module, unsigned node);
  void Upgrade();  ///< To a core that has one process per plan and node.

  [[nodiscard]] const ModelCluster& cluster() const noexcept { return cluster_; }
  [[nodiscard]] Time now() const noexcept { return now_; }
  void Happens(std::string text, std::function<void(Night&)> act, seconds clock_step = seconds{0});

  Time last_due = Time::max();  ///< Nothing is scheduled later.
  int events_lost_percent = 0;
  int alerts_percent = 0;  ///< Of the gauge's falls.
  int most_repeats = 4;    ///< Of an alert.
  bool alerts_without_plan = false;

 private:
  struct Job {
    std::size_t run = 0;
    std::string plan;
    unsigned node = 1;
    bool by_hand = false;
    bool outage = false;  ///< The repository cannot be reached.
    std::vector<std::string> queue;
    std::size_t next = 0;
    std::vector<std::string> busy;   ///< Of this round.
    std::optional<Time> give_up_at;  ///< Of the rounds after the first.
    std::string works_on;
    bool failed = false;
    bool dead = false;
    std::size_t number = 0;
    LoggedPass logged{
        .node = *NodeId::Parse("1"), .plan{}, .began{}, .last{}};  ///< What the log holds of it.
  };
  using JobPtr = std::shared_ptr<Job>;

  void Schedule(const std::string& plan, Time due);
  void StartNode(const std::string& plan, unsigned node, std::size_t run, bool by_hand,
                 bool outage);
  void StartJob(const std::string& plan, unsigned node, std::size_t run, bool by_hand, bool outage,
                std::vector<std::string> queue);
  void Turn(const JobPtr& job);
  void NextTurn(const JobPtr& job);
  void EndRound(const JobPtr& job);
  void BackUp(const JobPtr& job, const std::string& module);
  void EndBackup(const JobPtr& job, const std::string& module, Time start, bool saved);
  void Store(const JobPtr& job, const std::string& module, Time start, Time end, bool saved);
  void Kill(Job& job, Fate fate);
  [[nodiscard]] LoggedBackup& LoggedOf(Job& job, const std::string& module);
  void Log(Job& job);
  void LogEnd(Job& job, LoggedPass::End end);
  void Decide(std::size_t run, const std::string& module, Fate fate, bool saved = false);
  void GaugeFalls(const Job& job);
  void SendAlert(const std::string& plan, unsigned node, Time starts_at, int repeats);
  void TellPlan(const std::string& plan, const std::string& why);
  [[nodiscard]] bool Expects(const std::string& plan, const std::string& module) const;
  [[nodiscard]] Time LocalTime(unsigned node) const;

  ModelCluster cluster_;
  History& history_;
  Chance& chance_;
  Time now_;
  std::multimap<Time, std::function<void()>> agenda_;
  std::vector<JobPtr> jobs_;
  std::set<std::string> busy_;                                ///< Modules.
  std::set<std::pair<std::string, std::string>> recorded_;    ///< Plans with modules.
  std::set<std::string> scheduled_;                           ///< Plans whose timers run.
  std::set<unsigned> off_;                                    ///< Nodes.
  std::set<std::pair<std::string, unsigned>> gauge_is_zero_;  ///< By plan and node.
};

}  // namespace backup_monitor::testing
