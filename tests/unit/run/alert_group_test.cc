
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

/// Two plans on two nodes that have run once, at "1 01:00".
Night TwoPlans() {
  Night night;
  night.HasPlan("one", {"a", "b"});
  night.HasPlan("two", {"c@2", "d@2"});
  night.CleanRun("one", "1 01:00");
  night.CleanRun("two", "1 01:20");
  if (night.TakeMails().size() != 2) FAIL("two clean runs are two reports");
  return night;
}

TEST_CASE("an alert without a plan on an empty Redis is REPO_FAILURE, once", "[run][group]") {
  Night night;
  night.Until("0 12:10");
  night.Alert({}, std::nullopt);
  night.Until("0 20:00");

  CHECK(night.TakeMails() == Lines{"0 12:10:30 no status"});
  CHECK(night.answers().front() == run::AlertAnswer::Kind::kReported);
}

TEST_CASE("an alert without a plan, when none was updated lately, found no status",
          "[run][group]") {
  Night night = TwoPlans();
  night.Until("1 12:00");
  for (int times = 0; times < 10; ++times) {
    night.Alert({}, At("1 11:59"));
    night.Until(night.now() + seconds{300});
  }

  CHECK(night.TakeMails() == Lines{"1 12:00:30 no status"});
}

TEST_CASE("an alert without a plan names every plan updated lately, in one report",
          "[run][group]") {
  Night night = TwoPlans();
  night.Fails("one", "a", "2 01:00", "2 01:10");
  night.Saves("two", "c", "2 01:00", "2 01:12");
  night.Until("2 01:13");
  night.Alert({}, At("2 01:12:30"));

  night.Saves("one", "b", "2 01:10", "2 01:20");
  CHECK(night.TakeMails() == Lines{});
  night.Saves("two", "d", "2 01:12", "2 01:24");
  night.Until("3 00:00");

  CHECK(night.TakeMails() == Lines{"2 01:24 final one PARTIAL: a failed, b succeeded"
                                   " + two SUCCESS: c succeeded, d succeeded"});
}

TEST_CASE("the one report waits at most an hour", "[run][group]") {
  Night night = TwoPlans();
  night.Fails("one", "a", "2 01:00", "2 01:10");
  night.Saves("two", "c", "2 01:00", "2 01:12");
  night.Until("2 01:13");
  night.Alert({}, At("2 01:12:30"));
  night.Saves("one", "b", "2 01:10", "2 01:20");

  night.Until("2 02:12:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("2 02:14");
  const Lines first = night.TakeMails();
  REQUIRE(first.size() == 1);
  CHECK_THAT(first.front(), Catch::EndsWith("final one PARTIAL: a failed, b succeeded"));

  night.Saves("two", "d", "2 01:12", "2 02:20");
  night.Until("3 00:00");
  CHECK(night.TakeMails() == Lines{"2 02:20 final two SUCCESS: c succeeded, d succeeded"});
}

TEST_CASE("a run that waits for its group says what is known when it is told", "[run][group]") {
  Night night = TwoPlans();
  night.Saves("one", "a", "2 01:00", "2 01:05");
  night.Saves("two", "c", "2 01:00", "2 01:12");
  night.Until("2 01:13");
  night.Alert({}, At("2 01:12:30"));
  night.Saves("one", "a", "2 01:14", "2 01:16");
  night.Saves("one", "a", "2 01:20", "2 01:22");  // the third that opens closes the first
  night.Saves("one", "b", "2 01:16", "2 01:30");
  CHECK(night.TakeMails() == Lines{});

  night.Until("2 02:14");
  const Lines mails = night.TakeMails();
  REQUIRE(mails.size() == 1);
  CHECK_THAT(mails.front(), Catch::Contains(": a succeeded, b succeeded (other run)"));
}

TEST_CASE("a gathered report survives a restart", "[run][group]") {
  Night night = TwoPlans();
  night.Fails("one", "a", "2 01:00", "2 01:10");
  night.Saves("two", "c", "2 01:00", "2 01:12");
  night.Until("2 01:13");
  night.Alert({}, At("2 01:12:30"));
  night.Saves("one", "b", "2 01:10", "2 01:20");
  night.Restart();
  night.Saves("two", "d", "2 01:12", "2 01:24");
  night.Until("3 00:00");

  int tellings_of_one = 0;
  int tellings_of_two = 0;
  for (const std::string& mail : night.TakeMails()) {
    if (mail.find("one PARTIAL: a failed, b succeeded") != std::string::npos) ++tellings_of_one;
    if (mail.find("two SUCCESS: c succeeded, d succeeded") != std::string::npos) ++tellings_of_two;
  }
  CHECK(tellings_of_one == 1);
  CHECK(tellings_of_two == 1);
}

TEST_CASE("an alert without a plan after the runs were reported sends nothing more",
          "[run][group]") {
  Night night = TwoPlans();
  night.Fails("one", "a", "2 01:00", "2 01:10");
  night.Saves("one", "b", "2 01:10", "2 01:20");
  night.Saves("two", "c", "2 01:10", "2 01:20");
  night.Saves("two", "d", "2 01:20", "2 01:30");
  CHECK(night.TakeMails().size() == 2);

  night.Alert({}, At("2 01:20:15"));
  night.Until("3 00:00");

  CHECK(night.TakeMails() == Lines{});
}

TEST_CASE("a run that closes at the very look of an alert without a plan is told once",
          "[run][group]") {
  Night night = AfterOneCleanRun({"a"});
  night.LosesEvents();
  night.Until("2 01:11");
  const bool saved = GENERATE(true, false);
  night.Write(Record("daily", "a", At("2 01:00"), At("2 01:11"), saved ? 0 : 1));
  night.Until("2 01:12");
  night.Alert({}, At("2 01:12"));
  night.Until("2 01:30");

  const Lines mails = night.TakeMails();
  REQUIRE(mails.size() == 1);
  CHECK_THAT(mails.front(),
             Catch::EndsWith(saved ? "final daily INCOMPLETE: a succeeded"  // no result explains it
                                   : "final daily REPO_FAILURE: a failed"));
}

TEST_CASE("a run that was reported is not told again by an alert without a plan", "[run][group]") {
  Night night = AfterOneCleanRun({"a"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  CHECK(night.TakeMails().size() == 1);

  night.Until("2 01:21");
  night.Alert({}, At("2 01:20"));
  night.Until("4 00:00");

  // The alert itself is news that nothing explains; the run is shown with it, and not told again.
  const auto mails = night.TakeMails();
  REQUIRE(mails.size() == 1);
  CHECK_THAT(mails[0], Catch::StartsWith("2 01:21:30 plans succeeded"));
}

TEST_CASE("a name that fits several plans names each", "[run][group]") {
  Night night;
  night.HasPlan("1", {"a"});
  night.HasPlan("2", {"b"});
  for (auto& [id, plan] : night.cluster().plans) plan.name = "nightly";
  night.Until("0 12:10");

  night.Alert({{"name", "nightly"}}, At("0 12:09"));
  night.Until("0 20:00");

  std::map<PlanId, Outcome> told;
  for (const Mail& mail : night.told()) {
    for (const Section& section : mail.sections) {
      CHECK(told.emplace(section.plan, section.outcome).second);
    }
  }
  CHECK(told == std::map<PlanId, Outcome>{{PlanId{"1"}, Outcome::kRepoFailure},
                                          {PlanId{"2"}, Outcome::kRepoFailure}});
}

}  // namespace
}  // namespace backup_monitor::testing
