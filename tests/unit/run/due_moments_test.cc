// Due moments: what answers them, what is missed, and what is neither.

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TEST_CASE("a due moment that no node answers is missed at its deadline", "[run][due]") {
  Night night = TwoNodes();
  // 01:00 + 30 minutes of grace + 1.5 × 20 minutes, b's longest.
  night.Until("3 01:59:59");
  CHECK(night.TakeMails().empty());
  night.Until("3 02:00");
  CHECK(night.TakeMails() == Lines{"3 02:00 final daily MISSED: a not_finished, b not_finished"});

  SECTION("once, also after a restart") {
    night.Restart();
    night.Until("4 00:59");
    CHECK(night.TakeMails().empty());
  }
  SECTION("and the next is another one") {
    night.Until("4 02:00");
    CHECK(night.TakeMails() == Lines{"4 02:00 final daily MISSED: a not_finished, b not_finished"});
  }
}

TEST_CASE("what comes late reopens a missed run", "[run][due]") {
  Night night = TwoNodes();
  night.Until("3 04:00");
  (void)night.TakeMails();
  night.Saves("daily", "a", "3 04:00", "3 04:10");
  night.Saves("daily", "b", "3 04:00", "3 04:20");
  CHECK(night.TakeMails() == Lines{"3 04:20 update daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a node that sends nothing is not waited for beyond its deadline", "[run][due]") {
  Night night = TwoNodes();
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  night.Until("3 01:59:59");
  CHECK(night.TakeMails().empty());
  night.Until("3 02:00");
  CHECK(night.TakeMails() == Lines{"3 02:00 final daily INCOMPLETE: a succeeded, b not_finished"});

  SECTION("what comes of it later is an update") {
    night.Saves("daily", "b", "3 03:00", "3 03:20");
    CHECK(night.TakeMails() == Lines{"3 03:20 update daily SUCCESS: a succeeded, b succeeded"});
  }
}

TEST_CASE("a run by hand answers no due moment", "[run][due]") {
  Night night = TwoNodes();
  night.Saves("daily", "a", "2 15:00", "2 15:10");
  night.Saves("daily", "b", "2 15:00", "2 15:20");
  CHECK(night.TakeMails() == Lines{"2 15:20 final daily SUCCESS: a succeeded, b succeeded"});
  night.Until("3 02:00");
  CHECK(night.TakeMails() == Lines{"3 02:00 final daily MISSED: a not_finished, b not_finished"});
  // More than half a day after it was due.
  night.CleanRun("daily", "3 13:00:01");
  CHECK(night.TakeMails() == Lines{"3 13:20:01 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("what begins within two minutes before a due moment answers it", "[run][due]") {
  const bool early = GENERATE(true, false);
  Night night = TwoNodes();
  const std::string start = early ? "3 00:57:59" : "3 00:58";
  night.Saves("daily", "a", start, "3 01:10");
  night.Saves("daily", "b", start, "3 01:20");
  CHECK(night.TakeMails().size() == 1);
  night.Until("3 12:00");
  CHECK(night.TakeMails().size() == (early ? 1 : 0));
}

TEST_CASE("an hourly plan whose node misses one hour keeps each hour apart", "[run][due]") {
  Night night = WatchedFrom0030("hourly", "*:00", {"a", "b@2"});
  for (const std::string hour : {"01", "02", "03"}) {
    night.Saves("hourly", "a", "1 " + hour + ":00", "1 " + hour + ":01");
    night.Saves("hourly", "b", "1 " + hour + ":00", "1 " + hour + ":35");
  }
  CHECK(night.TakeMails().size() == 3);
  night.Saves("hourly", "a", "1 04:00", "1 04:01");  // b's node is off
  night.Saves("hourly", "a", "1 05:00", "1 05:01");
  night.Saves("hourly", "b", "1 05:00", "1 05:35");
  night.Until("1 06:00");
  // 04:00 + 30 minutes + 1.5 × 35 minutes.
  CHECK(night.TakeMails() ==
        Lines{"1 05:22:30 final hourly INCOMPLETE: a succeeded, b not_finished",
              "1 05:35 final hourly SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a run that takes longer than the interval swallows the next due moment", "[run][due]") {
  Night night = WatchedFrom0030("hourly", "*:00", {"a"});
  night.Saves("hourly", "a", "1 01:00", "1 01:50");
  night.Saves("hourly", "a", "1 02:00", "1 03:10");
  night.Saves("hourly", "a", "1 04:00", "1 04:50");
  night.Saves("hourly", "a", "1 05:00", "1 05:50");
  CHECK(night.TakeMails() == Lines{"1 01:50 final hourly SUCCESS: a succeeded",
                                   "1 03:10 final hourly SUCCESS: a succeeded",
                                   "1 04:50 final hourly SUCCESS: a succeeded",
                                   "1 05:50 final hourly SUCCESS: a succeeded"});
}

TEST_CASE("a plan that is due often has one report of missed runs, and then one a day",
          "[run][due]") {
  Night night = WatchedFrom0030("hourly", "*:00", {"a"});
  night.Saves("hourly", "a", "1 01:00", "1 01:10");
  CHECK(night.TakeMails().size() == 1);
  night.Until("1 02:44:59");
  CHECK(night.TakeMails().empty());
  night.Until("1 02:45");  // 30 minutes, and 1.5 × 10
  CHECK(night.TakeMails() == Lines{"1 02:45 final hourly MISSED: a not_finished"});
  night.Until(
      "2 02:44");  // older than two hours and ten minutes, when it is clear that 03:00 is missed
  CHECK(night.TakeMails() == Lines{"1 03:45 recovery point a over"});
  night.Until("2 02:45");
  CHECK(night.TakeMails() == Lines{"2 02:45 final hourly MISSED: a not_finished"});
  const auto& runs = night.tracker().memory().runs;
  CHECK(runs.rbegin()->second.missed == DueCount{24, At("1 03:00"), At("2 02:00")});

  SECTION("what is in no report yet is told with the run that comes") {
    night.Saves("hourly", "a", "2 05:00", "2 05:10");
    CHECK(night.TakeMails().size() == 1);
    CHECK(runs.rbegin()->second.missed == DueCount{2, At("2 03:00"), At("2 04:00")});
    // And the next missed one is reported at once.
    night.Until("2 06:45");
    CHECK(night.TakeMails() == Lines{"2 06:45 final hourly MISSED: a not_finished"});
  }
}

TEST_CASE("of silent modules before it, however long they took, a record answers its due moment",
          "[run][due]") {
  Night night = WatchedFrom0030("daily", "01:00", {"a", "b"});
  // b begins 16 hours after the due moment.
  night.Saves("daily", "a", "1 01:00", "1 17:00");
  night.Saves("daily", "b", "1 17:00", "1 17:10");
  // The status of a could not be stored, and it took 14, or half an hour more than 16.
  const auto [start, answered] = GENERATE(
      table<const char*, bool>({{"2 15:00", true}, {"2 17:30", true}, {"2 17:30:01", false}}));
  CAPTURE(start);
  night.Until(start);
  night.Saves("daily", "b", start, "2 17:40");
  night.Until("3 00:59");
  const auto& runs = night.tracker().memory().runs;
  CHECK(runs.rbegin()->second.due.has_value() == answered);
}

TEST_CASE("a plan that is due less often than every six hours has a report of each missed run",
          "[run][due]") {
  const auto [schedule, interval] = GENERATE(
      table<const char*, std::size_t>({{"0/6:00", 1}, {"00,06,12,18:00:01", 1}, {"0/8:00", 3}}));
  Night night = WatchedFrom0030("often", schedule, {"a"});
  night.Until("2 05:59");
  CAPTURE(schedule);
  std::size_t missed = 0;
  for (const std::string& mail : night.TakeMails())
    missed += mail.find("MISSED") != std::string::npos;
  CHECK(missed == interval);
}

TEST_CASE("a due moment counts only while its plan is watched", "[run][due]") {
  Night night = TwoNodes();
  for (auto& [id, module] : night.cluster().modules) module.needs_backup = false;
  night.Until("3 00:59");
  SECTION("not if it is disabled") {
    night.cluster().plans.at(PlanId{"daily"}).enabled = false;
    night.Until("4 12:00");
    CHECK(night.TakeMails().empty());
    // Enabled at noon: the first that counts is the next.
    night.cluster().plans.at(PlanId{"daily"}).enabled = true;
    night.Until("5 01:59:59");
    CHECK(night.TakeMails().empty());
    night.Until("5 02:00");
    CHECK(night.TakeMails().size() == 1);
  }
  SECTION("not if its schedule changed after it") {
    night.Until("3 01:10");
    night.IsDue("daily", "05:00");
    night.Until("3 05:59");
    CHECK(night.TakeMails().empty());
    night.Until("3 06:00");
    CHECK(night.TakeMails() == Lines{"3 06:00 final daily MISSED: a not_finished, b not_finished"});
  }
  SECTION("not if the store has been lost since") {
    night.Until("3 01:10");
    night.LoseStore();
    night.Until("4 00:59");
    CHECK(night.TakeMails().empty());
  }
  SECTION("not if the plan has gone, or its applications") {
    night.Until("3 01:10");
    night.RemovePlan("daily");
    night.Until("4 12:00");
    CHECK(night.TakeMails().empty());
  }
}

TEST_CASE("what was due while nobody looked is judged from what is found", "[run][due]") {
  Night night = TwoNodes();
  night.Until("2 12:00");
  night.Stop();
  SECTION(
      "nothing came since: missed, once a backup that began when the daemon came back would have "
      "come") {
    night.Until("3 12:00");
    night.Start();
    // The machine may have been suspended: 12:00 + 30 minutes + 1.5 × 20.
    night.Until("3 12:59:59");
    CHECK(night.TakeMails().empty());
    night.Until("3 13:00");
    CHECK(night.TakeMails().size() == 1);
  }
  SECTION("what a later run has overwritten is unknown, and its report says so") {
    night.CleanRun("daily", "4 01:00");
    night.Until("4 12:00");
    night.Start();
    night.Look();
    CHECK(night.TakeMails() ==
          Lines{"4 12:00 final daily SUCCESS (after a gap): a succeeded, b succeeded"});
    const auto& runs = night.tracker().memory().runs;
    REQUIRE(runs.rbegin()->second.gap);
    CHECK(runs.rbegin()->second.gap->unknown_due == 1);
    night.Until("5 00:59");
    CHECK(night.TakeMails().empty());
  }
}

TEST_CASE("without a past two hours are waited for, or half an interval", "[run][due]") {
  Night night;
  night.HasPlan("plan", {"a"});
  const bool daily = GENERATE(true, false);
  night.IsDue("plan", daily ? "01:00" : "*:00");
  night.Look();
  // 30 minutes and 2 hours; or 30 minutes and 30 minutes.
  const std::string deadline = daily ? "1 03:30" : "0 14:00";
  night.Until(At(deadline) - seconds{1});
  CHECK(night.TakeMails().empty());
  night.Until(deadline);
  CHECK(night.TakeMails() == Lines{deadline + " final plan MISSED: a never_ran"});
}

TEST_CASE("an alert says that NS8 was at work: such a due moment is not missed", "[run][due]") {
  Night night = TwoNodes();
  night.Until("3 01:05");
  night.AlertFor("daily", "3 01:05");
  night.Until("4 00:59");
  const Lines mails = night.TakeMails();
  REQUIRE(mails.size() == 1);
  CHECK(mails.front().find("INCOMPLETE") != std::string::npos);
}

TEST_CASE("a node that has joined the plan since a due moment does not answer it late",
          "[run][due]") {
  Night night = TwoNodes();
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  night.Saves("daily", "b", "3 01:00", "3 01:20");
  CHECK(night.TakeMails().size() == 1);
  night.HasPlan("daily", {"a", "b@2", "c@3"});
  night.Until("3 02:30");
  night.Saves("daily", "c", "3 02:30", "3 02:40");  // a person has begun it
  night.Saves("daily", "a", "3 02:30", "3 02:41");
  night.Saves("daily", "b", "3 02:30", "3 02:50");
  CHECK(night.TakeMails() ==
        Lines{"3 02:50 final daily SUCCESS: a succeeded, b succeeded, c succeeded"});
}

TEST_CASE("late is less than half the time to the next due moment", "[run][due]") {
  const bool late = GENERATE(true, false);
  Night night = TwoNodes();
  night.Until("3 02:00");
  CHECK(night.TakeMails().size() == 1);
  const std::string start = late ? "3 13:00" : "3 13:00:01";
  night.Saves("daily", "a", start, "3 13:10");
  night.Saves("daily", "b", start, "3 13:20");
  const std::string kind = late ? "update" : "final";
  CHECK(night.TakeMails() == Lines{"3 13:20 " + kind + " daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("what was due before the plan was watched is not answered late", "[run][due]") {
  Night night;
  night.Until("1 01:30");
  night.HasPlan("daily", {"a"});
  night.IsDue("daily", "01:00");
  night.Look();
  night.Saves("daily", "a", "1 02:00", "1 02:10");
  const auto& runs = night.tracker().memory().runs;
  REQUIRE(runs.size() == 1);
  CHECK_FALSE(runs.begin()->second.due);
}

TEST_CASE("which due moments count survives a restart", "[run][due]") {
  Night night = TwoNodes();
  night.Until("3 01:30");
  night.Restart();
  night.Until("3 01:59:59");
  CHECK(night.TakeMails().empty());
  night.Until("3 02:00");
  CHECK(night.TakeMails().size() == 1);
}

}  // namespace
}  // namespace backup_monitor::testing
