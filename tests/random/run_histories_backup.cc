#include "random/run_histories_backup.h"

#include <algorithm>

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr seconds kTryAgain{60};
constexpr seconds kGiveUp{3600};

}  // namespace

const char* Name(Fate fate) {
  switch (fate) {
    case Fate::kStored: return "stored";
    case Fate::kGivenUp: return "given up";
    case Fate::kKilled: return "killed";
    case Fate::kCutOff: return "node went off";
    case Fate::kLost: return "status lost";
    case Fate::kNodeOff: return "node off";
    case Fate::kPassedBy: return "passed by";
  }
  return "?";
}

BackupModel::BackupModel(ModelCluster cluster, History& history, Chance& chance)
    : cluster_{std::move(cluster)}, history_{history}, chance_{chance}, now_{At("0 12:00")} {
  for (const auto& [name, plan] : cluster_.plans) {
    TellPlan(name, "");
    const std::string id = name;
    // Timers run from the first time on, and until the history ends.
    Later(plan.first - minutes{5}, [this, id] {
      scheduled_.insert(id);
      TellPlan(id, "timers of " + id + " set");
      Happens("",
              [](Night& night) { night.Look(); });  // as after the event backup-schedule-changed
    });
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
  if (due > last_due) {
    return Later(std::max(due - minutes{5}, now_), [this, plan] {
      scheduled_.erase(plan);
      TellPlan(plan, "timers of " + plan + " gone");
      Happens("", [](Night& night) { night.Look(); });
    });
  }
  const std::size_t run = history_.runs.size();
  history_.runs.push_back({plan, due, false, false, {}});
  const bool outage = chance_.Percent(3);
  for (unsigned node = 1; node <= cluster_.clocks.size(); ++node) {
    const NodeClock& clock = cluster_.clocks[node - 1];
    // The leader uploads the backup of the cluster first.
    const seconds delay = chance_.Between(seconds{0}, seconds{node == 1 ? 60 : 5});
    const Time when = due - clock.OffsetAt(due) + delay;
    Later(std::max(when, now_), [=, this] { StartNode(plan, node, run, false, outage); });
  }
  const Time next = due + cluster_.plans.at(plan).every;
  Later(next - std::min<seconds>(hours{1}, next - now_), [=, this] { Schedule(plan, next); });
}

void BackupModel::StartByHand(const std::string& plan) {
  const std::size_t run = history_.runs.size();
  history_.runs.push_back({plan, now_, true, false, {}});
  for (unsigned node = 1; node <= cluster_.clocks.size(); ++node) {
    StartNode(plan, node, run, true, false);
  }
}

void BackupModel::StartNode(const std::string& plan, unsigned node, std::size_t run, bool by_hand,
                            bool outage) {
  std::vector<std::string> queue;
  for (const std::string& module : cluster_.plans.at(plan).modules) {
    if (cluster_.modules.at(module).node == node) queue.push_back(module);
  }
  if (off_.contains(node)) {
    for (const std::string& module : queue) Decide(run, module, Fate::kNodeOff);
    return;
  }
  if (!cluster_.earlier) return StartJob(plan, node, run, by_hand, outage, queue);
  for (const std::string& module : queue) StartJob(plan, node, run, by_hand, outage, {module});
}

void BackupModel::StartJob(const std::string& plan, unsigned node, std::size_t run, bool by_hand,
                           bool outage, std::vector<std::string> queue) {
  for (const JobPtr& other : jobs_) {
    if (other->dead || other->plan != plan || other->node != node) continue;
    if (cluster_.earlier && other->queue != queue) continue;
    // systemd does not start a unit that is still running.
    if (!by_hand && !other->by_hand) {
      for (const std::string& module : queue) Decide(run, module, Fate::kPassedBy);
      return;
    }
    history_.runs[run].overlaps = true;
    history_.runs[other->run].overlaps = true;
  }
  auto job = std::make_shared<Job>();
  job->run = run;
  job->plan = plan;
  job->node = node;
  job->by_hand = by_hand;
  job->outage = outage;
  job->queue = std::move(queue);
  for (const std::string& module : job->queue) {
    history_.runs[run].modules[module].first = !recorded_.contains({plan, module});
  }
  job->number = jobs_.size();
  const Time began = LocalTime(node);
  job->logged = {.node = *NodeId::Parse(std::to_string(node)),
                 .plan = PlanId{plan},
                 .through_agent = by_hand,
                 .began = began,
                 .begin_is_known = !by_hand,
                 .last = began};
  jobs_.push_back(job);
  Log(*job);
  Turn(job);
}

void BackupModel::Decide(std::size_t run, const std::string& module, Fate fate, bool saved) {
  TrueModule& truth = history_.runs[run].modules[module];
  truth = {fate, now_, saved, truth.first};
  if (fate == Fate::kStored) recorded_.emplace(history_.runs[run].plan, module);
}

void BackupModel::NextTurn(const JobPtr& job) {
  ++job->next;
  Turn(job);
}

void BackupModel::Turn(const JobPtr& job) {
  if (job->dead) return;
  if (job->next == job->queue.size()) return EndRound(job);
  const std::string& module = job->queue[job->next];
  if (cluster_.modules.at(module).node != job->node) {
    Decide(job->run, module, Fate::kPassedBy);
    return NextTurn(job);
  }
  if (!busy_.contains(module)) return BackUp(job, module);
  LoggedBackup& logged = LoggedOf(*job, module);
  logged.began = LocalTime(job->node);
  logged.end = LoggedBackup::End::kBusy;
  job->busy.push_back(module);
  NextTurn(job);
}

/// After the first round: those that were busy, every minute for an hour; a last round may begin after it.
void BackupModel::EndRound(const JobPtr& job) {
  if (!job->give_up_at) job->give_up_at = now_ + (cluster_.earlier ? seconds{0} : kGiveUp);
  if (!job->busy.empty() && now_ < *job->give_up_at) {
    return Later(now_ + kTryAgain, [=, this] {
      job->queue = std::exchange(job->busy, {});
      job->next = 0;
      Turn(job);
    });
  }
  for (const std::string& module : job->busy) {
    Happens(job->plan + ' ' + module + " given up as busy, run " + std::to_string(job->run), {});
    Decide(job->run, module, Fate::kGivenUp);
    GaugeFalls(*job);
    LoggedBackup& logged = LoggedOf(*job, module);
    logged.end = LoggedBackup::End::kGaveUp;
    logged.ended = LocalTime(job->node);
    job->failed = true;
  }
  job->dead = true;
  LogEnd(*job, job->failed ? LoggedPass::End::kWithFailures : LoggedPass::End::kWell);
  if (!job->failed) gauge_is_zero_.erase({job->plan, job->node});
}

void BackupModel::BackUp(const JobPtr& job, const std::string& module) {
  ModelModule& state = cluster_.modules.at(module);
  bool saved = !job->outage && !chance_.Permille(state.fails_permille);
  seconds takes = state.usual * chance_.Between(70, 130) / 100;
  if (chance_.Percent(2)) takes *= chance_.Between(2, 6);
  if (!state.has_run) takes *= chance_.Between(1, 6);
  takes = std::min<seconds>(takes, hours{20});
  if (!saved && chance_.Percent(70)) takes = chance_.Between(seconds{2}, seconds{60});
  if (!Expects(job->plan, module)) {
    saved = false;
    takes = seconds{2};
  }
  state.has_run = state.has_run || saved;
  busy_.insert(module);
  job->works_on = module;
  LoggedBackup& logged = LoggedOf(*job, module);
  logged.began = LocalTime(job->node);
  logged.end = LoggedBackup::End::kUnknown;
  Log(*job);
  Later(now_ + takes,
        [=, this, start = LocalTime(job->node)] { EndBackup(job, module, start, saved); });
}

void BackupModel::EndBackup(const JobPtr& job, const std::string& module, Time start, bool saved) {
  if (job->dead) return;
  busy_.erase(module);
  const ModelModule& state = cluster_.modules.at(module);
  const bool cleans_up = saved && state.clean_up > seconds{0} && chance_.Percent(50);
  const seconds takes = cleans_up ? state.clean_up * chance_.Between(70, 130) / 100 : seconds{0};
  const Time end = LocalTime(job->node);
  if (takes == seconds{0}) return Store(job, module, start, end, saved);
  Later(now_ + takes, [=, this] { Store(job, module, start, end, saved); });
}

void BackupModel::Store(const JobPtr& job, const std::string& module, Time start, Time end,
                        bool saved) {
  if (job->dead) return;
  job->works_on.clear();
  if (!saved) {
    GaugeFalls(*job);
    job->failed = true;
  }
  LoggedBackup& logged = LoggedOf(*job, module);
  logged.end = saved ? LoggedBackup::End::kCompleted : LoggedBackup::End::kFailed;
  logged.ended = LocalTime(job->node);
  if (chance_.Permille(4)) {
    logged.failed.push_back(
        {.step = BackupStep::kStoreStatus, .at = LocalTime(job->node), .unread = {}});
    Happens(
        job->plan + ' ' + module + ": its status cannot be stored, run " + std::to_string(job->run),
        {});
    Decide(job->run, module, Fate::kLost, saved);
    return NextTurn(job);
  }
  const std::string node = cluster_.earlier ? "" : std::to_string(job->node);
  StatusRecord record = Record(job->plan, module + '@' + node, start, end, saved ? 0 : 1);
  // A clock that stepped back may bring the same second twice; then NS8's record would not tell them apart.
  while (!history_.backups.emplace(record.key(), TrueBackup{job->run, saved}).second) {
    record.start += seconds{1};
  }
  Decide(job->run, module, Fate::kStored, saved);
  const bool event = !chance_.Percent(events_lost_percent);
  Happens(job->plan + ' ' + module + (saved ? " saved" : " failed") + " on node " +
              std::to_string(job->node) + " from " + Text(record.start) + " to " +
              Text(record.end) + ", run " + std::to_string(job->run) +
              (event ? "" : ", event lost"),
          [record, event](Night& night) {
            night.Write(record);
            if (event) night.Look();
          });
  NextTurn(job);
}

void BackupModel::Kill(Job& job, Fate fate) {
  job.dead = true;
  if (!job.works_on.empty()) busy_.erase(job.works_on);
  for (auto& [module, state] : history_.runs[job.run].modules) {
    const auto left = [&](const std::vector<std::string>& some, std::size_t from) {
      return std::find(some.begin() + static_cast<std::ptrdiff_t>(std::min(from, some.size())),
                       some.end(), module) != some.end();
    };
    if (left(job.queue, job.next) || left(job.busy, 0)) state = {fate, now_, false, state.first};
  }
}

LoggedBackup& BackupModel::LoggedOf(Job& job, const std::string& module) {
  job.logged.last = LocalTime(job.node);
  for (LoggedBackup& backup : job.logged.backups) {
    if (backup.module.value() == module) return backup;
  }
  job.logged.backups.push_back({.module = ModuleId{module}});
  return job.logged.backups.back();
}

/// Of the module's own process, before core 3.20, the sentences are others.
void BackupModel::Log(Job& job) {
  if (cluster_.earlier) return;
  Happens("", [number = job.number, pass = job.logged](Night& night) { night.Logs(number, pass); });
}

void BackupModel::LogEnd(Job& job, LoggedPass::End end) {
  job.logged.end = end;
  job.logged.ended = LocalTime(job.node);
  // Only the next start of the node says that it was cut off.
  if (job.logged.end != LoggedPass::End::kRebooted) job.logged.last = *job.logged.ended;
  Log(job);
}

bool BackupModel::Expects(const std::string& plan, const std::string& module) const {
  const std::vector<std::string>& modules = cluster_.plans.at(plan).modules;
  return std::find(modules.begin(), modules.end(), module) != modules.end();
}

Time BackupModel::LocalTime(unsigned node) const {
  return now_ + cluster_.clocks[node - 1].OffsetAt(now_);
}

}  // namespace backup_monitor::testing
