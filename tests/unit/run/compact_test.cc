
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

/// The compact layout: a record is one moment, and nobody knows its node.
class CompactNight : public Night {
 public:
  explicit CompactNight(std::initializer_list<const char*> modules) {
    HasPlan("daily", modules);
    cluster().plans.at(PlanId{"daily"}).compact = true;
    LosesEvents();
  }
  void ModuleStatus(const char* module, const char* timestamp, bool success) {
    Write(
        Record("daily", std::string{module} + '@', At(timestamp), At(timestamp), success ? 0 : 1));
  }
  void PlanStatus(const char* timestamp, bool success) {
    cluster().plans.at(PlanId{"daily"}).compact_status =
        CompactPlanStatus{At(timestamp), success, success ? 0U : 1U, {}};
  }
};

TEST_CASE("the outcome table of the compact layout", "[run][compact]") {
  CompactNight night{{"a", "b"}};
  night.ModuleStatus("a", "0 01:10", true);  // last night's, still there
  night.ModuleStatus("b", "0 01:20", true);
  night.Until("1 01:20");
  std::string expected;

  SECTION("everything saved is SUCCESS") {
    night.ModuleStatus("a", "1 01:10", true);
    night.ModuleStatus("b", "1 01:20", true);
    night.PlanStatus("1 01:20", true);
    expected = "SUCCESS: a succeeded, b succeeded";
  }
  SECTION("something saved and something failed is PARTIAL") {
    night.ModuleStatus("a", "1 01:10", true);
    night.ModuleStatus("b", "1 01:20", false);
    night.PlanStatus("1 01:20", false);
    expected = "PARTIAL: a succeeded, b failed";
  }
  SECTION("nothing saved and everything failed is REPO_FAILURE") {
    night.ModuleStatus("a", "1 01:10", false);
    night.ModuleStatus("b", "1 01:20", false);
    night.PlanStatus("1 01:20", false);
    expected = "REPO_FAILURE: a failed, b failed";
  }
  SECTION("nothing saved and something failed is REPO_FAILURE") {
    night.ModuleStatus("b", "1 01:20", false);
    expected = "REPO_FAILURE: a not_finished, b failed";
  }
  SECTION("something saved and something not updated is INCOMPLETE") {
    night.ModuleStatus("a", "1 01:10", true);
    expected = "INCOMPLETE: a succeeded, b not_finished";
  }
  SECTION("a plan record that says error, with only last night's of modules, is REPO_FAILURE") {
    night.PlanStatus("1 01:20", false);
    expected = "REPO_FAILURE: a not_finished, b not_finished";
  }
  SECTION("a plan record that says success, with only last night's of modules, is INCOMPLETE") {
    night.PlanStatus("1 01:20", true);
    expected = "INCOMPLETE: a not_finished, b not_finished";
  }
  night.AlertFor("daily", "1 01:20");
  night.Until("1 01:20:29");
  CHECK(night.TakeMails() == Lines{});
  night.Until("1 23:00");

  CHECK(night.TakeMails() == Lines{"1 01:20:30 final daily " + expected});
}

TEST_CASE("I: a run of the compact layout reaches back to the plan's previous status",
          "[run][compact]") {
  CompactNight night{{"a", "b", "c"}};
  night.ModuleStatus("a", "0 01:10", true);
  night.ModuleStatus("b", "0 01:20", true);
  night.ModuleStatus("c", "0 01:30", true);
  night.PlanStatus("0 01:31", true);
  night.Until("1 20:00");

  SECTION("however long it takes") {
    night.ModuleStatus("a", "1 20:02", true);
    night.Until("1 21:00");
    night.ModuleStatus("b", "1 20:57", true);
    night.Until("1 21:37");
    night.ModuleStatus("c", "1 21:36", true);
    night.PlanStatus("1 21:37", true);
    night.Until("1 23:00");
    CHECK(night.TakeMails() ==
          Lines{"1 21:40 final daily SUCCESS: a succeeded, b succeeded, c succeeded"});
  }
  SECTION("what is as old as that status is of the run before") {
    const auto [time, row] = GENERATE(table<const char*, std::string>(
        {{"0 01:31", "c not_finished"}, {"0 01:31:01", "c succeeded"}}));
    night.ModuleStatus("a", "1 21:10", true);
    night.ModuleStatus("b", "1 21:20", true);
    night.ModuleStatus("c", time, true);
    night.Until("1 21:37");
    night.PlanStatus("1 21:37", true);
    night.Until("1 23:00");
    const Lines mails = night.TakeMails();
    REQUIRE(mails.size() == 1);
    CHECK(mails[0].find(row) != std::string::npos);
  }
}

TEST_CASE("a plan record without module records is reported as what it is", "[run][compact]") {
  CompactNight night{{"a", "b"}};
  night.Until("1 01:20");
  const bool success = GENERATE(true, false);
  night.PlanStatus("1 01:20", success);
  night.AlertFor("daily", "1 01:20");
  night.Until("1 23:00");

  CHECK(night.TakeMails() ==
        Lines{std::string{"1 01:20:30 final daily "} + (success ? "SUCCESS" : "REPO_FAILURE")});
}

TEST_CASE("a new timestamp of the plan does the same as an alert", "[run][compact]") {
  CompactNight night{{"a", "b"}};
  night.Until("1 01:20");
  night.ModuleStatus("a", "1 01:10", true);
  night.ModuleStatus("b", "1 01:20", true);
  night.PlanStatus("1 01:20", true);
  night.Look();
  night.Until("1 23:00");

  CHECK(night.TakeMails() == Lines{"1 01:20:30 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("compact statuses of before our time are no news", "[run][compact]") {
  CompactNight night{"a"};
  night.ModuleStatus("a", "0 01:10", false);
  night.PlanStatus("0 01:10", false);
  night.Until("2 00:00");

  CHECK(night.TakeMails() == Lines{});
}

TEST_CASE("recent_window parts what an alert means from what it does not", "[run][compact]") {
  CompactNight night{{"a", "b"}};
  night.ModuleStatus("a", "0 01:10", true);
  night.ModuleStatus("b", "0 01:20", true);
  night.Until("1 02:20");
  night.ModuleStatus("b", "1 02:20", false);

  SECTION("at its edge") {
    night.ModuleStatus("a", "1 01:20", true);
    night.AlertFor("daily", "1 02:20");
    night.Until("1 02:21");
    CHECK(night.TakeMails() == Lines{"1 02:20:30 final daily PARTIAL: a succeeded, b failed"});
  }
  SECTION("one second past it") {
    night.ModuleStatus("a", "1 01:19:59", true);
    night.AlertFor("daily", "1 02:20");
    night.Until("1 02:21");
    CHECK(night.TakeMails() ==
          Lines{"1 02:20:30 final daily REPO_FAILURE: a not_finished, b failed"});
  }
}

TEST_CASE("a compact alert that is repeated sends nothing more, the next night's does",
          "[run][compact]") {
  CompactNight night{"a"};
  night.Until("1 01:20");
  night.ModuleStatus("a", "1 01:20", false);
  night.PlanStatus("1 01:20", false);
  for (int times = 0; times < 10; ++times) {
    night.AlertFor("daily", "1 01:20");
    night.Until(night.now() + seconds{600});
  }
  CHECK(night.TakeMails() == Lines{"1 01:20:30 final daily REPO_FAILURE: a failed"});

  night.Until("2 01:20");
  night.ModuleStatus("a", "2 01:20", false);
  night.PlanStatus("2 01:20", false);
  night.AlertFor("daily", "2 01:20");
  night.Until("3 00:00");
  CHECK(night.TakeMails() == Lines{"2 01:20:30 final daily REPO_FAILURE: a failed"});
}

TEST_CASE("an alert that only successes of modules answer is not confirmed", "[run][compact]") {
  CompactNight night{{"a", "b"}};
  night.Until("1 01:20");
  night.ModuleStatus("a", "1 01:10", true);
  night.ModuleStatus("b", "1 01:20", true);
  SECTION("with its plan") { night.AlertFor("daily", "1 01:20"); }
  SECTION("without a plan") { night.Alert({}, At("1 01:20")); }
  SECTION("begun before both had ended, and they are its results") {
    night.AlertFor("daily", "1 01:09:59");
    night.Until("1 23:00");
    CHECK(night.TakeMails() == Lines{"1 01:20:30 final daily SUCCESS: a succeeded, b succeeded"});
    return;
  }
  night.Until("1 23:00");
  CHECK(night.TakeMails() == Lines{"1 01:20:30 final daily INCOMPLETE: a succeeded, b succeeded"});
}

TEST_CASE("an alert about a compact run that was reported as a success is reported",
          "[run][compact]") {
  CompactNight night{"a"};
  night.Until("1 01:20");
  night.ModuleStatus("a", "1 01:20", true);
  night.PlanStatus("1 01:20", true);
  night.Look();
  night.Until("1 01:25");
  CHECK(night.TakeMails() == Lines{"1 01:20:30 final daily SUCCESS: a succeeded"});

  night.AlertFor("daily", "1 01:24");
  night.AlertFor("daily", "1 01:24");
  night.Until("1 23:00");
  CHECK(night.TakeMails() == Lines{"1 01:25:30 plans succeeded daily SUCCESS: a succeeded"});
}

TEST_CASE("a compact alert without a plan tells every plan updated lately in one report",
          "[run][compact]") {
  CompactNight night{"a"};
  night.HasPlan("other", {"b"});
  night.cluster().plans.at(PlanId{"other"}).compact = true;
  night.Until("1 01:20");
  night.ModuleStatus("a", "1 01:10", false);
  night.Write(Record("other", "b@", At("1 01:15"), At("1 01:15")));
  night.Alert({}, std::nullopt);
  night.Until("3 00:00");

  CHECK(night.TakeMails() ==
        Lines{"1 01:20:30 final daily REPO_FAILURE: a failed + other SUCCESS: b succeeded"});
}

}  // namespace
}  // namespace backup_monitor::testing
