// Which history answers an alert, and what a run that an alert opened comes to.

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::run {
namespace {

using namespace testing;
using Answer = AlertAnswer::Kind;

/// A plan of two modules whose records were there before us, b's after a's; the last one ended at `end`.
Night WithHistory(Time end, std::uint32_t errors_of_a = 0) {
  const std::chrono::minutes five{5};
  Night night;
  night.HasPlan("daily", {"a", "b"});
  night.Write(Record("daily", "a", end - 2 * five, end - five, errors_of_a));
  night.Write(Record("daily", "b", end - five, end));
  night.Until("0 12:05");
  night.LoseStore();
  return night;
}

TEST_CASE("successes of the night before explain no alert of tonight", "[run][alert][history]") {
  Night night = WithHistory(At("0 12:05") - std::chrono::hours{26});
  night.AlertFor("daily", "0 12:05");

  // Both are waited for: 12:05 + 2 × 5 minutes + q.
  night.Until("0 13:24:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("0 13:30");
  CHECK(night.TakeMails() ==
        Lines{"0 13:30 final daily INCOMPLETE: a not_finished, b not_finished"});
  CHECK(night.answers() == std::vector<std::optional<Answer>>{Answer::kReported});
}

TEST_CASE("what comes later of the night that the alert meant is reported",
          "[run][alert][history]") {
  Night night = WithHistory(At("0 12:05") - std::chrono::hours{26});
  night.AlertFor("daily", "0 12:05");

  SECTION("while its run is open") {
    night.Fails("daily", "a", "0 12:00", "0 12:20");
    night.Saves("daily", "b", "0 12:20", "0 12:30");
    CHECK(night.TakeMails() == Lines{"0 12:30 final daily PARTIAL: a failed, b succeeded"});
  }
  SECTION("after that was reported") {
    night.Until("0 13:30");
    CHECK(night.TakeMails().size() == 1);
    night.Fails("daily", "a", "0 12:05", "0 13:40");
    night.Saves("daily", "b", "0 13:40", "0 13:50");
    const Lines mails = night.TakeMails();
    REQUIRE(mails.size() == 1);
    CHECK(mails[0] == "0 13:50 update daily PARTIAL: a failed, b succeeded");
  }
}

TEST_CASE("history that reaches up to q before the alert answers it, and confirms nothing",
          "[run][alert][history]") {
  const RunRules rules;
  Night night = WithHistory(At("0 12:05") - rules.quiet);
  night.AlertFor("daily", "0 12:05");
  night.Until("0 12:05:30");

  CHECK(night.TakeMails() == Lines{"0 12:05:30 final daily INCOMPLETE: a succeeded, b succeeded"});
}

TEST_CASE("history that ended a second earlier does not", "[run][alert][history]") {
  const RunRules rules;
  Night night = WithHistory(At("0 12:05") - rules.quiet - seconds{1});
  night.AlertFor("daily", "0 12:05");
  // b after a, 5 minutes each: 12:05 + 5 + 2 × 5 minutes + q.
  night.Until("0 13:30");

  CHECK(night.TakeMails() ==
        Lines{"0 13:30 final daily INCOMPLETE: a not_finished, b not_finished"});
}

TEST_CASE("an error in the history explains an alert, however old", "[run][alert][history]") {
  Night night = WithHistory(At("0 12:05") - std::chrono::hours{26}, 1);
  night.AlertFor("daily", "0 12:05");
  night.Until("1 12:00");

  CHECK(night.TakeMails() == Lines{"0 12:05:30 final daily PARTIAL: a failed, b succeeded"});
}

TEST_CASE("an error of a run before that, or of a module that has left, explains none",
          "[run][alert][history]") {
  Night night = WithHistory(At("0 12:05") - std::chrono::hours{26});
  const Time begin = At("0 12:05") - std::chrono::hours{26} - std::chrono::minutes{10};
  const RunRules rules;
  SECTION("an earlier run") {
    const seconds gap = rules.quiet + seconds{1};
    night.HasPlan("daily", {"a", "b", "c"});
    night.Write(Record("daily", "c", begin - gap - std::chrono::minutes{5}, begin - gap, 1));
  }
  SECTION("no longer in the plan") {
    night.Write(Record("daily", "gone", begin - std::chrono::minutes{5}, begin, 1));
  }
  night.LoseStore();
  night.AlertFor("daily", "0 12:05");
  night.Until("0 13:20");
  CHECK(night.TakeMails() == Lines{});
  night.Until("1 12:00");
  const Lines mails = night.TakeMails();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].find("INCOMPLETE: a not_finished, b not_finished") != std::string::npos);
}

TEST_CASE("a start in the future or none at all counts as when the alert came",
          "[run][alert][history]") {
  const RunRules rules;
  const bool reaches = GENERATE(true, false);
  Night night = WithHistory(At("0 12:05") - rules.quiet - seconds{reaches ? 0 : 1});
  SECTION("future") { night.AlertFor("daily", "3 12:00"); }
  SECTION("none") { night.Alert({{"id", "daily"}}, std::nullopt); }
  night.Until("0 13:30");

  const std::string right = reaches
                                ? "0 12:05:30 final daily INCOMPLETE: a succeeded, b succeeded"
                                : "0 13:30 final daily INCOMPLETE: a not_finished, b not_finished";
  CHECK(night.TakeMails() == Lines{right});
}

TEST_CASE("an alert that comes again after its history was reported is no news",
          "[run][alert][history]") {
  Night night = WithHistory(At("0 12:00"));
  for (int times = 0; times < 4; ++times) {
    night.AlertFor("daily", "0 12:04");
    night.Until(night.now() + std::chrono::minutes{5});
    if (times == 1) night.Restart();
  }
  CHECK(night.TakeMails() == Lines{"0 12:05:30 final daily INCOMPLETE: a succeeded, b succeeded"});
}

TEST_CASE("an alert without a plan is not confirmed by history either", "[run][alert][history]") {
  Night night = WithHistory(At("0 12:00"));
  night.Alert({}, At("0 12:04"));
  night.Until("1 12:00");

  CHECK(night.TakeMails() == Lines{"0 12:05:30 final daily INCOMPLETE: a succeeded, b succeeded"});
}

TEST_CASE("results that ended after the alert began confirm the run that it opened",
          "[run][alert]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Until("2 01:10");
  night.AlertFor("daily", "2 01:10");
  night.Until("2 01:11");
  SECTION("each of them") {
    night.Saves("daily", "a", "2 01:05", "2 01:15");
    night.Saves("daily", "b", "2 01:15", "2 01:25");
    CHECK(night.TakeMails() == Lines{"2 01:25 final daily SUCCESS: a succeeded, b succeeded"});
  }
  SECTION("not if one of them had ended when it began") {
    night.Write(
        Record("daily", "a", At("2 01:00"), At("2 01:10")));  // the look that was due has missed it
    night.Saves("daily", "b", "2 01:15", "2 01:25");
    CHECK(night.TakeMails() == Lines{"2 01:25 final daily INCOMPLETE: a succeeded, b succeeded"});
  }
}

TEST_CASE("a run that is open when an alert comes has to answer it", "[run][alert]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 01:11");
  SECTION("with results of after the alert for all") {
    night.AlertFor("daily", "2 01:09:59");
    night.Saves("daily", "b", "2 01:10", "2 01:20");
    CHECK(night.TakeMails() == Lines{"2 01:20 final daily SUCCESS: a succeeded, b succeeded"});
  }
  SECTION("not with a success of before") {
    night.AlertFor("daily", "2 01:10");
    night.Restart();
    night.Saves("daily", "b", "2 01:10", "2 01:20");
    CHECK(night.TakeMails() == Lines{"2 01:20 final daily INCOMPLETE: a succeeded, b succeeded"});
  }
}

TEST_CASE("a success that had ended before the alert does not explain it, whenever it was seen",
          "[run][alert]") {
  Night night = AfterOneCleanRun({"a"});
  night.LosesEvents();
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  const bool before = GENERATE(false, true);
  night.Alert({{"id", "daily"}},
              At("2 01:10") - seconds{before ? 1 : 0});  // the look that it causes sees the record
  night.Until("3 00:00");

  const Lines mails = night.TakeMails();
  REQUIRE(mails.size() == (before ? 1 : 2));
  CHECK(mails[0] == "2 01:10 final daily SUCCESS: a succeeded");
  if (!before) CHECK(mails[1] == "2 02:50 final daily INCOMPLETE: a not_finished");
}

}  // namespace
}  // namespace backup_monitor::run
