
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using Answer = run::AlertAnswer::Kind;
using Answers = std::vector<std::optional<Answer>>;

TEST_CASE("an alert in the middle of a run adds nothing to what the run tells", "[run][alert]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});  // c's record of last night stays in Redis

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Fails("daily", "b", "2 01:10", "2 01:20");
  night.Until("2 01:20:45");
  night.AlertFor("daily", "2 01:20:15");
  night.Saves("daily", "c", "2 01:20", "2 02:20");
  night.Until("3 00:00");

  CHECK(night.TakeMails() ==
        Lines{"2 01:35 early daily: a succeeded, b failed",
              "2 02:20 final daily PARTIAL: a succeeded, b failed, c succeeded"});
  CHECK(night.answers() == Answers{Answer::kExplained});
}

TEST_CASE("an alert after its one-module run was reported sends nothing more", "[run][alert]") {
  Night night = AfterOneCleanRun({"a"});

  night.Fails("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 01:10:45");
  night.AlertFor("daily", "2 01:10:15");
  night.Until("2 23:00");

  CHECK(night.TakeMails() == Lines{"2 01:10 final daily REPO_FAILURE: a failed"});
  CHECK(night.answers() == Answers{Answer::kExplained});
}

TEST_CASE("the same alert ten times, from two Alertmanagers, and anew: one report",
          "[run][alert]") {
  Night night = AfterOneCleanRun({"a"});
  night.Fails("daily", "a", "2 01:00", "2 01:10");
  for (int times = 0; times < 10; ++times) {
    night.AlertFor("daily", "2 01:10:15");
    night.AlertFor("daily", "2 01:10:15");  // the other Alertmanager
    night.Until(night.now() + std::chrono::hours{1});
    if (times == 5) night.Restart();
  }
  night.AlertFor("daily", "2 11:30:00");  // Prometheus was restarted
  night.Until("3 00:30");
  CHECK(night.TakeMails() == Lines{"2 01:10 final daily REPO_FAILURE: a failed"});

  night.Fails("daily", "a", "3 01:00", "3 01:10");  // the gauge was 0 all the time: no new alert
  night.Until("4 00:00");
  CHECK(night.TakeMails() == Lines{"3 01:10 final daily REPO_FAILURE: a failed"});
}

TEST_CASE("last night's alert repeating into tonight's clean run is no news", "[run][alert]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Fails("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "b", "2 01:10", "2 01:20");
  night.AlertFor("daily", "2 01:10:15");
  CHECK(night.TakeMails() == Lines{"2 01:20 final daily PARTIAL: a failed, b succeeded"});

  night.Saves("daily", "a", "3 01:00", "3 01:10");
  night.AlertFor("daily", "2 01:10:15");
  night.Saves("daily", "b", "3 01:10", "3 02:10");
  night.AlertFor("daily", "2 01:10:15");
  night.Until("4 00:00");

  CHECK(night.TakeMails() == Lines{"3 02:10 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("an alert is explained by what is read while it waits", "[run][alert]") {
  Night night = AfterOneCleanRun({"a"});
  night.LosesEvents();
  night.Until("2 01:12");
  night.AlertFor("daily", "2 01:11:50");

  night.Fails("daily", "a", "2 01:00", "2 01:12:20");  // our replica was behind
  night.Until("3 00:00");

  CHECK(night.TakeMails() == Lines{"2 01:12:30 final daily REPO_FAILURE: a failed"});
}

TEST_CASE("an alert of before the last run closed is explained by it", "[run][alert]") {
  Night night = AfterOneCleanRun({"a"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  CHECK(night.TakeMails().size() == 1);

  night.AlertFor("daily", "2 01:09:59");
  night.Until("3 00:00");

  CHECK(night.TakeMails() == Lines{});
  CHECK(night.answers() == Answers{Answer::kExplained});
}

TEST_CASE("an alert that nothing explains opens a run without records", "[run][alert]") {
  Night night = AfterOneCleanRun({"a"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  CHECK(night.TakeMails().size() == 1);
  night.Until("2 03:00:40");

  night.AlertFor("daily", "2 03:00");
  night.Until("2 03:10");
  night.AlertFor("daily", "2 03:00");  // repeated while the run is open

  // a: 03:00 + 10 minutes + 2 × 10 minutes + q.
  night.Until("2 04:39:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("2 04:40");
  CHECK(night.TakeMails() == Lines{"2 04:40 final daily INCOMPLETE: a not_finished"});
  CHECK(night.answers().front() == Answer::kReported);

  night.AlertFor("daily", "2 03:00");
  night.AlertFor("daily", "2 05:00");
  night.Until("3 00:00");
  CHECK(night.TakeMails() == Lines{});
}

TEST_CASE("the record that an alert announced fills the run that it opened", "[run][alert]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Until("2 01:05");
  night.AlertFor("daily", "2 01:04");  // some other node's module was given up

  night.Saves("daily", "a", "2 01:05", "2 01:15");
  night.Saves("daily", "b", "2 01:15", "2 01:25");

  CHECK(night.TakeMails() == Lines{"2 01:25 final daily SUCCESS: a succeeded, b succeeded"});
}

}  // namespace
}  // namespace backup_monitor::testing
