#include "schedule/timetable.h"

#include "catch.h"
#include "unit/schedule/made_up_zone.h"

namespace backup_monitor::testing {
namespace {

using namespace std::chrono;
using schedule::Timetable;

const PlanId kPlan{"1"};
const NodeId kNode = NodeId::Parse("1").value();
constexpr Time kNoon = sys_days{2026y / March / 10} + 12h;

/// A plan of one application on node 1, and a machine in UTC.
struct Table {
  explicit Table(std::string schedule, std::map<NodeId, std::string> configured = {})
      : timetable{zones, std::move(configured), "here"} {
    view.looked_at = kNoon;
    Plan& plan = view.plans[kPlan];
    plan.id = kPlan;
    plan.schedule = std::move(schedule);
    plan.expected = {ModuleId{"mail1"}};
    view.modules[ModuleId{"mail1"}].node = kNode;
  }
  PlanTiming Now() {
    const auto timings = timetable.At(view, memory);
    const auto found = timings.find(kPlan);
    return found == timings.end() ? PlanTiming{} : found->second;
  }
  NodeTiming Node() { return Now().nodes.at(kNode); }

  MadeUpZones zones{"Europe/Rome", true};
  Timetable timetable;
  ClusterView view;
  RunMemory memory;
};

TEST_CASE("the last 64 due moments are known, and the next", "[schedule][timetable]") {
  Table table{"02:00"};
  const NodeTiming node = table.Node();
  REQUIRE(node.due.size() == 64);
  CHECK(node.due.back() == kNoon - 10h);
  CHECK(node.due.front() == kNoon - 10h - days{63});
  CHECK(node.next == kNoon + 14h);
  CHECK(node.NextAfter(kNoon) == kNoon + 14h);
  CHECK(node.NextAfter(kNoon - 11h) == kNoon - 10h);
  CHECK_FALSE(node.NextAfter(kNoon + 14h));
}

TEST_CASE("due moments up to two hours ahead are there, for a node whose clock is",
          "[schedule][timetable]") {
  CHECK(Table{"14:00"}.Node().due.back() == kNoon + 2h);
  CHECK(Table{"14:00:01"}.Node().next == kNoon + 2h + 1s);
}

TEST_CASE("of a plan that is due all the time, 20 due moments ahead are known",
          "[schedule][timetable][bounds]") {
  Table table{"*:*:0/10"};
  table.memory.watches[kPlan].settled = kNoon - 10s;
  const NodeTiming node = table.Node();
  CHECK(node.due.size() == 64 + 1 + 20);
  CHECK(node.due.back() == kNoon + 200s);
  CHECK(node.next == kNoon + 210s);
}

TEST_CASE("what is not settled is kept: 500 of many", "[schedule][timetable][bounds]") {
  Table table{"*:00"};
  table.memory.watches[kPlan].settled = kNoon - 400h;
  CHECK(table.Node().due.size() == 64 + 400 + 2);
  table.memory.watches[kPlan].settled = kNoon - 1000h;
  CHECK(table.Node().due.size() == 64 + 400 + 2);  // what is known is not forgotten nor made anew
  Table fresh{"*:00"};
  fresh.memory.watches[kPlan].settled = kNoon - 1000h;
  CHECK(fresh.Node().due.size() == 64 + 500 + 2);
  CHECK(fresh.Node().due.back() == kNoon + 2h);
}

TEST_CASE("due moments follow the clock, forward and back", "[schedule][timetable]") {
  Table table{"*:00"};
  table.memory.watches[kPlan].settled = kNoon;
  CHECK(table.Node().due.back() == kNoon + 2h);
  table.view.looked_at = kNoon + 5h;
  CHECK(table.Node().due.back() == kNoon + 7h);
  table.view.looked_at = kNoon - 5h;
  CHECK(table.Node().due.back() == kNoon - 3h);
}

TEST_CASE("the interval is the longest there is around now", "[schedule][timetable]") {
  CHECK(Table{"02:00"}.Now().interval == days{1});
  CHECK(Table{"Mon..Fri 02:00"}.Now().interval == days{3});
  CHECK(Table{"*:00"}.Now().interval == 1h);
  CHECK(Table{"*-01,07-01"}.Now().interval == days{181});  // from January to July
  CHECK_FALSE(Table{"2026-03-11"}.Now().interval);
}

TEST_CASE("how often a plan is due is known where its nodes are not", "[schedule][timetable]") {
  Table table{"02:00"};
  SECTION("compact layout") { table.view.plans.at(kPlan).compact = true; }
  SECTION("no node of its applications") { table.view.modules.clear(); }
  const PlanTiming timing = table.Now();
  CHECK(timing.kind == PlanTiming::Kind::kUnknown);
  CHECK(timing.interval == days{1});
  CHECK(timing.nodes.empty());
  CHECK_FALSE(timing.reason.empty());
  table.view.plans.at(kPlan).schedule = "2020-01-01";
  CHECK(table.Now().kind == PlanTiming::Kind::kNever);
}

TEST_CASE("a plan that never runs by itself says why", "[schedule][timetable]") {
  CHECK(Table{"2020-01-01"}.Now().kind == PlanTiming::Kind::kNever);
  CHECK(Table{"30 2 * * *"}.Now().kind == PlanTiming::Kind::kNever);
  CHECK_FALSE(Table{"30 2 * * *"}.Now().reason.empty());
  CHECK(Table{std::string(65, '*')}.Now().kind == PlanTiming::Kind::kUnknown);
  CHECK(Table{"02:00"}.Now().kind == PlanTiming::Kind::kTimed);
}

TEST_CASE("a plan that has no timer has no timing", "[schedule][timetable]") {
  Table table{"02:00"};
  Plan& plan = table.view.plans.at(kPlan);
  SECTION("disabled") { plan.enabled = false; }
  SECTION("without a schedule") { plan.schedule.clear(); }
  SECTION("without applications") { plan.expected.clear(); }
  CHECK(table.timetable.At(table.view, table.memory).empty());
}

TEST_CASE("the last due moment of a schedule counts until it is settled", "[schedule][timetable]") {
  Table table{"2026-03-10 11:00"};
  table.memory.watches[kPlan].settled = kNoon - 2h;
  CHECK(table.Now().kind == PlanTiming::Kind::kTimed);
  table.memory.watches[kPlan].settled = kNoon - 1h;
  CHECK(table.Now().kind == PlanTiming::Kind::kNever);
}

TEST_CASE("a zone is the schedule's, else the configured one, else the machine's",
          "[schedule][timetable]") {
  CHECK(Table{"02:00 UTC"}.Node().zone == ZoneOrigin::kExpression);
  CHECK(Table{"02:00", {{kNode, "Europe/Rome"}}}.Node().zone == ZoneOrigin::kConfigured);
  CHECK(Table{"02:00", {{kNode, "Mars/Olympus"}}}.Node().zone == ZoneOrigin::kAssumed);
  CHECK(Table{"02:00"}.Node().zone_name == "here");
}

TEST_CASE("when another zone is learned, what it makes due within the hour is not judged",
          "[schedule][timetable]") {
  Table table{"12:30"};
  table.memory.watches[kPlan].settled = kNoon - days{1};
  CHECK(table.Node().due.back() == kNoon + 30min);
  table.memory.orders[kPlan] = {{ModuleId{"mail1"}}, {{ModuleId{"mail1"}, 1}}};
  for (int day = 1; day <= 3; ++day) {
    Run& run = table.memory.runs[RunId{day}];
    run.id = RunId{day};
    run.plan = kPlan;
    SeenRecord& record = run.modules[ModuleId{"mail1"}].record.emplace();
    record.record.node = kNode;
    record.record.start = kNoon - days{day} - 30min;  // 12:30 an hour to the east
  }
  const NodeTiming node = table.Node();
  CHECK(node.zone_name == "UTC+01:00");
  CHECK(node.due.back() == kNoon - days{1} - 30min);
  CHECK(node.next == kNoon + days{1} - 30min);
}

}  // namespace
}  // namespace backup_monitor::testing
