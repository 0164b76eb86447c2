// Who has left a plan while a run of it was open, and what a look may miss.

#include "run/membership.h"

#include "catch.h"
#include "run_states.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {
namespace {

/// The plan's run is open since 01:00; looks are a second, or 300 s, apart.
struct Looks : Desk {
  Looks() : Desk{{"a", "b", "c"}} { Give(AddRun("2 01:00"), Seen("a", "2 01:00", "2 01:10")); }
  void LookAt(const char* time) {
    Is(time);
    run::RunBook book = Book();
    membership.Update(book);
  }
  [[nodiscard]] bool HasLeft(const char* module) const {
    return memory.runs.at(RunId{1}).modules.at(ModuleId{module}).left;
  }
  run::Membership membership;
};

TEST_CASE("a module has left when looks 300 s apart miss it, and is back with one that finds it",
          "[run][plan]") {
  Looks looks;
  looks.LookAt("2 01:11");
  looks.HasPlan("daily", {"a", "c"});
  looks.LookAt("2 01:12");
  CHECK_FALSE(looks.HasLeft("b"));
  looks.LookAt("2 01:16:59");
  CHECK_FALSE(looks.HasLeft("b"));
  looks.LookAt("2 01:17");
  CHECK(looks.HasLeft("b"));
  CHECK_FALSE(looks.HasLeft("c"));
  looks.HasPlan("daily", {"a", "b", "c"});
  looks.LookAt("2 01:17:01");
  CHECK_FALSE(looks.HasLeft("b"));
  REQUIRE(looks.step.reasons.size() == 2);
  CHECK(looks.step.reasons[0] == "b has left the plan: run 1 of plan daily");
  CHECK(looks.step.reasons[1] == "b is back in the plan: run 1 of plan daily");
}

TEST_CASE("a module that was found between two looks that missed it has not left", "[run][plan]") {
  Looks looks;
  looks.HasPlan("daily", {"a", "c"});
  looks.LookAt("2 01:12");
  looks.HasPlan("daily", {"a", "b", "c"});
  looks.LookAt("2 01:14");
  looks.HasPlan("daily", {"a", "c"});
  looks.LookAt("2 01:17");
  CHECK_FALSE(looks.HasLeft("b"));
}

TEST_CASE("an early notice keeps only errors that it has told", "[run][plan]") {
  // c's error was seen at 01:20, so the notice is of 01:35.
  Looks looks;
  Run& run = looks.memory.runs.at(RunId{1});
  Give(run, Seen("c", "2 01:10", "2 01:20", 1));
  run.first_error_seen_at = At("2 01:20");
  SECTION("of all that leave") {
    run.GiveEarlyNotice();
    looks.HasPlan("daily", {});
    looks.LookAt("2 02:00");
    looks.LookAt("2 02:05");
    CHECK(looks.HasLeft("a"));
    CHECK(looks.HasLeft("b"));
    CHECK_FALSE(looks.HasLeft("c"));
  }
  SECTION("not where none was given") {
    looks.HasPlan("daily", {});
    looks.LookAt("2 01:25");
    looks.LookAt("2 01:30");
    CHECK(looks.HasLeft("c"));
  }
}

TEST_CASE("that a plan was removed in the middle of a run is remarked", "[run][plan]") {
  Looks looks;
  looks.view.plans.clear();
  looks.LookAt("2 01:12");
  CHECK(looks.membership.IsMissing(PlanId{"daily"}));
  CHECK(looks.step.remarks.empty());
  looks.LookAt("2 01:17");
  REQUIRE(looks.step.remarks.size() == 1);
  CHECK(looks.step.remarks.front().find("plan daily has been removed") != std::string::npos);
  CHECK_FALSE(looks.memory.runs.at(RunId{1}).open());
}

}  // namespace
}  // namespace backup_monitor::testing
