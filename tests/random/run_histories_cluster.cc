#include "random/run_histories_cluster.h"

#include <array>

#include "unit/run/day_time.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

seconds UsualDuration(Chance& chance) {
  if (chance.Permille(15)) return chance.Between(hours{4}, hours{16});
  constexpr std::array<int, 8> kUsual{5, 20, 60, 240, 600, 1200, 3600, 10'800};
  return seconds{kUsual[static_cast<std::size_t>(chance.Below(chance.Percent(30) ? 8 : 6))]};
}

/// `forget --prune`: mostly quick, at times longer than the backup.
seconds CleanUp(Chance& chance) {
  if (!chance.Percent(20)) return seconds{0};
  return chance.Percent(80) ? chance.Between(seconds{5}, minutes{10})
                            : chance.Between(minutes{10}, hours{3});
}

void AddClocks(ModelCluster& cluster, Chance& chance) {
  const auto nodes = chance.Between(1, 3);
  const bool skewed = chance.Percent(25);
  for (int node = 0; node < nodes; ++node) {
    NodeClock clock;
    if (skewed) clock.offset = chance.Between(minutes{-3}, minutes{3});
    if (chance.Percent(3)) {
      const Time when = At("1 00:00") + chance.Between(hours{0}, hours{48});
      clock.steps.emplace_back(when, chance.Percent(50) ? hours{1} : hours{-1});
    }
    cluster.clocks.push_back(clock);
  }
}

void AddModules(ModelCluster& cluster, Chance& chance) {
  const auto count = chance.Between(1, 6);
  const bool brittle = chance.Percent(20);
  for (int index = 0; index < count; ++index) {
    ModelModule module;
    module.node = static_cast<unsigned>(chance.Between(1, static_cast<int>(cluster.clocks.size())));
    module.usual = UsualDuration(chance);
    module.clean_up = CleanUp(chance);
    if (brittle && chance.Percent(50)) module.fails_permille = 400;
    cluster.modules.emplace(std::string{"m"} + std::to_string(index + 1), module);
  }
}

std::string TwoDigits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

/// As systemd would have it. Empty: there is no such calendar.
std::string ScheduleOf(const ModelPlan& plan) {
  const auto day = std::chrono::floor<std::chrono::days>(plan.first);
  const std::chrono::hh_mm_ss time{plan.first - day};
  const auto hour = time.hours().count();
  const std::string clock =
      ':' + TwoDigits(time.minutes().count()) + ':' + TwoDigits(time.seconds().count());
  if (plan.every == hours{1}) return '*' + clock;
  if (plan.every == hours{12})
    return std::to_string(hour) + ',' + std::to_string(hour + 12) + clock;
  const std::string daily = TwoDigits(hour) + clock;
  if (plan.every == hours{24}) return daily;
  // Day 1 of the tests is a Tuesday.
  return plan.every == hours{24 * 7} ? "Tue " + daily : "";
}

void AddPlan(const std::string& name, ModelCluster& cluster, Chance& chance) {
  ModelPlan plan;
  for (const auto& [module, state] : cluster.modules) {
    if (plan.modules.empty() || chance.Percent(80)) plan.modules.push_back(module);
  }
  plan.first = At("1 00:00") + chance.Between(hours{0}, hours{5});
  const auto kind = chance.Below(100);
  if (kind < 4) {
    plan.every = hours{1};
  } else if (kind < 16) {
    plan.every = hours{12};
  } else if (kind < 20) {
    plan.every = hours{24 * 7};
  } else if (kind < 21) {
    plan.every = hours{24 * 30};
  }
  if (chance.Percent(70)) plan.schedule = ScheduleOf(plan);
  cluster.plans.emplace(name, plan);
}

}  // namespace

seconds NodeClock::OffsetAt(Time time) const {
  seconds now = offset;
  for (const auto& [when, step] : steps) {
    if (when <= time) now += step;
  }
  return now;
}

ModelCluster MakeCluster(Chance& chance) {
  ModelCluster cluster;
  AddClocks(cluster, chance);
  AddModules(cluster, chance);
  AddPlan("p1", cluster, chance);
  if (chance.Percent(30)) AddPlan("p2", cluster, chance);
  cluster.nights = static_cast<int>(chance.Between(2, 4));
  for (const auto& [name, plan] : cluster.plans) {
    if (plan.every > hours{24}) cluster.nights = plan.every > hours{24 * 7} ? 62 : 15;
    if (plan.every < hours{12}) cluster.nights = 2;
  }
  cluster.earlier = chance.Percent(8);
  return cluster;
}

}  // namespace backup_monitor::testing
