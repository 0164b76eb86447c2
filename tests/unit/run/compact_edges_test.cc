// What is of a run in the compact layout, to the second.

#include "catch.h"
#include "run/compact_runs.h"
#include "run_states.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {
namespace {

/// A compact plan of a and b at 21:37; recent_window is an hour.
struct CompactDesk : Desk {
  CompactDesk() : Desk{{"a@", "b@"}} {
    plan().compact = true;
    Is("1 21:37");
  }
  Plan& plan() { return view.plans.at(PlanId{"daily"}); }
  void PlanSays(const char* time) {
    plan().compact_status =
        CompactPlanStatus{.timestamp = At(time), .succeeded = true, .error_text = {}};
  }
  void ModuleSays(const char* module, const char* time) {
    view.records.push_back(Record("daily", module, At(time), At(time)));
  }
  Run& AddCompactRun(const char* opened_at) {
    Run& run = AddRun(opened_at);
    run.origin = RunOrigin::kCompact;
    return run;
  }
  bool OpensFor(bool explained) {
    run::RunBook book = Book();
    return run::OpenCompactRunFor(plan(), At("1 21:37"), explained, book);
  }
  void Gather() {
    run::RunBook book = Book();
    run::GatherCompactRecords(book);
  }
};

bool HasRecord(const Run& run, const char* module) {
  return run.modules.at(ModuleId{module}).record.has_value();
}

TEST_CASE("a new timestamp of the plan opens a run, in the compact layout only", "[run][compact]") {
  CompactDesk desk;
  desk.PlanSays("1 21:30");
  std::size_t runs = 1;
  SECTION("if none is open") {}
  SECTION("not if one is open") { desk.AddCompactRun("1 21:20"); }
  SECTION("not if it is the one that was reported") {
    desk.memory.compact_reported[PlanId{"daily"}] = At("1 21:30");
    runs = 0;
  }
  SECTION("not if the plan has records") {
    desk.plan().compact = false;
    runs = 0;
  }
  run::RunBook book = desk.Book();
  run::OpenCompactRuns(false, book);
  CHECK(desk.memory.runs.size() == runs);
}

TEST_CASE("a timestamp of the plan in the future counts as now", "[run][compact]") {
  CompactDesk desk;
  desk.PlanSays("9 00:00");
  run::RunBook book = desk.Book();
  run::OpenCompactRuns(false, book);
  REQUIRE(desk.memory.runs.size() == 1);
  CHECK(desk.memory.runs.begin()->second.opened_at == At("1 21:37"));
}

TEST_CASE("an alert opens a compact run for what it can mean", "[run][compact]") {
  CompactDesk desk;
  SECTION("nothing was updated and nothing explains it: for itself") {
    CHECK_FALSE(desk.OpensFor(true));
    CHECK(desk.OpensFor(false));
  }
  SECTION("the plan was updated within the window") {
    const auto [time, opens] =
        GENERATE(table<const char*, bool>({{"1 20:37", true}, {"1 20:36:59", false}}));
    desk.PlanSays(time);
    CHECK(desk.OpensFor(true) == opens);
  }
  SECTION("a module was updated within the window") {
    const auto [time, opens] =
        GENERATE(table<const char*, bool>({{"1 20:37", true}, {"1 20:36:59", false}}));
    desk.ModuleSays("a@", time);
    CHECK(desk.OpensFor(true) == opens);
  }
  SECTION("all that was updated has been reported") {
    desk.ModuleSays("a@", "1 21:30");
    Run& run = desk.AddCompactRun("1 21:30");
    Give(run, Seen("a@", "1 21:30", "1 21:30"));
    SetClosed(run, At("1 21:31"));
    CHECK_FALSE(desk.OpensFor(false));
  }
}

TEST_CASE("a compact run takes what was updated within the window before it", "[run][compact]") {
  CompactDesk desk;
  const Run& run = desk.AddCompactRun("1 21:37");
  desk.ModuleSays("a@", "1 20:37");
  desk.ModuleSays("b@", "1 20:36:59");
  const auto [time, is_new] =
      GENERATE(table<const char*, bool>({{"1 20:37", true}, {"1 20:36:59", false}}));
  desk.PlanSays(time);
  desk.Gather();
  CHECK(HasRecord(run, "a"));
  CHECK_FALSE(HasRecord(run, "b"));
  CHECK(run.compact_status.has_value() == is_new);
  CHECK(desk.memory.compact_reported.contains(PlanId{"daily"}) == is_new);
}

TEST_CASE("a run that does not know a module has not reported it", "[run][compact]") {
  CompactDesk desk;
  SetClosed(desk.AddCompactRun("1 21:31"), At("1 21:32"));
  desk.memory.runs.at(RunId{1}).modules.erase(ModuleId{"a"});
  const Run& run = desk.AddCompactRun("1 21:37");
  desk.ModuleSays("a@", "1 21:30");
  desk.Gather();
  CHECK(HasRecord(run, "a"));
}

TEST_CASE("a compact run that has its plan's status reaches back over the window only",
          "[run][compact]") {
  CompactDesk desk;
  Run& run = desk.AddCompactRun("1 21:37");
  desk.memory.compact_reported[PlanId{"daily"}] = At("1 20:00");
  run.begin = At("1 20:37");  // of what it has gathered; it was opened an hour later
  desk.ModuleSays("a@", "1 20:37");
  desk.ModuleSays("b@", "1 20:36:59");
  SECTION("the status is its own: what came before it has been gathered") {
    run.compact_status =
        CompactPlanStatus{.timestamp = At("1 20:00"), .succeeded = true, .error_text = {}};
    desk.Gather();
    CHECK_FALSE(HasRecord(run, "b"));
  }
  SECTION("the status is of the run before") {
    desk.Gather();
    CHECK(HasRecord(run, "b"));
  }
  CHECK(HasRecord(run, "a"));
}

TEST_CASE("what is no compact run gathers nothing", "[run][compact]") {
  CompactDesk desk;
  desk.ModuleSays("a@", "1 21:30");
  Run& run = desk.AddCompactRun("1 21:37");
  SECTION("the plan has records by now") { desk.plan().compact = false; }
  SECTION("the run has been opened by a record") { run.origin = RunOrigin::kRecords; }
  SECTION("what was updated has been reported") {
    Run& before = desk.AddCompactRun("1 21:31");
    Give(before, Seen("a@", "1 21:30", "1 21:30"));
    SetClosed(before, At("1 21:32"));
  }
  desk.Gather();
  CHECK_FALSE(HasRecord(run, "a"));
}

}  // namespace
}  // namespace backup_monitor::testing
