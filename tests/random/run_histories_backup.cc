#include "random/run_histories_backup.h"

#include <algorithm>

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr seconds kTryAgain{60};
constexpr seconds kGiveUp{3600};

}  // namespace

BackupModel::BackupModel(ModelCluster cluster, History& history, Chance& chance)
    : cluster_{std::move(cluster)}, history_{history}, chance_{chance}, now_{At("0 12:00")} {
  for (const auto& [name, plan] : cluster_.plans) {
    TellPlan(name, "");
    const std::string id = name;
    Later(plan.first - hours{1}, [this, id, due = plan.first] { Schedule(id, due); });
  }
}

void BackupModel::Live(Time end) {
  while (!agenda_.empty() && agenda_.begin()->first <= end) {
    const auto first = agenda_.begin();
    now_ = std::max(now_, first->first);
    const auto what = std::move(first->second);
    agenda_.erase(first);
    what();
  }
}

void BackupModel::Happens(std::string text, std::function<void(Night&)> act, seconds clock_step) {
  history_.happenings.push_back({now_, std::move(text), std::move(act), clock_step});
}

void BackupModel::Schedule(const std::string& plan, Time due) {
  const std::size_t run = history_.runs.size();
  history_.runs.push_back({plan, due, false});
  const bool outage = chance_.Percent(3);
  for (unsigned node = 1; node <= cluster_.clocks.size(); ++node) {
    const NodeClock& clock = cluster_.clocks[node - 1];
    const Time when = due - clock.OffsetAt(due) + chance_.Between(seconds{0}, seconds{5});
    Later(std::max(when, now_), [=, this] { StartJob(plan, node, run, false, outage); });
  }
  const Time next = due + cluster_.plans.at(plan).every;
  Later(next - std::min<seconds>(hours{1}, next - now_), [=, this] { Schedule(plan, next); });
}

void BackupModel::StartByHand(const std::string& plan) {
  const std::size_t run = history_.runs.size();
  history_.runs.push_back({plan, now_, true});
  for (unsigned node = 1; node <= cluster_.clocks.size(); ++node) {
    StartJob(plan, node, run, true, false);
  }
}

void BackupModel::StartJob(const std::string& plan, unsigned node, std::size_t run, bool by_hand,
                           bool outage) {
  if (off_.contains(node)) return;
  for (const JobPtr& other : jobs_) {
    // systemd does not start a unit that is still running.
    if (!other->dead && !by_hand && !other->by_hand && other->plan == plan && other->node == node)
      return;
  }
  auto job = std::make_shared<Job>();
  job->run = run;
  job->plan = plan;
  job->node = node;
  job->by_hand = by_hand;
  job->outage = outage;
  for (const std::string& module : cluster_.plans.at(plan).modules) {
    if (cluster_.modules.at(module).node == node) job->queue.push_back(module);
  }
  job->first_try = now_;
  jobs_.push_back(job);
  Turn(job);
}

void BackupModel::NextTurn(const JobPtr& job) {
  ++job->next;
  job->first_try = now_;
  Turn(job);
}

void BackupModel::Turn(const JobPtr& job) {
  if (job->dead) return;
  if (job->next == job->queue.size()) {
    job->dead = true;
    if (!job->failed) gauge_is_zero_.erase({job->plan, job->node});
    return;
  }
  const std::string& module = job->queue[job->next];
  if (cluster_.modules.at(module).node != job->node) return NextTurn(job);
  if (!busy_.contains(module)) return BackUp(job, module);
  if (now_ - job->first_try < kGiveUp) return Later(now_ + kTryAgain, [=, this] { Turn(job); });
  Happens(job->plan + ' ' + module + " given up as busy, run " + std::to_string(job->run), {});
  GaugeFalls(*job);
  job->failed = true;
  NextTurn(job);
}

void BackupModel::BackUp(const JobPtr& job, const std::string& module) {
  ModelModule& state = cluster_.modules.at(module);
  bool saved = !job->outage && !chance_.Permille(state.fails_permille);
  seconds takes = state.usual * chance_.Between(70, 130) / 100;
  if (chance_.Percent(2)) takes *= chance_.Between(2, 6);
  if (!state.has_run) takes *= chance_.Between(1, 6);
  if (!saved && chance_.Percent(70)) takes = chance_.Between(seconds{2}, seconds{60});
  if (!Expects(job->plan, module)) {
    saved = false;
    takes = seconds{2};
  }
  state.has_run = state.has_run || saved;
  busy_.insert(module);
  job->busy_with = module;
  Later(now_ + takes,
        [=, this, start = LocalTime(job->node)] { Finish(job, module, start, saved); });
}

void BackupModel::Finish(const JobPtr& job, const std::string& module, Time start, bool saved) {
  if (job->dead) return;
  busy_.erase(module);
  job->busy_with.clear();
  StatusRecord record = Record(job->plan, module + '@' + std::to_string(job->node), start,
                               LocalTime(job->node), saved ? 0 : 1);
  // A clock that stepped back may bring the same second twice; then NS8's record would not tell them apart.
  while (!history_.backups.emplace(record.key(), TrueBackup{job->run, saved}).second) {
    record.start += seconds{1};
  }
  const bool event = !chance_.Percent(events_lost_percent);
  Happens(job->plan + ' ' + module + (saved ? " saved" : " failed") + " on node " +
              std::to_string(job->node) + " from " + Text(record.start) + " to " +
              Text(record.end) + ", run " + std::to_string(job->run) +
              (event ? "" : ", event lost"),
          [record, event](Night& night) {
            night.Write(record);
            if (event) night.Look();
          });
  if (!saved) {
    GaugeFalls(*job);
    job->failed = true;
  }
  NextTurn(job);
}

void BackupModel::Kill(Job& job) {
  job.dead = true;
  if (!job.busy_with.empty()) busy_.erase(job.busy_with);
}

bool BackupModel::Expects(const std::string& plan, const std::string& module) const {
  const std::vector<std::string>& modules = cluster_.plans.at(plan).modules;
  return std::find(modules.begin(), modules.end(), module) != modules.end();
}

Time BackupModel::LocalTime(unsigned node) const {
  return now_ + cluster_.clocks[node - 1].OffsetAt(now_);
}

}  // namespace backup_monitor::testing
