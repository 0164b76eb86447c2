// How executions of run-backup begin and end.

#include "catch.h"
#include "unit/journal/node_journal.h"

namespace backup_monitor::testing {
namespace {

using BackupEnd = LoggedBackup::End;
using PassEnd = LoggedPass::End;

TEST_CASE("what ends a pass from outside", "[journal]") {
  NodeJournal night = MailBegun();
  SECTION("a signal") {
    night.SystemdSays(60, "backup1.service",
                      "backup1.service: Main process exited, code=killed, status=9/KILL");
    const LoggedPass pass = OnlyPassOf(night);
    CHECK(pass.end == PassEnd::kKilled);
    CHECK(pass.signal == "9/KILL");
    CHECK(pass.ended == NodeJournal::At(60));
    CHECK(pass.BackupOf(kMail)->end == BackupEnd::kUnknown);
  }
  SECTION("a line about another unit, or of a user's manager, is not of it") {
    night
        .SystemdSays(60, "backup11.service",
                     "backup1.service: Main process exited, code=killed, status=9/KILL")
        .SystemdSays(60, "backup11.service",
                     "backup11.service: Main process exited, code=killed, status=9/KILL")
        .SystemdSays(60, "backup1.service",
                     "backup1.service: Main process exited, code=killed, status=9/KILL", "900");
    CHECK(OnlyPassOf(night).end == PassEnd::kUnknown);
  }
  SECTION("the node starts again") {
    night.Boots(600, "b2");
    CHECK(OnlyPassOf(night).end == PassEnd::kRebooted);
    CHECK(OnlyPassOf(night).ended == NodeJournal::At(600));
    CHECK(OnlyPassOf(night).last == NodeJournal::At(5));
  }
  SECTION("its own boot does not") {
    night.Boots(600, "b1");
    CHECK(OnlyPassOf(night).end == PassEnd::kUnknown);
  }
  SECTION("it was to stop, by systemctl stop or kill") {
    const std::string message =
        GENERATE("Stopping backup1.service - Backup 1 schedule...",
                 "backup1.service: Sent signal SIGTERM to main process 100 (run-backup) on client "
                 "request.");
    night.SystemdSays(59, "backup1.service", message);
    SECTION("and did, which is no error") {
      night.SystemdSays(60, "backup1.service", "backup1.service: Deactivated successfully.");
    }
    SECTION("and was killed") {
      night.SystemdSays(60, "backup1.service",
                        "backup1.service: Main process exited, code=killed, status=9/KILL");
    }
    CHECK(OnlyPassOf(night).end == PassEnd::kStopped);
    CHECK(OnlyPassOf(night).signal.empty());
  }
  SECTION("no memory was left") {
    night.SystemdSays(60, "backup1.service", "backup1.service: Failed with result 'oom-kill'.");
    CHECK(OnlyPassOf(night).end == PassEnd::kKilled);
    CHECK(OnlyPassOf(night).signal == "oom-kill");
  }
  SECTION("systemd saw it end, and it has not said how") {
    const std::string message =
        GENERATE("backup1.service: Main process exited, code=exited, status=1/FAILURE",
                 "backup1.service: Failed with result 'exit-code'.",
                 "backup1.service: Deactivated successfully.");
    night.SystemdSays(60, "backup1.service", message);
    CHECK(OnlyPassOf(night).end == PassEnd::kLost);
    CHECK(OnlyPassOf(night).ended == NodeJournal::At(60));
  }
}

TEST_CASE("a node that has started again shows by any later entry, and by its clock's first",
          "[journal]") {
  NodeJournal night = MailBegun();
  SECTION("of its kernel or not") {
    NodeJournal::Writer later = kRun;
    later.boot = "b2";
    later.process = "7";
    night.Says(700, later, "mail1: starting backup 1 at Thu");
    const auto passes = night.Passes();
    REQUIRE(passes.size() == 2);
    CHECK(passes[0].end == PassEnd::kRebooted);
    CHECK(passes[0].ended == NodeJournal::At(700));
    CHECK(passes[1].end == PassEnd::kUnknown);
  }
  SECTION("a clock that is behind at first") {
    night.Boots(-500, "b2").Boots(800, "b2");
    CHECK(OnlyPassOf(night).end == PassEnd::kRebooted);
    CHECK(OnlyPassOf(night).ended == NodeJournal::At(5));
  }
  SECTION("an earlier boot says nothing") {
    night.Boots(-500, "b0").Boots(4, "b0");
    CHECK(OnlyPassOf(night).end == PassEnd::kUnknown);
  }
}

TEST_CASE("what it says of its end counts more than what systemd says, in whichever order",
          "[journal]") {
  NodeJournal night = MailBegun();
  night
      .SystemdSays(60, "backup1.service",
                   "backup1.service: Main process exited, code=exited, status=1/FAILURE")
      .Says(60, kRun, "mail1: backup 1 failed (exit code 1)")
      .Says(60, kRun, "Backup 1 finished with failures: mail1")
      .SystemdSays(61, "backup1.service", "backup1.service: Failed with result 'exit-code'.");
  CHECK(OnlyPassOf(night).end == PassEnd::kWithFailures);
  CHECK(OnlyPassOf(night).BackupOf(kMail)->end == BackupEnd::kFailed);
}

TEST_CASE("the first word of an end stays, but for its own", "[journal]") {
  NodeJournal night = MailBegun();
  night
      .SystemdSays(60, "backup1.service",
                   "backup1.service: Main process exited, code=killed, status=9/KILL")
      .SystemdSays(61, "backup1.service", "backup1.service: Failed with result 'signal'.");
  SECTION("systemd repeats itself") {
    CHECK(OnlyPassOf(night).end == PassEnd::kKilled);
    CHECK(OnlyPassOf(night).signal == "9/KILL");
    CHECK(OnlyPassOf(night).ended == NodeJournal::At(60));
  }
  SECTION("it had said its own") {
    night.Says(61, kRun, "Backup 1 finished with failures: mail1");
    CHECK(OnlyPassOf(night).end == PassEnd::kWithFailures);
    CHECK(OnlyPassOf(night).signal.empty());
  }
  SECTION("what its module says afterwards is not of it") {
    night.Says(62, NodeJournal::User("mail1"), "[ERROR] restic backup failed: x");
    CHECK(OnlyPassOf(night).BackupOf(kMail)->failed.empty());
  }
}

TEST_CASE("passes are in the order of their beginnings", "[journal]") {
  NodeJournal night = MailBegun();
  const auto other = NodeJournal::RunBackup("12", "300");
  night.Says(6, other, "web1: starting backup 12 at Thu")
      .Says(7, other, "Backup 12 finished with failures: web1")
      .Says(8, other, "web1: starting backup 12 at Thu");
  const auto passes = night.Passes();
  REQUIRE(passes.size() == 3);
  CHECK(passes[0].plan == PlanId{"1"});
  CHECK(passes[1].began == NodeJournal::At(6));
  CHECK(passes[2].began == NodeJournal::At(8));
}

TEST_CASE("when its timer began a pass is known if systemd says so", "[journal]") {
  NodeJournal night;
  SECTION("it does") {
    night.TimerStarts(2).Says(5, kRun, "mail1: starting backup 1 at Thu");
    CHECK(OnlyPassOf(night).began == NodeJournal::At(2));
    CHECK(OnlyPassOf(night).begin_is_known);
    CHECK(OnlyPassOf(night).last == NodeJournal::At(5));
  }
  SECTION("it does not") {
    night.Says(5, kRun, "mail1: starting backup 1 at Thu");
    CHECK_FALSE(OnlyPassOf(night).begin_is_known);
  }
  SECTION("that is all there is") {
    night.TimerStarts(2);
    CHECK(OnlyPassOf(night).backups.empty());
    CHECK(OnlyPassOf(night).end == PassEnd::kUnknown);
  }
}

TEST_CASE("an end that was said stays when the unit ends", "[journal]") {
  NodeJournal night = MailBegun();
  night.Says(90, kRun, "Backup 1 finished with failures: mail1")
      .SystemdSays(91, "backup1.service",
                   "backup1.service: Main process exited, code=killed, status=9/KILL")
      .Boots(600, "b2");
  CHECK(OnlyPassOf(night).end == PassEnd::kWithFailures);
  CHECK(OnlyPassOf(night).ended == NodeJournal::At(90));
}

TEST_CASE("two nights are two passes, also with one process id, or without an end", "[journal]") {
  NodeJournal night = MailBegun();
  PassEnd first = PassEnd::kWell;
  SECTION("ended") {
    night.Says(90, kRun, "Backup 1 completed successfully")
        .Says(86'405, kRun, "mail1: starting backup 1 at Fri");
  }
  SECTION("the unit runs again, as systemd says") {
    first = PassEnd::kLost;
    night.TimerStarts(86'405).Says(86'406, NodeJournal::RunBackup("1", "101"),
                                   "mail1: starting backup 1 at Fri");
  }
  SECTION("the unit runs again") {
    first = PassEnd::kLost;
    night.Says(86'405, NodeJournal::RunBackup("1", "101"), "mail1: starting backup 1 at Fri");
  }
  const auto passes = night.Passes();
  REQUIRE(passes.size() == 2);
  CHECK(passes[0].began == NodeJournal::At(5));
  CHECK(passes[0].end == first);
  CHECK(passes[1].began == NodeJournal::At(86'405));
}

}  // namespace
}  // namespace backup_monitor::testing
