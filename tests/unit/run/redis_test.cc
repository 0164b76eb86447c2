
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

TEST_CASE("Redis emptied and refilled between two runs is no news", "[run][redis]") {
  Night night = AfterOneCleanRun({"a", "b"});
  const ClusterView whole = night.cluster();
  std::string gap;

  SECTION("everything: nobody could look for six hours") {
    night.cluster() = ClusterView{};
    gap = " (after a gap)";
  }
  SECTION("plans and records") {
    night.cluster().plans.clear();
    night.cluster().records.clear();
  }
  SECTION("the records") { night.cluster().records.clear(); }
  night.Until("1 18:00");
  night.cluster() = whole;
  night.CleanRun("daily", "2 01:00");

  CHECK(night.TakeMails() ==
        Lines{"2 01:20 final daily SUCCESS" + gap + ": a succeeded, b succeeded"});
}

TEST_CASE("a cluster that cannot be seen in the middle of a run does not end it", "[run][redis]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Fails("daily", "a", "2 01:00", "2 01:10");
  const ClusterView whole = night.cluster();

  SECTION("Redis was emptied") { night.cluster() = ClusterView{}; }
  SECTION("Redis cannot be read") { night.CannotRead(true); }
  night.Until("2 01:24");
  CHECK(night.TakeMails() == Lines{});
  night.CannotRead(false);
  night.cluster() = whole;
  night.Saves("daily", "b", "2 01:10", "2 01:24:30");

  CHECK(night.TakeMails() == Lines{"2 01:24:30 final daily PARTIAL: a failed, b succeeded"});
}

TEST_CASE("a run that is due while Redis is empty closes when it is refilled", "[run][redis]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");  // due at 02:50
  night.Until("2 02:40");
  const ClusterView whole = night.cluster();

  night.cluster() = ClusterView{};
  night.Until("2 03:31");
  CHECK(night.TakeMails() == Lines{});
  night.cluster() = whole;
  night.Until("3 00:00");

  CHECK(night.TakeMails() == Lines{"2 03:35 final daily INCOMPLETE: a succeeded, b not_finished"});
}

TEST_CASE("a run that passed while Redis was away is reported when it is back", "[run][redis]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Until("2 00:55");

  night.CannotRead(true);
  night.CleanRun("daily", "2 01:00");
  night.Until("2 01:30");
  CHECK(night.TakeMails() == Lines{});
  night.CannotRead(false);
  night.Look();

  const Lines mails = night.TakeMails();
  REQUIRE(mails.size() == 1);
  CHECK_THAT(mails.front(), Catch::StartsWith("2 01:30 final daily SUCCESS") &&
                                Catch::EndsWith(": a succeeded, b succeeded"));
}

TEST_CASE("an old record that reappears is no news", "[run][redis]") {
  Night night = AfterOneCleanRun({"a"});
  const std::vector<StatusRecord> old = night.cluster().records;
  night.CleanRun("daily", "2 01:00");
  night.CleanRun("daily", "3 01:00");
  CHECK(night.TakeMails().size() == 2);

  SECTION("at once") {}
  SECTION("after a restart") { night.Restart(); }
  SECTION("after more than a week") {
    night.Until("12 12:00");
    night.Restart();
  }
  night.cluster().records = old;
  night.Look();
  night.Until("14 00:00");

  CHECK(night.TakeMails() == Lines{});
}

TEST_CASE("a store lost in the middle of a run costs no report", "[run][redis]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});

  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Fails("daily", "b", "2 01:10", "2 01:20");
  night.LoseStore();
  night.Saves("daily", "c", "2 01:20", "2 01:30");
  night.Until("3 00:00");

  // Records of before the loss join when the wait for new ones is over: 01:30 + 2 × 10 minutes + q.

  CHECK(night.TakeMails() ==
        Lines{"2 01:30 final daily PARTIAL: a succeeded, b failed, c succeeded"});
}

TEST_CASE("a store lost after a run sends no report twice", "[run][redis]") {
  Night night = AfterOneCleanRun({"a", "b"});

  night.LoseStore();
  night.Until("2 00:30");
  CHECK(night.TakeMails() == Lines{});
  night.CleanRun("daily", "2 01:00");

  CHECK(night.TakeMails() == Lines{"2 01:20 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("an alert that comes while Redis is empty is reported after an hour", "[run][redis]") {
  Night night = AfterOneCleanRun({"a"});
  night.cluster() = ClusterView{};
  night.AlertFor("daily", "1 11:59");
  night.Until("1 12:59:59");
  CHECK(night.TakeMails() == Lines{});
  night.Until("1 13:05");
  CHECK(night.TakeMails() == Lines{"1 13:00 no status"});
}

}  // namespace
}  // namespace backup_monitor::testing
