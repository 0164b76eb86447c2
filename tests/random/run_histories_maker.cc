#include <algorithm>
#include <memory>

#include "random/run_histories_backup.h"
#include "random/run_histories_history.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

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

void AddDaemonTrouble(const Making& making) {
  const auto often = [&](int percent) { return making.chance.Percent(percent); };
  BackupModel& model = making.model;
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
  history.rules.reconcile = seconds{long_one || chance.Percent(80) ? 3600 : 1200};
  BackupModel model{std::move(cluster), history, chance};
  model.events_lost_percent = chance.Percent(60) ? 0 : (chance.Percent(50) ? 10 : 100);
  model.alerts_percent = chance.Percent(50) ? 0 : 90;
  model.alerts_without_plan = chance.Percent(5);
  history.alerts_without_plan = model.alerts_without_plan;
  for (const auto& [name, plan] : model.cluster().plans) {
    history.hourly |= plan.every <= history.rules.quiet;
  }
  const Making making{history, model, chance, nights_end};
  AddClockTrouble(making);
  AddPeople(making);
  AddDaemonTrouble(making);
  model.Live(nights_end);
  // What has begun by now may still run; what has ended is closed 26 hours later at the latest.
  history.end = nights_end + hours{30};
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
