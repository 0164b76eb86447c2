// The notice that a run takes longer than its own past lets expect.

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::minutes;

/// a takes 10 minutes and b as long as said, last night and the one before.
Night WithPast(minutes before, minutes last) {
  Night night;
  night.HasPlan("daily", {"a", "b"});
  for (const auto& [day, took] : {std::pair{"1", before}, std::pair{"2", last}}) {
    const std::string at = std::string{day} + " 01:";
    night.Saves("daily", "a", at + "00", at + "10");
    night.Saves("daily", "b", at + "10", Text(At(at + "10") + took));
  }
  night.Until("2 23:00");
  (void)night.TakeLateNotices();
  return night;
}

TEST_CASE("late is over one and a half times the longest that a module has taken", "[run][late]") {
  Night night = WithPast(minutes{120}, minutes{120});
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  night.Until("3 04:09:59");
  CHECK(night.TakeLateNotices() == Lines{});
  night.Until("3 04:10");
  CHECK(night.TakeLateNotices() == Lines{"3 04:10 late daily: a succeeded"});

  SECTION("once, and its report follows") {
    night.Until("3 06:00");
    night.Saves("daily", "b", "3 01:10", "3 06:00");
    CHECK(night.TakeLateNotices().empty());
    CHECK(night.TakeMails().back() == "3 06:00 final daily SUCCESS: a succeeded, b succeeded");
  }
  SECTION("it says until when the run is waited for") {
    // b: 03:10, its end in the nights before, + 2 × 2 hours + q.
    CHECK(night.known_by() == At("3 08:20"));
  }
  SECTION("a restart does not repeat it") {
    night.Restart();
    night.Until("3 07:00");
    CHECK(night.TakeLateNotices().empty());
  }
}

TEST_CASE("a shorter night takes an eighth of the difference off the longest", "[run][late]") {
  // 240 minutes, then 160: 240 - 80 / 8 = 230, of which one and a half times are 345.
  Night night = WithPast(minutes{240}, minutes{160});
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  night.Until("3 06:54:59");
  CHECK(night.TakeLateNotices() == Lines{});
  night.Until("3 06:55");
  CHECK(night.TakeLateNotices().size() == 1);
}

TEST_CASE("of short modules and of one without a past q counts", "[run][late]") {
  Night night = WithPast(minutes{40}, minutes{40});
  SECTION("one and a half times 40 minutes are less than q") {}
  SECTION("without a past") { night.HasPlan("daily", {"a", "n"}); }
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  night.Until("3 02:19:59");
  CHECK(night.TakeLateNotices() == Lines{});
  night.Until("3 02:20");
  CHECK(night.TakeLateNotices().size() == 1);
}

TEST_CASE("a run that is over within the hour needs no notice", "[run][late]") {
  // b is late at 02:20, and the run is over at 01:10 + its duration + 2 × its duration + q.
  const auto [took, notices] =
      GENERATE(table<minutes, std::size_t>({{minutes{20}, 0U}, {minutes{21}, 1U}}));
  Night night = WithPast(took, took);
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  night.Until("3 12:00");
  CHECK(night.TakeLateNotices().size() == notices);
}

TEST_CASE("a node from which nothing comes is late, a busy module is not", "[run][late]") {
  Night night;
  SECTION("nothing comes") {
    night.HasPlan("daily", {"a@1", "b@2"});
    night.Saves("daily", "a", "1 01:00", "1 01:10");
    night.Saves("daily", "b", "1 01:00", "1 03:00");
    (void)night.TakeLateNotices();
    night.Saves("daily", "a", "2 01:00", "2 01:10");
    night.Until("2 03:59:59");
    CHECK(night.TakeLateNotices() == Lines{});
    night.Until("2 04:00");
    CHECK(night.TakeLateNotices() == Lines{"2 04:00 late daily: a succeeded"});
  }
  SECTION("busy") {
    night.HasPlan("daily", {"a", "b"});
    night.Saves("daily", "a", "1 01:00", "1 03:00");
    night.Saves("daily", "b", "1 03:00", "1 03:10");
    night.Saves("daily", "b", "2 01:00", "2 01:10");
    night.Until("2 12:00");
    CHECK(night.TakeLateNotices() == Lines{});
    CHECK(night.TakeMails().back() ==
          "2 04:20 final daily INCOMPLETE: a not_finished, b succeeded");
  }
}

TEST_CASE("what never ran in the run before is not late in the next", "[run][late]") {
  Night night;
  night.HasPlan("daily", {"a", "n"});
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  night.Until("2 00:00");
  REQUIRE(night.TakeLateNotices().size() == 1);
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("3 00:00");
  CHECK(night.TakeLateNotices().empty());
}

TEST_CASE("a corrected run has no notice", "[run][late]") {
  Night night;
  night.HasPlan("daily", {"a", "b", "c"});
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  night.Saves("daily", "b", "1 01:10", "1 01:20");
  night.Saves("daily", "c", "1 01:20", "1 03:20");
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 12:00");
  (void)night.TakeLateNotices();
  (void)night.TakeMails();
  night.Saves("daily", "b", "2 01:10", "2 12:30");
  night.Until("2 20:00");
  CHECK(night.TakeMails() ==
        Lines{"2 17:40 update daily INCOMPLETE: a succeeded, b succeeded, c not_finished"});
  CHECK(night.TakeLateNotices().empty());
}

TEST_CASE("a look is due when a run is late, unless it is over within the hour then",
          "[run][late]") {
  // b is late at 02:20, and the run is over at 01:10 + its duration + 2 × its duration + q.
  const auto [took, next] =
      GENERATE(table<minutes, const char*>({{minutes{20}, "3 03:20"}, {minutes{21}, "3 02:20"}}));
  Night night = WithPast(took, took);
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  CHECK(night.tracker().NextDue() == At(next));
}

TEST_CASE(
    "a notice that could not be given in time is not given when the run is over within the hour",
    "[run][late]") {
  // b is late at 01:10 + q and the run is over at 02:10 + 2 hours + q, 05:20.
  const auto [start, notices] =
      GENERATE(table<const char*, std::size_t>({{"3 04:19:59", 1U}, {"3 04:20", 0U}}));
  Night night = WithPast(minutes{60}, minutes{60});
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  night.Until("3 02:00");
  night.Stop();
  night.Until(start);
  night.Start();
  night.Until("3 05:19");
  CHECK(night.TakeLateNotices().size() == notices);
}

TEST_CASE("a corrected run has no notice, also if it had none before", "[run][late]") {
  Night night;
  night.HasPlan("daily", {"a", "b", "c"});
  for (const char* day : {"1 ", "2 "}) {
    const std::string at{day};
    night.Saves("daily", "a", at + "01:00", at + "01:10");
    if (at == "2 ") break;
    night.Saves("daily", "b", at + "01:10", at + "01:20");
    night.Saves("daily", "c", at + "01:20", at + "03:20");
  }
  night.Until("2 02:00");
  night.Stop();  // until everything is over
  night.Until("2 12:00");
  night.Start();
  night.Until("2 12:01");
  CHECK(night.TakeMails().size() == 2);
  (void)night.TakeLateNotices();  // of the first night, when nothing was known of c
  REQUIRE_FALSE(night.tracker().Find(RunId{2})->late_notice_given());
  night.Saves("daily", "b", "2 01:10", "2 12:30");
  night.Until("2 20:00");
  CHECK(night.TakeMails() ==
        Lines{"2 17:40 update daily INCOMPLETE: a succeeded, b succeeded, c not_finished"});
  CHECK(night.TakeLateNotices().empty());
}

}  // namespace
}  // namespace backup_monitor::testing
