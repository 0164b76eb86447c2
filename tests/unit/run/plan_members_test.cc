#include "run/plan_members.h"

#include "catch.h"

namespace backup_monitor::run {
namespace {

ClusterView Seen(Time at, std::vector<std::string> modules) {
  ClusterView view;
  view.looked_at = at;
  Plan& plan = view.plans[PlanId{"daily"}];
  plan.id = PlanId{"daily"};
  for (const std::string& module : modules) plan.expected.emplace_back(module);
  return view;
}

const PlanModule kA{PlanId{"daily"}, ModuleId{"a"}};
const PlanModule kB{PlanId{"daily"}, ModuleId{"b"}};
constexpr Time kFirst{seconds{1'000'000}};
constexpr Time kSecond{seconds{1'000'300}};

TEST_CASE("a module has joined before the first look with it", "[run][members]") {
  RunMemory memory;
  PlanMembers members;
  members.Update(Seen(kFirst, {"a"}), memory);
  members.Update(Seen(kSecond, {"a", "b"}), memory);

  CHECK(members.HasJoinedSince(kB, kSecond - seconds{1}));
  CHECK_FALSE(members.HasJoinedSince(kB, kSecond));
  CHECK_FALSE(members.HasJoinedSince(kA, kFirst));  // there before we looked
  CHECK_FALSE(members.HasLeftSince(kA, kFirst));
}

TEST_CASE("a module has left since the last look with it", "[run][members]") {
  RunMemory memory;
  PlanMembers members;
  members.Update(Seen(kFirst, {"a", "b"}), memory);
  members.Update(Seen(kSecond, {"a"}), memory);

  CHECK(members.HasLeftSince(kB, kFirst));
  CHECK_FALSE(members.HasLeftSince(kB, kFirst + seconds{1}));
  CHECK_FALSE(members.HasLeftSince(kA, kFirst));
}

TEST_CASE("the order of a plan is that of the last look, and goes with the plan",
          "[run][members]") {
  RunMemory memory;
  PlanMembers members;
  members.Update(Seen(kFirst, {"a", "b"}), memory);
  members.Update(Seen(kSecond, {"b", "a"}), memory);
  CHECK(memory.orders.at(PlanId{"daily"}).modules == std::vector{ModuleId{"b"}, ModuleId{"a"}});
  CHECK_FALSE(members.HasJoinedSince(kA, kFirst));

  ClusterView nothing;
  nothing.looked_at = kSecond;
  members.Update(nothing, memory);
  CHECK(memory.orders.empty());
}

TEST_CASE("who joined or left is forgotten after the time for which records count",
          "[run][members]") {
  const auto [later, known] = GENERATE(table<seconds, bool>(
      {{RunMemory::kRunWindow, true}, {RunMemory::kRunWindow + seconds{1}, false}}));
  RunMemory memory;
  PlanMembers members;
  members.Update(Seen(kFirst, {"a", "b"}), memory);
  members.Update(Seen(kSecond, {"a", "c"}), memory);
  members.Update(Seen(kFirst + later, {"a", "c"}), memory);
  CHECK(members.HasLeftSince(kB, kFirst) == known);
  members.Update(Seen(kSecond + later, {"a", "c"}), memory);
  CHECK(members.HasJoinedSince({PlanId{"daily"}, ModuleId{"c"}}, kFirst) == known);
}

TEST_CASE("a plan that is new to us, or comes back, holds what it held before", "[run][members]") {
  RunMemory memory;
  PlanMembers members;
  ClusterView nothing;
  nothing.looked_at = kFirst;
  members.Update(nothing, memory);
  members.Update(Seen(kSecond, {"a", "b"}), memory);
  CHECK_FALSE(members.HasJoinedSince(kB, kFirst));
}

TEST_CASE("what our clock said when it was ahead counts as now, or is forgotten",
          "[run][members]") {
  RunMemory memory;
  PlanMembers members;
  members.Update(Seen(kFirst, {"a"}), memory);
  members.Update(Seen(kFirst + std::chrono::hours{1}, {"a", "b"}), memory);
  members.Update(Seen(kSecond, {"b"}), memory);
  CHECK_FALSE(members.HasJoinedSince(kB, kFirst));
  CHECK(members.HasLeftSince(kA, kSecond));
}

}  // namespace
}  // namespace backup_monitor::run
