// What people and faults do to the model of run-backup, and the alerts that follow.

#include <algorithm>
#include <utility>

#include "random/run_histories_backup.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;

/// As the cluster's keys say it: the plan's modules, each on its node.
void SetPlan(Night& night, const std::string& name, const ModelPlan& plan,
             const std::map<std::string, ModelModule>& modules, bool scheduled) {
  Plan& stored = night.cluster().plans[PlanId{name}];
  stored.id = PlanId{name};
  stored.name = name;
  stored.expected.clear();
  for (const auto& [id, state] : modules) {
    Module module;
    module.id = ModuleId{id};
    module.node = NodeId::Parse(std::to_string(state.node)).value();
    night.cluster().modules.insert_or_assign(module.id, module);
  }
  for (const std::string& module : plan.modules) stored.expected.emplace_back(module);
  if (scheduled) stored.schedule = plan.schedule;
  else stored.schedule.clear();
}

}  // namespace

void BackupModel::TellPlan(const std::string& name, const std::string& why) {
  Happens(why, [name, plan = cluster_.plans.at(name), modules = cluster_.modules,
                scheduled = scheduled_.contains(name)](Night& night) {
    SetPlan(night, name, plan, modules, scheduled);
  });
}

void BackupModel::Cancel(const std::string& plan) {
  for (const JobPtr& job : jobs_) {
    if (job->dead || job->plan != plan) continue;
    Kill(*job, Fate::kKilled);
    LogEnd(*job, LoggedPass::End::kStopped);
    Happens(plan + " cancelled on node " + std::to_string(job->node), {});
  }
}

void BackupModel::SwitchNode(unsigned node, bool on) {
  const NodeId id = *NodeId::Parse(std::to_string(node));
  Happens("node " + std::to_string(node) + (on ? " on" : " off"),
          [id, on, clock = LocalTime(node)](Night& night) { night.NodeIsOn(id, on, clock); });
  if (on) {
    off_.erase(node);
    for (const JobPtr& job : jobs_) {
      if (job->node == node && job->logged.end == LoggedPass::End::kUnknown && job->dead)
        LogEnd(*job, LoggedPass::End::kRebooted);
    }
    return;
  }
  off_.insert(node);
  for (const JobPtr& job : jobs_) {
    if (!job->dead && job->node == node) Kill(*job, Fate::kCutOff);
  }
}

void BackupModel::RemoveFromPlan(const std::string& plan, const std::string& module) {
  std::vector<std::string>& modules = cluster_.plans.at(plan).modules;
  if (modules.size() < 2 || !Expects(plan, module)) return;
  std::erase(modules, module);
  history_.taken_out.emplace(PlanId{plan}, ModuleId{module});
  TellPlan(plan, module + " taken out of " + plan);
}

void BackupModel::Add(const std::string& plan, const std::string& module) {
  if (Expects(plan, module)) return;
  cluster_.plans.at(plan).modules.push_back(module);
  TellPlan(plan, module + " added to " + plan);
}

void BackupModel::Move(const std::string& module, unsigned node) {
  cluster_.modules.at(module).node = node;
  for (const auto& [plan, state] : cluster_.plans) {
    TellPlan(plan, module + " moved to node " + std::to_string(node));
  }
}

void BackupModel::Upgrade() {
  if (!std::exchange(cluster_.earlier, false)) return;
  Happens("upgrade: one process per plan and node", {});
}

void BackupModel::GaugeFalls(const Job& job) {
  if (!gauge_is_zero_.emplace(job.plan, job.node).second) return;
  if (!chance_.Percent(alerts_percent)) return;
  const Time starts_at = now_ + chance_.Between(seconds{5}, seconds{25});
  const seconds late = chance_.Percent(5) ? chance_.Between(seconds{0}, seconds{7200}) : seconds{0};
  Later(starts_at + seconds{30} + late, [=, this, plan = job.plan, node = job.node] {
    SendAlert(plan, node, starts_at, most_repeats);
  });
}

void BackupModel::SendAlert(const std::string& plan, unsigned node, Time starts_at, int repeats) {
  std::map<std::string, std::string> labels;
  if (!alerts_without_plan) labels = {{"id", plan}, {"name", plan}, {"node", std::to_string(node)}};
  const Time on_its_clock = starts_at + cluster_.clocks.front().OffsetAt(starts_at);
  const int copies = chance_.Percent(20) ? 2 : 1;
  Happens("alert for " + plan + " since " + Text(on_its_clock), [=](Night& night) {
    for (int copy = 0; copy < copies; ++copy) night.Alert(labels, on_its_clock);
  });
  if (repeats == 0 || !gauge_is_zero_.contains({plan, node})) return;
  Later(now_ + hours{3}, [=, this] {
    const bool prometheus_restarted = chance_.Percent(10);
    if (gauge_is_zero_.contains({plan, node})) {
      SendAlert(plan, node, prometheus_restarted ? now_ : starts_at, repeats - 1);
    }
  });
}

}  // namespace backup_monitor::testing
