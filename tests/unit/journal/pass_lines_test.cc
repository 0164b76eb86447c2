// Whose pass, and which module's backup, a line of the journal belongs to.

#include "catch.h"
#include "unit/journal/node_journal.h"

namespace backup_monitor::testing {
namespace {

using BackupEnd = LoggedBackup::End;
using PassEnd = LoggedPass::End;

TEST_CASE("plans whose ids begin alike, at the same time, stay apart", "[journal]") {
  NodeJournal night = MailBegun();
  const auto other = NodeJournal::RunBackup("12", "300");
  night.Says(6, other, "web1: starting backup 12 at Thu")
      .Says(7, other, "[ERROR] restic stats failed for 48ce/web/9f: timed out")
      .Says(8, kRun, "mail1: backup 1 completed")
      .Says(9, other, "web1: backup 12 failed (exit code 1)")
      .Says(9, other, "Backup 12 finished with failures: web1");
  const auto passes = night.Passes();
  REQUIRE(passes.size() == 2);
  CHECK(passes[0].plan == PlanId{"1"});
  CHECK(passes[0].BackupOf(kMail)->failed.empty());
  CHECK(passes[0].end == PassEnd::kUnknown);
  CHECK(passes[1].plan == PlanId{"12"});
  CHECK(passes[1].BackupOf(kWeb)->failed.size() == 1);
  CHECK(passes[1].BackupOf(kMail) == nullptr);
}

TEST_CASE("a module's user says nothing of others, of the run, or outside its turn",
          "[journal][hostile]") {
  NodeJournal night = MailBegun();
  const auto web_user = NodeJournal::User("web1");
  // In the unit whose output it has inherited, too.
  const auto web_in_unit = NodeJournal::User("web1", "backup1.service");
  const auto mail_in_unit = NodeJournal::User("mail1", "backup1.service");
  for (const auto& forger : {web_user, web_in_unit}) {
    night.Says(10, forger, "[ERROR] restic backup failed: forged")
        .Says(10, forger, "Fatal: forged");
  }
  for (const auto& forger : {web_user, web_in_unit, kMailUser, mail_in_unit}) {
    night.Says(11, forger, "mail1: backup 1 completed")
        .Says(11, forger, "web1: backup 1 failed (exit code 1)")
        .Says(11, forger, "[ERROR] restic stats failed for 48ce/mail/9f: forged")
        .Says(11, forger, "Backup 1 completed successfully")
        .Says(11, forger, "backup1.service: Main process exited, code=killed, status=9/KILL");
  }
  const LoggedPass pass = OnlyPassOf(night);
  CHECK(pass.end == PassEnd::kUnknown);
  REQUIRE(pass.backups.size() == 1);
  CHECK(pass.backups.front().end == BackupEnd::kUnknown);
  CHECK(pass.backups.front().failed.empty());
}

TEST_CASE("root in another unit says nothing of a timer's pass", "[journal][hostile]") {
  NodeJournal night = MailBegun();
  NodeJournal::Writer cron = kRun;
  cron.unit = "cron.service";
  night.Says(10, cron, "[ERROR] restic backup failed: of something else")
      .Says(10, cron, "Fatal: of something else");
  NodeJournal::Writer other_plan = kRun;
  night.Says(11, other_plan,
             "mail1: backup 2 completed");  // plan 1's unit does not speak of plan 2
  CHECK(OnlyPassOf(night).backups.front().failed.empty());
  CHECK(OnlyPassOf(night).backups.front().end == BackupEnd::kUnknown);
}

TEST_CASE("a module that runs as root writes in the unit of its plan", "[journal]") {
  NodeJournal night = MailBegun();
  NodeJournal::Writer its = kRun;
  its.process = "201";
  night.Says(10, its, "Fatal: no")
      .Says(11, its, "[ERROR] restic backup failed: returned non-zero exit status 1.");
  CHECK(StepOf(night).words == "Fatal: no");
}

TEST_CASE("through the agent every line may be an application's", "[journal]") {
  NodeJournal night;
  const auto agent = NodeJournal::Agent();
  night.Says(5, agent, "mail1: starting backup 1 at Thu")
      .Says(9, agent, "[ERROR] module-dump-state failed. returned non-zero exit status 1.")
      .Says(9, agent, "mail1: backup 1 failed (exit code 1)");
  SECTION("one at a time") {
    night.Says(10, agent, "web1: already running, queued for retry")
        .Says(11, agent, "Backup 1 finished with failures: mail1, web1");
    const LoggedPass pass = OnlyPassOf(night);
    CHECK(pass.through_agent);
    CHECK(pass.BackupOf(kMail)->failed.size() == 1);
    CHECK(pass.BackupOf(kWeb)->end == BackupEnd::kBusy);
    CHECK(pass.end == PassEnd::kWithFailures);
  }
  SECTION("of two that are mixed only what names its plan is known") {
    night.Says(9, agent, "n8n1: starting backup 2 at Thu")
        .Says(10, agent, "mail1: starting backup 1 at Thu")
        .Says(10, agent, "web1: already running, queued for retry")
        .Says(11, agent, "[ERROR] restic backup failed: returned non-zero exit status 1.")
        .Says(12, agent, "n8n1: backup 2 completed");
    const auto passes = night.Passes();
    REQUIRE(passes.size() == 2);
    CHECK(passes[0].BackupOf(kWeb) == nullptr);
    CHECK(passes[1].BackupOf(kWeb) == nullptr);
    CHECK(passes[0].BackupOf(kMail)->failed.size() == 1);
    CHECK(passes[1].BackupOf(ModuleId{"n8n1"})->failed.empty());
    CHECK(passes[1].BackupOf(ModuleId{"n8n1"})->end == BackupEnd::kCompleted);
  }
}

TEST_CASE("a module that two plans back up at once is told apart by the unit", "[journal]") {
  NodeJournal night = MailBegun();
  night.Says(6, NodeJournal::RunBackup("12", "300"), "mail1: starting backup 12 at Thu")
      .Says(7, NodeJournal::User("mail1", "backup12.service"), "[ERROR] restic backup failed: x")
      .Says(8, NodeJournal::User("mail1"),
            "[ERROR] module-cleanup-state failed. of which, nobody knows");
  const auto passes = night.Passes();
  REQUIRE(passes.size() == 2);
  CHECK(passes[0].BackupOf(kMail)->failed.empty());
  CHECK(passes[1].BackupOf(kMail)->failed.size() == 1);
}

TEST_CASE("what a module's user writes in a session is not of what the agent has begun",
          "[journal][hostile]") {
  NodeJournal night = MailBegun(NodeJournal::Agent());
  night.Says(8, kMailUser, "[ERROR] restic backup failed: x");
  CHECK(OnlyPassOf(night).BackupOf(kMail)->failed.empty());
}

TEST_CASE("a line of another boot, or of no known process, is not of a pass", "[journal]") {
  NodeJournal night = MailBegun();
  NodeJournal::Writer later = NodeJournal::User("mail1", "backup1.service");
  later.boot = "b2";
  NodeJournal::Writer nobody = kRun;
  nobody.process.clear();
  night.Says(8, later, "[ERROR] restic backup failed: x")
      .Says(9, nobody, "mail1: backup 1 completed");
  CHECK(OnlyPassOf(night).BackupOf(kMail)->failed.empty());
  CHECK(OnlyPassOf(night).BackupOf(kMail)->end == BackupEnd::kUnknown);
}

TEST_CASE("what was said until a module was found busy is of the backup that is under way",
          "[journal]") {
  NodeJournal night = MailBegun();
  night.Says(6, kMailUser, "[ERROR] module-dump-state failed. no dump")
      .Says(7, kRun, "mail1: already running, queued for retry");
  CHECK(OnlyPassOf(night).BackupOf(kMail)->failed.empty());
  night.Says(60, kRun, "mail1: starting backup 1 at Thu Nov 26 02:01:00 2026")
      .Says(62, kMailUser, "[ERROR] module-dump-state failed. its own")
      .Says(63, kRun, "mail1: backup 1 failed on retry (exit code 1)");
  CHECK(StepOf(night).words.find("its own") != std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::testing
