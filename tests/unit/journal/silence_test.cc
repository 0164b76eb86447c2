// Why a module has left no record.

#include "journal/silence.h"

#include "catch.h"
#include "unit/journal/node_journal.h"

namespace backup_monitor::testing {
namespace {

using journal::WhySilent;

TEST_CASE("a module that was given up", "[journal]") {
  NodeJournal night = MailBegun();
  night.Says(6, kRun, "mail1: already running, queued for retry")
      .Says(3670, kRun, "mail1: gave up retrying after 3600s");
  CHECK(WhySilent(OnlyPassOf(night), kMail) ==
        SilentModule{Silence::kGaveUp, NodeJournal::At(3670), true});
  LoggedPass busy = OnlyPassOf(night);
  for (LoggedBackup& backup : busy.backups) backup.busy_with = PlanId{"2"};
  CHECK(WhySilent(busy, kMail)->busy_with == PlanId{"2"});
}

TEST_CASE("a status that could not be stored", "[journal]") {
  NodeJournal night = MailBegun();
  night.Says(60, kRun, "Cannot store backup status! x");
  SECTION("of a good backup") {
    night.Says(61, kRun, "mail1: backup 1 completed");
    CHECK(WhySilent(OnlyPassOf(night), kMail) ==
          SilentModule{Silence::kNotStored, NodeJournal::At(60), true, true});
  }
  SECTION("of a good backup without statistics, which counts as an error") {
    NodeJournal other = MailBegun();
    other.Says(59, kRun, "[ERROR] restic stats failed for a/b: timed out")
        .Says(60, kRun, "Cannot store backup status! x")
        .Says(61, kRun, "mail1: backup 1 completed");
    CHECK(WhySilent(OnlyPassOf(other), kMail) ==
          SilentModule{Silence::kNotStored, NodeJournal::At(60), true, false});
  }
  SECTION("of one that failed") {
    night.Says(61, kRun, "mail1: backup 1 failed (exit code 1)");
    CHECK(WhySilent(OnlyPassOf(night), kMail) ==
          SilentModule{Silence::kNotStored, NodeJournal::At(60), true, false});
  }
}

TEST_CASE("a pass that was ended from outside explains what it had not finished", "[journal]") {
  NodeJournal night = MailBegun();
  SECTION("a signal, while it was at it, and before it came to the next") {
    night.SystemdSays(60, "backup1.service",
                      "backup1.service: Main process exited, code=killed, status=9/KILL");
    CHECK(WhySilent(OnlyPassOf(night), kMail) ==
          SilentModule{Silence::kKilled, NodeJournal::At(60), true});
    CHECK(WhySilent(OnlyPassOf(night), kWeb) ==
          SilentModule{Silence::kKilled, NodeJournal::At(60), false});
  }
  SECTION("systemd, as for an update or when the node is shut down") {
    night.SystemdSays(59, "backup1.service", "Stopping backup1.service - Backup 1 schedule...")
        .SystemdSays(60, "backup1.service", "backup1.service: Deactivated successfully.");
    CHECK(WhySilent(OnlyPassOf(night), kMail) ==
          SilentModule{Silence::kStopped, NodeJournal::At(60), true});
  }
  SECTION("a start of the node") {
    night.Boots(600, "b2");
    CHECK(WhySilent(OnlyPassOf(night), kMail) ==
          SilentModule{Silence::kRebooted, NodeJournal::At(600), true});
  }
  SECTION("not what it had finished") {
    night.Says(50, kRun, "mail1: backup 1 completed").Boots(600, "b2");
    CHECK(WhySilent(OnlyPassOf(night), kMail) ==
          SilentModule{Silence::kEnded, NodeJournal::At(50), true});
    CHECK(WhySilent(OnlyPassOf(night), kWeb) ==
          SilentModule{Silence::kRebooted, NodeJournal::At(600), false});
  }
}

TEST_CASE("a pass that goes on", "[journal]") {
  NodeJournal night = MailBegun();
  CHECK(WhySilent(OnlyPassOf(night), kMail) ==
        SilentModule{Silence::kNotEnded, NodeJournal::At(5), true});
  CHECK(WhySilent(OnlyPassOf(night), kWeb) ==
        SilentModule{Silence::kNotEnded, NodeJournal::At(5), false});
  CHECK_FALSE(OnlyPassOf(night).is_over());
  night.Says(9, kRun, "mail1: already running, queued for retry");
  CHECK(WhySilent(OnlyPassOf(night), kMail) ==
        SilentModule{Silence::kNotEnded, NodeJournal::At(9), true});
}

TEST_CASE("a pass that ended without a word of a module does not say why", "[journal]") {
  NodeJournal night = MailBegun();
  SECTION("by itself") { night.Says(60, kRun, "Backup 1 completed successfully"); }
  SECTION("as systemd saw it") {
    night.SystemdSays(60, "backup1.service", "backup1.service: Deactivated successfully.");
  }
  CHECK(WhySilent(OnlyPassOf(night), kWeb) ==
        SilentModule{Silence::kEnded, NodeJournal::At(60), false});
  CHECK(WhySilent(OnlyPassOf(night), kMail) ==
        SilentModule{Silence::kEnded, NodeJournal::At(60), true});
  CHECK(OnlyPassOf(night).is_over());
}

TEST_CASE("through the agent nothing is explained, and nothing is over", "[journal][hostile]") {
  const auto agent = NodeJournal::Agent();
  NodeJournal night = MailBegun(agent);
  night.Says(9, agent, "mail1: gave up retrying after 3600s")
      .Says(10, agent, "Backup 1 finished with failures: mail1");
  CHECK(WhySilent(OnlyPassOf(night), kMail) == std::nullopt);
  CHECK_FALSE(OnlyPassOf(night).is_over());
}

TEST_CASE("a pass that had nothing to do says nothing of a module", "[journal]") {
  NodeJournal night;
  night.TimerStarts(4).Says(5, kRun, "No local modules for backup 1");
  CHECK(WhySilent(OnlyPassOf(night), kMail) == std::nullopt);
}

}  // namespace
}  // namespace backup_monitor::testing
