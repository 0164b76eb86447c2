#include <algorithm>
#include <memory>

#include "random/run_histories_backup.h"
#include "random/run_histories_history.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// A module that left no record may still come, as far as records say, when the next run begins within q.
void MarkOverlaps(History& history) {
  for (TrueRun& run : history.runs) {
    Time last = run.began;
    bool silent = false;
    for (const auto& [module, state] : run.modules) {
      if (state.fate == Fate::kStored) last = std::max(last, state.at);
      else silent = true;
    }
    for (TrueRun& next : history.runs) {
      if (&next == &run || next.plan != run.plan || next.began < run.began) continue;
      // What is overwritten before a look has found it is not known.
      const seconds unseen = history.events_lost ? history.rules.reconcile : seconds{0};
      if (next.began <= last + (silent ? history.rules.quiet : unseen)) {
        run.overlaps = next.overlaps = true;
      }
    }
  }
}

/// One history in the making.
struct Making {
  History& history;
  BackupModel& model;
  Chance& chance;
  Time nights_end;

  [[nodiscard]] Time AnyTime() const {
    return At("0 13:00") + chance.Between(seconds{0}, nights_end - At("0 13:00"));
  }
  [[nodiscard]] std::string AnyPlan() const {
    auto plan = model.cluster().plans.begin();
    std::advance(plan, chance.Below(static_cast<std::int64_t>(model.cluster().plans.size())));
    return plan->first;
  }
  [[nodiscard]] std::string AnyModule() const {
    auto module = model.cluster().modules.begin();
    std::advance(module, chance.Below(static_cast<std::int64_t>(model.cluster().modules.size())));
    return module->first;
  }
  [[nodiscard]] unsigned AnyNode() const {
    return static_cast<unsigned>(
        chance.Between(1, static_cast<int>(model.cluster().clocks.size())));
  }
};

/// Often near the start of a scheduled run, where it hurts.
Time TroubledTime(const Making& making) {
  const ModelPlan& plan = making.model.cluster().plans.at(making.AnyPlan());
  if (making.chance.Percent(40)) return making.AnyTime();
  const auto nights = making.model.cluster().nights;
  return plan.first + hours{24} * making.chance.Below(nights) +
         making.chance.Between(seconds{0}, seconds{5400});
}

void AddPeople(const Making& making) {
  BackupModel& model = making.model;
  const auto often = [&](int percent) { return making.chance.Percent(percent); };
  if (often(25))
    model.Later(TroubledTime(making),
                [&model, plan = making.AnyPlan()] { model.StartByHand(plan); });
  if (often(8))
    model.Later(TroubledTime(making),
                [&model, plan = making.AnyPlan()] { model.StartByHand(plan); });
  if (often(10))
    model.Later(TroubledTime(making), [&model, plan = making.AnyPlan()] { model.Cancel(plan); });
  const std::string module = making.AnyModule();
  const std::string plan = making.AnyPlan();
  if (often(10))
    model.Later(TroubledTime(making), [=, &model] { model.RemoveFromPlan(plan, module); });
  if (often(10)) model.Later(TroubledTime(making), [=, &model] { model.Add(plan, module); });
  if (often(8)) {
    model.Later(TroubledTime(making),
                [=, &model, node = making.AnyNode()] { model.Move(module, node); });
  }
  if (model.cluster().earlier && often(50)) {
    model.Later(making.AnyTime(), [&model] { model.Upgrade(); });
  }
  if (often(15)) {
    const Time when = TroubledTime(making);
    const unsigned node = making.AnyNode();
    model.Later(when, [=, &model] { model.SwitchNode(node, false); });
    model.Later(when + making.chance.Between(minutes{10}, hours{40}),
                [=, &model] { model.SwitchNode(node, true); });
  }
}

/// From `when` on, for a while, `begin` and then `end` are done to the daemon.
void AddSpell(const Making& making, const std::string& what, seconds longest,
              std::function<void(Night&)> begin, std::function<void(Night&)> end) {
  const Time when = TroubledTime(making);
  const seconds spell = making.chance.Between(seconds{300}, longest);
  BackupModel& model = making.model;
  making.history.slack += spell;
  making.history.watched_well = false;
  model.Later(when, [=, &model] { model.Happens(what, begin); });
  model.Later(std::min(when + spell, making.nights_end),
              [=, &model] { model.Happens("end of: " + what, end); });
}

/// The daemon is installed while the cluster has been at work for a while.
void AddInstallation(const Making& making) {
  const Time when = making.chance.Percent(50)
                        ? TroubledTime(making)
                        : At("0 13:00") + making.chance.Between(hours{12}, hours{36});
  BackupModel& model = making.model;
  model.Happens("not installed yet", [](Night& night) { night.Stop(); });
  model.Later(std::min(when, making.nights_end), [&model] {
    model.Happens("the daemon is installed", [](Night& night) { night.Start(); });
  });
}

/// Redis loses everything, and somebody restores it.
void AddEmptiedRedis(const Making& making) {
  making.history.emptied = true;
  const auto kept = std::make_shared<ClusterView>();
  AddSpell(
      making, "Redis is emptied", hours{4},
      [kept](Night& night) {
        *kept = night.cluster();
        night.cluster().records.clear();
        night.cluster().plans.clear();
        night.cluster().modules.clear();
      },
      [kept](Night& night) {
        for (const auto& [id, plan] : kept->plans) night.cluster().plans.emplace(id, plan);
        for (const auto& [id, module] : kept->modules) night.cluster().modules.emplace(id, module);
        const std::set<RecordKey> written = night.RecordsInRedis();
        for (const StatusRecord& record : kept->records) {
          const bool newer = std::any_of(written.begin(), written.end(), [&](const RecordKey& key) {
            return key.plan == record.plan && key.module == record.module;
          });
          if (!newer) night.Write(record);
        }
      });
}

void AddDaemonTrouble(const Making& making) {
  const auto often = [&](int percent) { return making.chance.Percent(percent); };
  BackupModel& model = making.model;
  if (often(10)) AddInstallation(making);
  if (often(2)) AddEmptiedRedis(making);
  if (often(15)) {
    AddSpell(
        making, "daemon off", often(50) ? hours{2} : hours{60}, [](Night& night) { night.Stop(); },
        [](Night& night) { night.Start(); });
  } else if (often(10)) {
    AddSpell(
        making, "Redis away", hours{5}, [](Night& night) { night.CannotRead(true); },
        [](Night& night) { night.CannotRead(false); });
  }
  for (int left = often(30) ? 4 : 0; left > 0; --left) {
    model.Later(TroubledTime(making),
                [&model] { model.Happens("restart", [](Night& night) { night.Restart(); }); });
  }
  for (int left = often(10) ? 3 : 0; left > 0; --left) {
    model.Later(TroubledTime(making), [&model] {
      model.Happens("next step is not stored", [](Night& night) { night.FailNextStore(); });
    });
  }
}

void AddClockTrouble(const Making& making) {
  const std::vector<NodeClock>& clocks = making.model.cluster().clocks;
  BackupModel& model = making.model;
  making.history.leader_offset = clocks.front().offset;
  for (const NodeClock& clock : clocks) {
    making.history.slack += 2 * std::chrono::abs(clock.offset);
    if (!clock.steps.empty()) making.history.watched_well = false;
    for (const auto& [when, step] : clock.steps) making.history.slack += 2 * std::chrono::abs(step);
  }
  for (const auto& [when, step] : clocks.front().steps) {
    model.Later(when, [&model, by = step] { model.Happens("the leader's clock steps", {}, by); });
  }
}

}  // namespace

History MakeHistory(std::uint64_t seed) {
  Chance chance{seed};
  History history;
  history.seed = seed;
  ModelCluster cluster = MakeCluster(chance);
  const Time nights_end = At("1 00:00") + hours{24} * cluster.nights;
  const bool long_one = cluster.nights > 4;
  history.rules.reads_log = seed % 2 == 1;
  history.rules.asks_for_nodes = seed % 4 >= 2;
  history.logged = history.rules.reads_log && !cluster.earlier;
  history.rules.reconcile = seconds{long_one || chance.Percent(80) ? 3600 : 1200};
  BackupModel model{std::move(cluster), history, chance};
  model.events_lost_percent = chance.Percent(60) ? 0 : (chance.Percent(50) ? 10 : 100);
  history.events_lost = model.events_lost_percent > 0;
  model.alerts_percent = chance.Percent(50) ? 0 : 90;
  model.most_repeats = chance.Percent(20) ? 40 : 4;
  model.alerts_without_plan = chance.Percent(5);
  history.alerts_without_plan = model.alerts_without_plan;
  for (const auto& [name, plan] : model.cluster().plans) {
    history.hourly |= plan.every <= history.rules.quiet;
    if (!plan.schedule.empty()) history.scheduled.emplace(name, plan.every);
  }
  const Making making{history, model, chance, nights_end};
  AddClockTrouble(making);
  AddPeople(making);
  AddDaemonTrouble(making);
  model.last_due = nights_end - hours{1};
  // What ended last is closed the longest time for a run later.
  history.end = nights_end + hours{50};
  model.Live(history.end);
  MarkOverlaps(history);
  std::stable_sort(
      history.happenings.begin(), history.happenings.end(),
      [](const Happening& left, const Happening& right) { return left.at < right.at; });
  return history;
}

std::string Text(const History& history) {
  std::string text = "seed " + std::to_string(history.seed) + ", a look every " +
                     std::to_string(history.rules.reconcile.count()) + " s\n";
  for (const Happening& happening : history.happenings) {
    if (!happening.text.empty()) text += Text(happening.at) + ' ' + happening.text + '\n';
  }
  return text;
}

}  // namespace backup_monitor::testing
