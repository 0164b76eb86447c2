
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using Answer = run::AlertAnswer::Kind;
using Answers = std::vector<std::optional<Answer>>;

TEST_CASE("an alert for a plan without any status is REPO_FAILURE, after the wait",
          "[run][alert]") {
  Night night;
  night.HasPlan("daily", {"a", "b"});
  night.Until("0 12:10");
  night.AlertFor("daily", "0 12:09");

  night.Until("0 12:10:29");
  CHECK(night.TakeMails() == Lines{});
  night.Until("0 12:10:30");
  CHECK(night.TakeMails() ==
        Lines{"0 12:10:30 no status daily REPO_FAILURE: a never_ran, b never_ran"});

  night.AlertFor("daily", "0 12:09");
  night.AlertFor("daily", "0 12:20");
  night.Until("0 20:00");
  CHECK(night.TakeMails() == Lines{});
}

TEST_CASE("records that come later update the report of no status", "[run][alert]") {
  Night night;
  night.HasPlan("daily", {"a", "b"});
  night.Until("0 12:10");
  night.AlertFor("daily", "0 12:09");

  night.Saves("daily", "a", "0 12:09:30", "0 12:20");
  SECTION("of every module") {
    night.Fails("daily", "b", "0 12:20", "0 12:30");
    night.Until("1 00:00");
    CHECK(night.TakeMails() ==
          Lines{"0 12:10:30 no status daily REPO_FAILURE: a never_ran, b never_ran",
                "0 12:30 update daily PARTIAL: a succeeded, b failed"});
  }
  SECTION("of one: for the other, reported as never run, only q after the last end") {
    night.Until("1 00:00");
    CHECK(night.TakeMails() ==
          Lines{"0 12:10:30 no status daily REPO_FAILURE: a never_ran, b never_ran",
                "0 13:30 update daily INCOMPLETE: a succeeded, b never_ran"});
  }
}

TEST_CASE("an alert for a plan whose records are older than our store tells these",
          "[run][alert]") {
  Night night;
  night.HasPlan("daily", {"a", "b", "c"});
  const auto write = [&](const char* module, const char* start, const char* end, unsigned errors) {
    night.Write(Record("daily", module, At(start), At(end), errors));
  };
  write("a", "0 01:00", "0 01:10", 1);
  write("b", "0 02:20", "0 02:30", 0);  // q after a
  night.Until("0 12:05");

  SECTION("c's is linked too") {
    write("c", "-1 23:40", "-1 23:50", 0);  // q before a
    night.Restart();
  }
  SECTION("c's is a second too far") { write("c", "-1 23:39:59", "-1 23:49:59", 0); }
  night.LoseStore();  // all of it is history
  night.AlertFor("daily", "0 01:11");
  night.Until("1 00:00");

  const bool linked =
      night.RecordsInRedis().contains(RecordKey{PlanId{"daily"}, ModuleId{"c"}, At("-1 23:40")});
  const std::string c = linked ? "c succeeded" : "c not_finished";
  CHECK(night.TakeMails() == Lines{"0 12:05:30 final daily PARTIAL: a failed, b succeeded, " + c});
}

TEST_CASE("an alert for a plan that nobody knows is told once, quoting it", "[run][alert]") {
  Night night = AfterOneCleanRun({"a"});
  night.AlertFor("stranger", "1 11:59");
  night.Until("1 12:00:29");
  CHECK(night.TakeMails() == Lines{});
  night.Until("1 12:00:30");
  CHECK(night.TakeMails() == Lines{"1 12:00:30 unknown plan"});

  SECTION("the same daemon") {}
  SECTION("after a restart") { night.Restart(); }
  night.AlertFor("stranger", "1 11:59");
  night.Until("1 15:00");
  night.AlertFor("stranger", "1 11:59");
  night.Until("1 20:00");
  CHECK(night.TakeMails() == Lines{});
  CHECK(night.answers() == Answers{Answer::kReported, Answer::kRepeated, Answer::kRepeated});
}

TEST_CASE("each request by hand is its own", "[run][alert]") {
  Night night = AfterOneCleanRun({"a"});
  night.Alert({{"id", "stranger"}}, std::nullopt);
  night.Until("1 13:00");
  night.Alert({{"id", "stranger"}}, std::nullopt);
  night.Until("1 20:00");

  CHECK(night.TakeMails() == Lines{"1 12:00:30 unknown plan", "1 13:00:30 unknown plan"});
}

TEST_CASE("an alert for a plan that was removed is a line in the log", "[run][alert]") {
  Night night = AfterOneCleanRun({"a"});
  night.HasPlan("other", {"a"});
  night.Until("1 13:00");
  night.RemovePlan("other");
  night.Until("1 14:00");

  SECTION("the same daemon") {}
  SECTION("after a restart") { night.Restart(); }
  night.AlertFor("other", "1 13:59");
  night.Until("1 20:00");

  CHECK(night.TakeMails() == Lines{});
  CHECK(night.answers() == Answers{Answer::kPlanIsGone});
}

TEST_CASE("a plan is named by backup_id, else id, else name", "[run][alert]") {
  Night night;
  night.HasPlan("7", {"a"});
  night.cluster().plans.at(PlanId{"7"}).name = "nightly";
  night.Until("0 12:10");
  using Labels = std::map<std::string, std::string>;
  const auto labels = GENERATE(Labels{{"backup_id", "7"}, {"id", "8"}}, Labels{{"id", "7"}},
                               Labels{{"name", "nightly"}}, Labels{{"id", "nightly"}});

  night.Alert(labels, At("0 12:09"));
  night.Until("0 13:00");

  CHECK(night.TakeMails() == Lines{"0 12:10:30 no status 7 REPO_FAILURE: a never_ran"});
}

TEST_CASE("two plans fail in one group of alerts, and each is told once", "[run][alert]") {
  Night night;
  night.HasPlan("one", {"a"});
  night.HasPlan("two", {"b"});
  night.CleanRun("one", "1 01:00");
  night.CleanRun("two", "1 01:00:10");
  CHECK(night.TakeMails().size() == 2);

  night.Fails("one", "a", "2 01:00", "2 01:10");
  night.Fails("two", "b", "2 01:00", "2 01:10");
  night.Alert({{"id", "one"}}, At("2 01:10:15"), true);
  night.Alert({{"id", "two"}}, At("2 01:10:15"), true);
  night.Until("3 00:00");

  CHECK(night.TakeMails() == Lines{"2 01:10 final one REPO_FAILURE: a failed",
                                   "2 01:10 final two REPO_FAILURE: b failed"});
}

TEST_CASE("an alert that waits survives a restart", "[run][alert]") {
  Night night = AfterOneCleanRun({"a"});
  night.AlertFor("stranger", "1 11:59");
  night.Until("1 12:00:10");
  night.Restart();
  night.Until("1 13:00");

  CHECK(night.TakeMails() == Lines{"1 12:00:30 unknown plan"});
}

}  // namespace
}  // namespace backup_monitor::testing
