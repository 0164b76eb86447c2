// How far one run-backup has come on its node, as far as a run's records say.

#include "catch.h"
#include "run/passes.h"
#include "unit/run/desk.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

std::vector<std::string> TurnsOf(const run::Pass& pass) {
  std::vector<std::string> ids;
  for (const run::Turn& turn : pass.turns) ids.push_back(turn.id->value());
  return ids;
}

run::Pass OnlyPassOf(const Run& run, const Desk& desk) {
  const std::vector<run::Pass> passes = run::PassesOf(run, desk.memory);
  if (passes.size() != 1) FAIL("one pass is expected, there are " << passes.size());
  return passes.front();
}

TEST_CASE("the first round has passed what comes before its last record", "[run][passes]") {
  Desk desk{{"c", "b", "a", "d"}};
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("c", "2 01:00", "2 01:10"));
  Give(run, Seen("a", "2 01:10", "2 01:20"));
  const run::Pass pass = OnlyPassOf(run, desk);
  CHECK(TurnsOf(pass) == std::vector<std::string>{"c", "b", "a", "d"});
  CHECK(pass.passed == 3);
  CHECK_FALSE(pass.first_round_over);
  CHECK(pass.first_round_end == At("2 01:20"));
  CHECK(pass.free_at == At("2 01:20"));
}

TEST_CASE("a node of which nothing is known has passed nothing", "[run][passes]") {
  Desk desk{{"a", "b"}};
  const run::Pass pass = OnlyPassOf(desk.AddRun("2 01:00"), desk);
  CHECK(pass.passed == 0);
  CHECK_FALSE(pass.first_round_over);
  CHECK(pass.free_at == std::nullopt);
}

TEST_CASE("with the last module's record the first round is over", "[run][passes]") {
  Desk desk{{"a", "b"}};
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("b", "2 01:00", "2 01:10"));
  const run::Pass pass = OnlyPassOf(run, desk);
  CHECK(pass.passed == 2);
  CHECK(pass.first_round_over);
  CHECK(pass.first_round_end == At("2 01:10"));
}

TEST_CASE("a record out of the plan's order is of a later round, and so is what follows",
          "[run][passes]") {
  Desk desk{{"a", "b", "c", "d", "e"}};
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("b", "2 01:00", "2 01:10"));
  Give(run, Seen("c", "2 01:10", "2 01:20"));
  Give(run, Seen("a", "2 01:20", "2 01:30"));
  Give(run, Seen("d", "2 01:30", "2 01:40"));
  const run::Pass pass = OnlyPassOf(run, desk);
  CHECK(pass.first_round_over);
  CHECK(pass.first_round_end == At("2 01:20"));
  CHECK(pass.free_at == At("2 01:40"));
}

TEST_CASE("two records of the same second are in the plan's order", "[run][passes]") {
  Desk desk{{"a", "b", "c"}};
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("a", "2 01:00", "2 01:00", 1));
  Give(run, Seen("b", "2 01:00", "2 01:10"));
  const run::Pass pass = OnlyPassOf(run, desk);
  CHECK_FALSE(pass.first_round_over);
  CHECK(pass.passed == 2);
}

TEST_CASE("what the plan does not hold any more says nothing of the round", "[run][passes]") {
  Desk desk{{"a", "b"}};
  Run& run = desk.AddRun("2 01:00");
  for (const char* gone : {"w", "x", "y"}) {
    RunModule& module = run.modules[ModuleId{gone}];
    module.node = NodeId::Parse("1").value();
    module.expected = module.left = true;
  }
  Give(run, Seen("x", "2 01:00", "2 01:05"));
  Give(run, Seen("y", "2 01:05", "2 01:10"));
  Give(run, Seen("a", "2 01:10", "2 01:20"));
  const run::Pass pass = OnlyPassOf(run, desk);
  // w has left without a record: nobody waits for it.
  CHECK(TurnsOf(pass) == std::vector<std::string>{"a", "b", "x", "y"});
  CHECK(pass.passed == 1);
  CHECK_FALSE(pass.first_round_over);
}

TEST_CASE("each node has a pass of its own", "[run][passes]") {
  Desk desk{{"a@1", "b@2", "c@1"}};
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("a@1", "2 01:00", "2 01:10"));
  const auto passes = run::PassesOf(run, desk.memory);
  REQUIRE(passes.size() == 2);
  CHECK(TurnsOf(passes[0]) == std::vector<std::string>{"a", "c"});
  CHECK(TurnsOf(passes[1]) == std::vector<std::string>{"b"});
}

TEST_CASE("before core 3.20 each module is a pass: no record names a node", "[run][passes]") {
  Desk desk{{"a", "b", "c"}};
  Run& run = desk.AddRun("2 01:00");
  CHECK(run::PassesOf(run, desk.memory).size() == 1);
  Give(run, Seen("a@", "2 01:00", "2 01:10"));
  CHECK(run::PassesOf(run, desk.memory).size() == 3);
  Give(run, Seen("b@1", "2 01:10", "2 01:20"));
  CHECK(run::PassesOf(run, desk.memory).size() == 2);
}

TEST_CASE("each module of no known node is a pass", "[run][passes]") {
  Desk desk{{"a@", "b@"}};
  CHECK(run::PassesOf(desk.AddRun("2 01:00"), desk.memory).size() == 2);
}

TEST_CASE("a module has a place only in a plan that is known to hold it", "[run][passes]") {
  Desk desk{{"b", "a"}};
  CHECK(run::PlaceOf(PlanId{"daily"}, ModuleId{"a"}, desk.memory) == 2);
  CHECK(run::PlaceOf(PlanId{"daily"}, ModuleId{"x"}, desk.memory) == run::Turn::kNoPlace);
  CHECK(run::PlaceOf(PlanId{"weekly"}, ModuleId{"a"}, desk.memory) == run::Turn::kNoPlace);
}

TEST_CASE("what the past says of a module's times", "[run][passes]") {
  const PlanId plan{"daily"};
  Desk desk{{"a", "n"}};
  ModuleMemory& past = desk.memory.modules[{plan, ModuleId{"a"}}];
  past = {
      .started = At("1 01:10"), .ended = At("1 01:12"), .lag = seconds{720}, .has_record = true};

  SECTION("of a last backup that failed after two minutes, 12 minutes after its run's begin") {
    past.good_duration = seconds{600};
    past.longest_duration = seconds{900};
    CHECK(run::UsualDuration(plan, ModuleId{"a"}, desk.memory) == seconds{600});
    CHECK(run::LongestDuration(plan, ModuleId{"a"}, desk.memory) == seconds{900});
    CHECK(run::UsualStart(plan, ModuleId{"a"}, desk.memory) == seconds{600});
    CHECK(run::UsualEnd(plan, ModuleId{"a"}, desk.memory) == seconds{720});
  }
  SECTION("of one that took a second") {
    past.good_duration = seconds{1};
    CHECK(run::UsualDuration(plan, ModuleId{"a"}, desk.memory) == seconds{1});
  }
  SECTION("where no good one is known") {
    CHECK(run::UsualDuration(plan, ModuleId{"a"}, desk.memory) == seconds{120});
    CHECK(run::LongestDuration(plan, ModuleId{"a"}, desk.memory) == seconds{120});
  }
  SECTION("it never starts before its run") {
    past.lag = seconds{100};
    CHECK(run::UsualStart(plan, ModuleId{"a"}, desk.memory) == seconds{0});
  }
  SECTION("of one that never ran nothing is known") {
    past.has_record = false;
    for (const char* module : {"a", "n"}) {
      CHECK(run::UsualDuration(plan, ModuleId{module}, desk.memory) == std::nullopt);
      CHECK(run::LongestDuration(plan, ModuleId{module}, desk.memory) == std::nullopt);
      CHECK(run::UsualStart(plan, ModuleId{module}, desk.memory) == std::nullopt);
      CHECK(run::UsualEnd(plan, ModuleId{module}, desk.memory) == seconds{0});
    }
  }
}

TEST_CASE("what a later round has begun without was busy, also at the end of the order",
          "[run][passes]") {
  Night night;
  night.HasPlan("daily", {"a", "b", "c", "d"});
  night.CleanRun("daily", "1 01:00");
  CHECK(night.TakeMails().size() == 1);
  // a and d are busy in the first round, which is over at 01:20.
  night.Saves("daily", "b", "2 01:00", "2 01:10");
  night.Saves("daily", "c", "2 01:10", "2 01:20");
  night.Saves("daily", "a", "2 01:20", "2 01:30");
  night.Until("2 01:40:59");
  CHECK(night.TakeMails().empty());

  SECTION("it is waited for until q after the first round, and as long as it takes") {
    night.Until("2 02:39:59");
    CHECK(night.TakeMails().empty());
    night.Until("2 02:40");
    CHECK(night.TakeMails().size() == 1);
  }
  SECTION("and its record completes the run") {
    night.Saves("daily", "d", "2 01:31", "2 01:41");
    CHECK(night.TakeMails() ==
          Lines{"2 01:41 final daily SUCCESS: a succeeded, b succeeded, c succeeded, d succeeded"});
  }
}

}  // namespace
}  // namespace backup_monitor::testing
