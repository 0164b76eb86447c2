// With the level DEBUG the log says what decided: each record dealt and why, each run's end and why, each alert.
#include <algorithm>

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

/// True if one of the sentences has all of `parts`.
bool Says(const Night& night, const std::vector<std::string>& parts) {
  return std::any_of(night.reasons().begin(), night.reasons().end(),
                     [&](const std::string& reason) {
                       return std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
                         return reason.find(part) != std::string::npos;
                       });
                     });
}

TEST_CASE("which rule gave a record to its run is said", "[run][reasons]") {
  Night night = AfterOneCleanRun({"a", "b", "c@2"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "b", "2 01:10", "2 01:20");
  night.Saves("daily", "c@2", "2 01:15", "2 01:30");

  CHECK(
      Says(night, {"record of a, plan daily, started 2026-03-04T01:00:00Z, errors 0: goes to run 2",
                   "rule 4"}));
  CHECK(Says(night, {"record of b, plan daily", "goes to run 2", "rule 1"}));
  CHECK(Says(night, {"record of c, plan daily", "goes to run 2", "rule 3"}));
  CHECK(Says(night, {"run 2 of plan daily closed: every expected module has a record"}));
}

TEST_CASE("what ended the wait for a run is said", "[run][reasons]") {
  SECTION("the wait for a module") {
    Night night = AfterOneCleanRun({"a", "b"});
    night.Saves("daily", "a", "2 01:00", "2 01:10");
    night.Until("3 00:00");
    CHECK(
        Says(night, {"run 2 of plan daily closed: the wait for b ended at 2026-03-04T02:50:00Z"}));
  }
  SECTION("nothing when it was due") {
    Night night = TwoNodes();
    night.Until("3 02:00");
    CHECK(Says(night, {"nothing came of plan daily by 2026-03-05T02:00:00Z"}));
    CHECK(Says(night, {"run 3 of plan daily closed: nothing has come of it"}));
  }
  SECTION("the cap") {
    Night night;
    night.HasPlan("daily", {"a", "b"});
    night.Saves("daily", "a", "1 01:00", "1 01:10");
    night.Until("2 00:00");
    CHECK(Says(night, {"run 1 of plan daily closed: the longest time for a run (max_run_hours)",
                       "2026-03-03T21:00:00Z"}));
  }
  SECTION("a plan that is removed") {
    Night night = AfterOneCleanRun({"a", "b"});
    night.Saves("daily", "a", "2 01:00", "2 01:10");
    night.RemovePlan("daily");
    night.Until("2 02:00");
    CHECK(Says(night, {"run 2 of plan daily closed: its plan has been removed"}));
  }
  SECTION("the next night") {
    Night night = AfterOneCleanRun({"a", "b"});
    night.Saves("daily", "a", "2 01:00", "2 01:10");
    night.Stop();
    night.CleanRun("daily", "3 01:00");
    night.Start();
    night.Look();
    CHECK(Says(night, {"run 2 of plan daily closed: the wait for b ended",
                       "before the next record began"}));
  }
}

TEST_CASE("a late record says that it reopens a run, and what ends it again", "[run][reasons]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 12:00");
  night.Write(Record("daily", "b", At("2 01:10"), At("2 11:50")));
  night.Look();
  CHECK(Says(night, {"record of b", ": reopens run 2 of plan daily"}));
}

TEST_CASE("each alert says what answered it", "[run][reasons]") {
  SECTION("a run with errors") {
    Night night = AfterOneCleanRun({"a"});
    night.Fails("daily", "a", "2 01:00", "2 01:10");
    night.AlertFor("daily", "2 01:10:15");
    night.AlertFor("daily", "2 01:10:15");
    CHECK(Says(night, {"alert 1 (plan daily): explained by run 2 of plan daily (closed)"}));
  }
  SECTION("its repetition") {
    Night night = AfterOneCleanRun({"a", "b"});
    night.AlertFor("daily", "2 01:10:15");
    night.AlertFor("daily", "2 01:10:15");
    night.Until("2 02:00");
    CHECK(Says(night, {"alert 1 (plan daily): nothing explained it within wait_seconds"}));
    CHECK(Says(night, {"alert 2 (plan daily)", "the same alert"}));
  }
  SECTION("nothing: nobody knows the plan") {
    Night night = AfterOneCleanRun({"a"});
    night.AlertFor("weekly", "2 01:10:15");
    night.Until("2 02:00");
    CHECK(Says(night, {"alert 1 (plan weekly): no plan is called that"}));
  }
}

TEST_CASE("what is there before the first look is said to be history", "[run][reasons]") {
  Night night;
  night.Stop();
  night.HasPlan("daily", {"a"});
  night.Write(Record("daily", "a", At("0 11:00"), At("0 11:10")));
  night.Start();
  night.Look();
  CHECK(Says(night, {"record of a", "history", "before the first look"}));
}

}  // namespace
}  // namespace backup_monitor::testing
