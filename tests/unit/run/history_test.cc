
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

/// A fresh daemon in a cluster whose module a was backed up until 11:10 today.
Night Installed() {
  Night night;
  night.HasPlan("daily", {"b", "a"});
  night.Write(Record("daily", "a", At("0 11:00"), At("0 11:10")));
  return night;
}

TEST_CASE("a fresh install reports nothing old", "[run][history]") {
  Night night = Installed();
  night.Until("5 00:00");
  CHECK(night.TakeMails() == Lines{});
}

// History joins when the run closes: until then the module's own record of this run may still come.
TEST_CASE("history joins the plan's first run over gaps up to q", "[run][history]") {
  Night night = Installed();

  SECTION("at q") {
    night.Saves("daily", "b", "0 12:20", "0 12:30");
    // a, from history: 12:30 + 2 × 10 minutes + q.
    night.Until("0 13:59:59");
    CHECK(night.TakeMails() == Lines{});
    night.Until("0 14:00");
    CHECK(night.TakeMails() == Lines{"0 14:00 final daily SUCCESS: a succeeded, b succeeded"});
  }
  SECTION("one second past q") {
    night.Saves("daily", "b", "0 12:20:01", "0 12:30:01");
    // a, from history: 12:30:01 + 2 × 10 minutes + q.
    night.Until("0 14:00");
    CHECK(night.TakeMails() == Lines{});
    night.Until("0 14:00:01");
    CHECK(night.TakeMails() ==
          Lines{"0 14:00:01 final daily INCOMPLETE: a not_finished, b succeeded"});
  }
}

TEST_CASE("history joins no second run", "[run][history]") {
  Night night;
  night.HasPlan("daily", {"a", "b"});
  night.Until("0 12:01");
  night.CleanRun("daily", "1 01:00");
  CHECK(night.TakeMails().size() == 1);

  night.CleanRun("daily", "2 01:00");
  CHECK(night.TakeMails() == Lines{"2 01:20 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("what ended over seven days before it was seen opens no run", "[run][history]") {
  Night night;
  night.HasPlan("daily", {"a"});
  night.Until("10 12:00");
  StatusRecord old = Record("daily", "a", At("3 11:50"), At("3 12:00"));
  Lines expected;
  SECTION("seven days") { expected = {"10 12:00 final daily SUCCESS: a succeeded"}; }
  SECTION("seven days and a second") { old.end -= seconds{1}; }
  night.Write(old);
  night.Look();
  night.Until("12 00:00");

  CHECK(night.TakeMails() == expected);
}

TEST_CASE("old records of a plan that is new to us open no run", "[run][history]") {
  Night night = AfterOneCleanRun({"a"});
  night.HasPlan("restored", {"a"});
  night.Write(Record("restored", "a", At("-20 01:00"), At("-20 01:10")));
  night.Until("2 00:00");

  CHECK(night.TakeMails() == Lines{});
}

}  // namespace
}  // namespace backup_monitor::testing
