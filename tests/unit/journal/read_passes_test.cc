// What a night in the journal of a node comes to.

#include "journal/read_passes.h"

#include "catch.h"
#include "unit/journal/node_journal.h"

namespace backup_monitor::testing {
namespace {

using BackupEnd = LoggedBackup::End;
using PassEnd = LoggedPass::End;

TEST_CASE("a night as it should be", "[journal]") {
  NodeJournal night;
  night.Says(1, kRun, "Cluster backup uploaded as 48ce/cluster-backup-9f.json.gz.gpg")
      .Says(5, kRun, "mail1: starting backup 1 at Thu Nov 26 02:00:05 2026")
      .Says(8, kMailUser, "Repository is present at path 48ce/mail/9f")
      .Says(90, kRun, "mail1: backup 1 completed")
      .Says(90, kRun, "web1: starting backup 1 at Thu Nov 26 02:01:30 2026")
      .Says(95, kRun, "web1: backup 1 completed")
      .Says(96, kRun, "Backup 1 completed successfully")
      .SystemdSays(97, "backup1.service", "backup1.service: Deactivated successfully.");
  const LoggedPass pass = OnlyPassOf(night);
  CHECK(pass.plan == PlanId{"1"});
  CHECK(pass.node.value() == 2);
  CHECK_FALSE(pass.through_agent);
  CHECK(pass.began == NodeJournal::At(1));
  CHECK(pass.last == NodeJournal::At(96));
  CHECK(pass.end == PassEnd::kWell);
  CHECK(pass.ended == NodeJournal::At(96));
  REQUIRE(pass.backups.size() == 2);
  CHECK(pass.backups[0] ==
        LoggedBackup{
            kMail, NodeJournal::At(5), {}, NodeJournal::At(90), BackupEnd::kCompleted, {}, {}});
  CHECK(pass.backups[1] ==
        LoggedBackup{
            kWeb, NodeJournal::At(90), {}, NodeJournal::At(95), BackupEnd::kCompleted, {}, {}});
}

TEST_CASE("which step failed, and why in its own words", "[journal]") {
  struct Case {
    std::vector<std::pair<NodeJournal::Writer, std::string>> lines;
    BackupStep step;
    std::optional<int> status;
    std::string words;
  };
  const std::string command = "Command '['podman', 'run', '--rm']' returned non-zero exit status ";
  const auto [lines, step, status, words] = GENERATE_COPY(values<Case>({
      {{{kMailUser,
         "[ERROR] module-dump-state failed. Command '['module-dump-state', '1']' returned non-zero "
         "exit "
         "status 4."}},
       BackupStep::kDump,
       4,
       ""},
      {{{kMailUser, "Fatal: unable to open config file: stat: not there"},
        {kMailUser, "Initializing repository at path 48ce/mail/9f"},
        {kMailUser, "Fatal: create repository failed: server response unexpected: 507"},
        {kMailUser, "[ERROR] restic init failed: " + command + "1."}},
       BackupStep::kInit,
       1,
       "Fatal: create repository failed: server response unexpected: 507"},
      {{{kMailUser, "Repository is present at path 48ce/mail/9f"},
        {kMailUser, "Fatal: unable to save snapshot: no space left on device"},
        {kMailUser, "[ERROR] restic backup failed: " + command + "1."}},
       BackupStep::kSnapshot,
       1,
       "Fatal: unable to save snapshot: no space left on device"},
      {{{kMailUser, R"({"message_type":"exit_error","code":11,"message":"unable to lock"})"},
        {kMailUser, "[ERROR] restic backup failed: " + command + "11."}},
       BackupStep::kSnapshot,
       11,
       "unable to lock"},
      {{{kMailUser,
         "[ERROR] restic backup failed: Command '['podman']' died with <Signals.SIGKILL: 9>."}},
       BackupStep::kSnapshot,
       std::nullopt,
       "died with <Signals.SIGKILL: 9>."},
      {{{kMailUser, "[ERROR] module-cleanup-state failed. " + command + "2."}},
       BackupStep::kModuleCleanUp,
       2,
       ""},
      {{{kRun, "[ERROR] restic stats failed for 48ce/mail/9f: timed out"}},
       BackupStep::kStatistics,
       std::nullopt,
       "timed out"},
      {{{kRun, "unable to create lock in backend: repository is already locked by PID 7"},
        {kRun, "[ERROR] retention policy failed for 48ce/mail/9f: " + command + "11."}},
       BackupStep::kRetention,
       11,
       "unable to create lock in backend: repository is already locked by PID 7"},
      {{{kRun,
         "Cannot store backup status! Error 111 connecting to cluster-leader:6379. Connection "
         "refused."}},
       BackupStep::kStoreStatus,
       std::nullopt,
       "Error 111 connecting to cluster-leader:6379. Connection refused."},
  }));
  NodeJournal night = MailBegun();
  for (const auto& [writer, line] : lines) night.Says(60, writer, line);
  night.Says(90, kRun, "mail1: backup 1 failed (exit code 1)")
      .Says(91, kRun, "Backup 1 finished with failures: mail1");
  const FailedStep failed = StepOf(night);
  CHECK(failed.step == step);
  CHECK(failed.status == status);
  CHECK(failed.words == words);
  CHECK(failed.at == NodeJournal::At(60));
  CHECK_FALSE(failed.some_unread());
  const LoggedPass pass = OnlyPassOf(night);
  CHECK(pass.end == PassEnd::kWithFailures);
  CHECK(pass.BackupOf(kMail)->end == BackupEnd::kFailed);
  CHECK(pass.BackupOf(kMail)->exit_status == 1);
}

TEST_CASE("a snapshot without some files names the first of them", "[journal]") {
  NodeJournal night = MailBegun();
  night.Says(20, kMailUser, "error: open /srv/volumes/data/a: permission denied")
      .Says(21, kMailUser,
            R"({"message_type":"error","error":{"message":"open /b: denied"},"during":"archival"})")
      .Says(21, kMailUser, R"({"message_type":"error","error":{"message":"scan"},"during":"scan"})")
      .Says(22, kMailUser, "error: lstat /c: gone")
      .Says(23, kMailUser, "error: lstat /d: gone")
      .Says(24, kMailUser,
            "[ERROR] restic backup failed: Command '[]' returned non-zero exit status 3.");
  const FailedStep failed = StepOf(night);
  CHECK(failed.some_unread());
  CHECK(failed.unread == std::vector<std::string>{"open /srv/volumes/data/a: permission denied",
                                                  "open /b: denied", "lstat /c: gone"});
}

TEST_CASE("a busy module is tried again, and given up after an hour", "[journal]") {
  NodeJournal night = MailBegun();
  night.Says(6, kMailUser, "Another module-backup is already running")
      .Says(6, kRun, "mail1: already running, queued for retry")
      .Says(7, kRun, "Waiting 60s before retrying 1 module(s)...")
      .Says(67, kRun, "mail1: starting backup 1 at Thu Nov 26 02:01:07 2026");
  SECTION("saved then") {
    night.Says(99, kRun, "mail1: backup 1 completed (retry)")
        .Says(99, kRun, "Backup 1 completed successfully");
    const LoggedPass pass = OnlyPassOf(night);
    CHECK(pass.backups.front() == LoggedBackup{kMail,
                                               NodeJournal::At(67),
                                               NodeJournal::At(6),
                                               NodeJournal::At(99),
                                               BackupEnd::kCompleted,
                                               {},
                                               {}});
  }
  SECTION("still busy") {
    night.Says(68, kRun, "mail1: still running, will retry");
    CHECK(OnlyPassOf(night).backups.front().end == BackupEnd::kBusy);
    CHECK(OnlyPassOf(night).backups.front().busy_since == NodeJournal::At(6));
    CHECK(OnlyPassOf(night).end == PassEnd::kUnknown);
    night.Says(3670, kRun, "mail1: gave up retrying after 3600s")
        .Says(3670, kRun, "Backup 1 finished with failures: mail1");
    CHECK(OnlyPassOf(night).backups.front().end == BackupEnd::kGaveUp);
    CHECK(OnlyPassOf(night).backups.front().ended == NodeJournal::At(3670));
    CHECK(OnlyPassOf(night).end == PassEnd::kWithFailures);
  }
  SECTION("being tried") {
    CHECK(OnlyPassOf(night).backups.front().end == BackupEnd::kUnknown);
    CHECK_FALSE(OnlyPassOf(night).backups.front().ended);
  }
}

TEST_CASE("files that could not be read are of a snapshot that was made without them",
          "[journal]") {
  NodeJournal night = MailBegun();
  night.Says(20, kMailUser, "error: open /srv/a: permission denied")
      .Says(24, kMailUser,
            "[ERROR] restic backup failed: Command '[]' returned non-zero exit status 1.");
  CHECK(StepOf(night).unread.empty());
}

TEST_CASE("from the middle of a night what is there is known", "[journal]") {
  NodeJournal night;
  night.Says(5, kRun, "mail1: already running, queued for retry")
      .Says(6, kRun, "web1: backup 1 failed (exit code 1)")
      .Says(7, kRun, "Backup 1 finished with failures: mail1, web1");
  const LoggedPass pass = OnlyPassOf(night);
  CHECK_FALSE(pass.BackupOf(kWeb)->began);
  CHECK(pass.BackupOf(kWeb)->end == BackupEnd::kFailed);
  CHECK(pass.BackupOf(kMail)->end == BackupEnd::kBusy);
}

TEST_CASE("entries come in any order", "[journal]") {
  NodeJournal night = MailBegun();
  night.Says(90, kRun, "mail1: backup 1 completed")
      .Says(91, kRun, "Backup 1 completed successfully");
  std::swap(night.entries[0], night.entries[2]);
  CHECK(OnlyPassOf(night).BackupOf(kMail)->end == BackupEnd::kCompleted);
}

TEST_CASE("words are quoted without secrets, and not at any length", "[journal][hostile]") {
  NodeJournal night = MailBegun();
  night
      .Says(10, kMailUser,
            "Fatal: open rest:http://user:shoe43@nas:8000/x\n" + std::string(5000, 'x'))
      .Says(11, kMailUser, "[ERROR] restic backup failed: returned non-zero exit status 1.");
  const FailedStep failed = StepOf(night);
  CHECK(failed.words.find("shoe43") == std::string::npos);
  CHECK(failed.words.find('\n') == std::string::npos);
  CHECK(failed.words.size() <= 300);
}

TEST_CASE("words of the module are not those of root's steps, nor of a status that is not stored",
          "[journal]") {
  NodeJournal night = MailBegun();
  const std::string sentence =
      GENERATE("[ERROR] restic stats failed for a/b: x",
               "[ERROR] retention policy failed for a/b: x", "Cannot store backup status! x");
  night.Says(10, kMailUser, "Fatal: of the module").Says(20, kRun, sentence);
  CHECK(StepOf(night).words == "x");
}

TEST_CASE("restic's last words before a status that is not stored are not its own", "[journal]") {
  NodeJournal night = MailBegun();
  night.Says(10, kRun, "Fatal: of restic stats").Says(20, kRun, "Cannot store backup status! x");
  CHECK(StepOf(night).words == "x");
}

TEST_CASE("words of a module whose end is missing are not those of the next", "[journal]") {
  NodeJournal night = MailBegun();
  night.Says(10, kRun, "Fatal: of the first")
      .Says(20, kRun, "web1: starting backup 1 at Thu")
      .Says(30, kRun, "[ERROR] restic stats failed for a/b: x")
      .Says(31, kRun, "web1: backup 1 completed");
  const LoggedPass pass = OnlyPassOf(night);
  REQUIRE(pass.BackupOf(kWeb)->failed.size() == 1);
  CHECK(pass.BackupOf(kWeb)->failed.front().words == "x");
  CHECK(pass.BackupOf(kMail)->end == BackupEnd::kUnknown);
}

TEST_CASE("a step that fails between two modules is nobody's", "[journal][hostile]") {
  NodeJournal night = MailBegun();
  night.Says(10, kRun, "mail1: backup 1 completed")
      .Says(20, kRun, "[ERROR] restic stats failed for a/b: x");
  CHECK(OnlyPassOf(night).BackupOf(kMail)->failed.empty());
}

TEST_CASE("what a module's containers write is no output of its backup", "[journal][hostile]") {
  NodeJournal night = MailBegun();
  NodeJournal::Writer container = kMailUser;
  container.identifier = "postfix";
  night.Says(10, container, "Fatal: of a container")
      .Says(11, kMailUser,
            "[ERROR] restic backup failed: Command '[]' returned non-zero exit status 1.");
  CHECK(StepOf(night).words.empty());
}

TEST_CASE("what is read has bounds", "[journal][hostile]") {
  NodeJournal night = MailBegun();
  SECTION("executions through the agent") {
    for (std::size_t plan = 1; plan <= journal::kMostOpen + 5; ++plan)
      night.Says(10, NodeJournal::Agent(),
                 "x1: starting backup " + std::to_string(plan) + " at Thu");
    CHECK(night.Passes().size() == journal::kMostOpen + 1);
  }
  SECTION("failed steps of a module") {
    for (std::size_t n = 0; n < journal::kMostFailed + 5; ++n)
      night.Says(10, kMailUser, "[ERROR] restic backup failed: x");
    CHECK(OnlyPassOf(night).BackupOf(kMail)->failed.size() == journal::kMostFailed);
  }
  SECTION("modules of a pass") {
    for (std::size_t n = 0; n < journal::kMostModules + 5; ++n)
      night.Says(10, kRun, "m" + std::to_string(n) + ": backup 1 completed");
    CHECK(OnlyPassOf(night).backups.size() == journal::kMostModules);
  }
}

TEST_CASE("nothing is in nothing", "[journal]") {
  CHECK(NodeJournal{}.Passes().empty());
  NodeJournal other;
  other.Says(1, kRun, "something else").Says(2, kMailUser, "Fatal: not a backup").Boots(3, "b2");
  CHECK(other.Passes().empty());
}

}  // namespace
}  // namespace backup_monitor::testing
