// However many alerts come, the reports that they alone lead to are bounded.

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using Answer = run::AlertAnswer::Kind;

void AlertStrangers(Night& night, int first, int count) {
  for (int i = first; i < first + count; ++i) {
    night.Alert({{"id", "stranger" + std::to_string(i)}}, night.now());
  }
}

int Count(const Night& night, Answer kind) {
  int count = 0;
  for (const auto& answer : night.answers()) count += answer == kind ? 1 : 0;
  return count;
}

TEST_CASE("three alerts of unknown plans an hour are reported singly, the rest together",
          "[run][alert][rate]") {
  Night night = AfterOneCleanRun({"a"});
  AlertStrangers(night, 0, 40);

  SECTION("by one daemon") {}
  SECTION("that is restarted before they are reported") { night.Restart(); }
  SECTION("that is restarted while the rest waits") {
    night.Until("1 12:10");
    night.Restart();
  }
  SECTION("whose step is not stored") { night.FailNextStore(); }
  night.Until("1 12:59");
  const Lines singly = night.TakeMails();
  REQUIRE(singly.size() == 3);
  CHECK(singly[0].find("unknown plan") != std::string::npos);
  CHECK(Count(night, Answer::kReported) == 3);
  CHECK(Count(night, Answer::kSummarized) == 37);

  night.Until("1 13:02");
  CHECK(night.TakeMails().size() == 1);
  const Mail& summary = night.told().back();
  REQUIRE(summary.kind == Announcement::Kind::kAlertSummary);
  REQUIRE(summary.summary);
  CHECK(summary.summary->alerts == 37);
  CHECK(summary.summary->names.size() == 10);
  CHECK(summary.summary->names.front() == "stranger3");
  night.Until("2 00:00");
  CHECK(night.TakeMails() == Lines{});
}

TEST_CASE("the hour of alerts begins with its first report and ends after 3600 s",
          "[run][alert][rate]") {
  Night night = AfterOneCleanRun({"a"});
  AlertStrangers(night, 0, 4);
  night.Until("1 13:00:29");
  CHECK(night.TakeMails().size() == 3);
  night.Until("1 13:00:30");
  CHECK(night.TakeMails() == Lines{"1 13:00:30 alert summary"});

  AlertStrangers(night, 10, 3);  // a new hour
  night.Until("1 20:00");
  CHECK(night.TakeMails().size() == 3);
}

TEST_CASE("of an hour without more than three nothing is summed up", "[run][alert][rate]") {
  Night night = AfterOneCleanRun({"a"});
  AlertStrangers(night, 0, 3);
  night.Until("1 20:00");
  CHECK(night.TakeMails().size() == 3);
}

TEST_CASE("a flood for hours is four mails an hour", "[run][alert][rate]") {
  Night night = AfterOneCleanRun({"a"});
  for (int i = 0; i < 6 * 60; ++i) {
    AlertStrangers(night, i, 1);
    night.Until(night.now() + seconds{60});
  }
  const auto mails = night.TakeMails().size();
  CHECK(mails >= 20);
  CHECK(mails <= 24);
}

TEST_CASE("floods of other kinds are bounded too", "[run][alert][rate]") {
  Night night = AfterOneCleanRun({"a"});
  SECTION("one plan from many starts") {
    for (int i = 0; i < 50; ++i) night.Alert({{"id", "stranger"}}, night.now() - seconds{i});
    night.Until("1 14:00");
    CHECK(night.TakeMails().size() == 4);
  }
  SECTION("alerts without a plan, with labels of their own, and nothing updated") {
    for (int i = 0; i < 50; ++i) night.Alert({{"job", std::to_string(i)}}, night.now());
    night.Until("1 14:00");
    CHECK(night.TakeMails().size() == 4);
  }
  SECTION("alerts without a plan, when everything has succeeded and been reported") {
    night.CleanRun("daily", "2 01:00");
    night.Until("2 01:20");
    CHECK(night.TakeMails().size() == 1);
    for (int i = 0; i < 50; ++i) night.Alert({{"job", std::to_string(i)}}, night.now());
    night.Until("2 04:00");
    CHECK(night.TakeMails().size() == 4);
  }
  SECTION("one plan that exists, from many starts") {
    for (int i = 0; i < 50; ++i) night.Alert({{"id", "daily"}}, night.now() - seconds{i});
    night.Until("1 23:00");
    CHECK(night.TakeMails().size() == 1);
  }
}

TEST_CASE("alerts about many plans that exist are reported together after three",
          "[run][alert][rate]") {
  Night night = AfterOneCleanRun({"a"});
  for (int i = 0; i < 8; ++i) night.HasPlan("plan" + std::to_string(i), {"a"});
  night.Until("1 12:10");
  for (int i = 0; i < 8; ++i) night.AlertFor("plan" + std::to_string(i), "1 12:09");
  night.Until("1 12:15");
  CHECK(night.TakeMails().size() == 3);

  SECTION("the same daemon") {}
  SECTION("after a restart") { night.Restart(); }
  SECTION("with results in the meantime, which are reported at once") {
    night.Fails("plan5", "a", "1 12:20", "1 12:30");
    CHECK(night.TakeMails() == Lines{"1 12:30 final plan5 REPO_FAILURE: a failed"});
    night.Until("1 23:00");
    const Lines mails = night.TakeMails();
    REQUIRE(mails.size() == 1);
    CHECK(night.told().back().sections.size() == 4);
    return;
  }
  night.Until("1 13:10:29");
  CHECK(night.TakeMails() == Lines{});
  night.Until("1 13:10:30");
  CHECK(night.TakeMails().size() == 1);
  CHECK(night.told().back().kind == Announcement::Kind::kFinal);
  CHECK(night.told().back().sections.size() == 5);
}

TEST_CASE("a flood of strangers puts off neither a failed night nor an alert about a known plan",
          "[run][alert][rate]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.HasPlan("weekly", {"a"});
  night.Until("2 01:00");
  AlertStrangers(night, 0, 200);
  night.Fails("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "b", "2 01:10", "2 01:20");
  night.AlertFor("weekly", "2 01:19");
  night.Until("2 01:21");

  const Lines mails = night.TakeMails();
  const auto has = [&](const std::string& mail) {
    return std::find(mails.begin(), mails.end(), mail) != mails.end();
  };
  CHECK(mails.size() == 5);
  CHECK(has("2 01:20 final daily PARTIAL: a failed, b succeeded"));
  CHECK(has("2 01:20:30 no status weekly REPO_FAILURE: a never_ran"));
}

}  // namespace
}  // namespace backup_monitor::testing
