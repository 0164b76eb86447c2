// Each sentence that NS8 and systemd write, and its neighbours that are none.

#include "journal/sentence.h"

#include "catch.h"
#include "unit/journal/node_journal.h"

namespace backup_monitor::testing {
namespace {

using journal::JournalEntry;
using journal::ReadSentence;
using Kind = journal::Sentence::Kind;

JournalEntry OfRoot(const std::string& message) {
  JournalEntry entry;
  entry.of_root = true;
  entry.message = message;
  return entry;
}

TEST_CASE("what run-backup says of a module names it and the plan", "[journal]") {
  struct Case {
    std::string message;
    Kind kind;
    std::string plan;
  };
  const auto [message, kind, plan] = GENERATE(values<Case>({
      {"mail1: starting backup 12 at Thu Nov 26 02:00:05 2026", Kind::kBegan, "12"},
      {"mail1: backup 12 completed", Kind::kCompleted, "12"},
      {"mail1: backup 12 completed (retry)", Kind::kCompleted, "12"},
      {"mail1: backup 12 failed (exit code 1)", Kind::kFailed, "12"},
      {"mail1: backup 12 failed on retry (exit code 1)", Kind::kFailed, "12"},
      {"mail1: already running, queued for retry", Kind::kBusy, ""},
      {"mail1: still running, will retry", Kind::kBusy, ""},
      {"mail1: gave up retrying after 3600s", Kind::kGaveUp, ""},
  }));
  const JournalEntry entry = OfRoot(message);
  const auto sentence = ReadSentence(entry);
  REQUIRE(sentence);
  CHECK(sentence->kind == kind);
  CHECK(sentence->module == ModuleId{"mail1"});
  CHECK(sentence->plan == (plan.empty() ? std::nullopt : std::optional{PlanId{plan}}));
  CHECK(sentence->status == (kind == Kind::kFailed ? std::optional{1} : std::nullopt));
}

TEST_CASE("what it says of a step has words", "[journal]") {
  const auto [message, kind, words] = GENERATE(table<std::string, Kind, std::string>({
      {"[ERROR] restic stats failed for 48ce/mail/9f: timed out", Kind::kStatisticsFailed,
       "timed out"},
      {"[ERROR] retention policy failed for 48ce/mail/9f: a: b", Kind::kRetentionFailed, "a: b"},
      {"Cannot store backup status! Connection refused", Kind::kStatusNotStored,
       "Connection refused"},
      {"Cluster backup uploaded as 48ce/cluster-backup-9f.json.gz.gpg", Kind::kClusterUploaded,
       "48ce/cluster-backup-9f.json.gz.gpg"},
      {"[ERROR] cluster-backup failed: x", Kind::kClusterNotUploaded, "x"},
      {"[ERROR] upload of cluster backup GPG file failed: y", Kind::kClusterNotUploaded, "y"},
      {"[ERROR] module-dump-state failed. z", Kind::kDumpFailed, "z"},
      {"[ERROR] restic init failed: z", Kind::kInitFailed, "z"},
      {"[ERROR] restic backup failed: z", Kind::kSnapshotFailed, "z"},
      {"[ERROR] module-cleanup-state failed. z", Kind::kModuleCleanUpFailed, "z"},
      {"Repository is present at path 48ce/mail/9f", Kind::kResticReached, "48ce/mail/9f"},
      {"Initializing repository at path 48ce/mail/9f", Kind::kResticReached, "48ce/mail/9f"},
  }));
  const JournalEntry entry = OfRoot(message);
  const auto sentence = ReadSentence(entry);
  REQUIRE(sentence);
  CHECK(sentence->kind == kind);
  CHECK(sentence->words == words);
}

TEST_CASE("what it says of itself names the plan", "[journal]") {
  const auto [message, kind] = GENERATE(table<std::string, Kind>({
      {"Backup 1 completed successfully", Kind::kEndedWell},
      {"Backup 1 finished with failures: mail1, web2", Kind::kEndedWithFailures},
      {"No local modules for backup 1", Kind::kNothingToDo},
      {"Backup 1 is not enabled", Kind::kNothingToDo},
  }));
  const JournalEntry entry = OfRoot(message);
  const auto sentence = ReadSentence(entry);
  REQUIRE(sentence);
  CHECK(sentence->kind == kind);
  CHECK(sentence->plan == PlanId{"1"});
}

TEST_CASE("what is nearly such a sentence is none", "[journal][hostile]") {
  const std::string message = GENERATE(
      "", "mail1", "mail1: backup", "mail1: backup 12 complete", "mail1: backup 12 completed.",
      "mail1: backup 12a completed", "mail1: backup -1 completed", "mail1: backup  completed",
      ": backup 12 completed", "a mail1: backup 12 completed",
      "mail1: backup 12 completed (retry) ", "mail1: backup 12 failed (exit code )",
      "Backup 1 completed successfully!", "Backup  completed successfully",
      "mail1:backup 12 completed", "[ERROR] restic stats failed for a b: c",
      "[ERROR] restic stats failed for : c", "mail1: starting backup 12",
      "MAIL: gave up retrying after s", "an unknown sentence of a later version");
  CHECK_FALSE(ReadSentence(OfRoot(message)));
}

TEST_CASE("a number that is too large is not known", "[journal][hostile]") {
  const JournalEntry entry = OfRoot("mail1: backup 1 failed (exit code 99999999999)");
  const auto sentence = ReadSentence(entry);
  REQUIRE(sentence);
  CHECK_FALSE(sentence->status);
}

TEST_CASE("only root without a module's label speaks for run-backup", "[journal][hostile]") {
  JournalEntry entry = OfRoot("mail1: backup 1 completed");
  CHECK(ReadSentence(entry));
  entry.module = ModuleId{"mail1"};
  CHECK_FALSE(ReadSentence(entry));
  entry.module.reset();
  entry.of_root = false;
  CHECK_FALSE(ReadSentence(entry));
}

TEST_CASE("a module's user speaks for its own module-backup", "[journal]") {
  JournalEntry entry = OfRoot("[ERROR] restic backup failed: x");
  CHECK(ReadSentence(entry));  // of a module that runs as root
  entry.of_root = false;
  CHECK_FALSE(ReadSentence(entry));
  entry.module = ModuleId{"mail1"};
  CHECK(ReadSentence(entry));
}

TEST_CASE("a signal that ends nothing is no end of a unit", "[journal]") {
  JournalEntry entry = OfRoot(
      "backup1.service: Sent signal SIGUSR1 to main process 58 (run-backup) on client request.");
  entry.process = "1";
  entry.identifier = "systemd";
  entry.subject_unit = "backup1.service";
  CHECK_FALSE(ReadSentence(entry));
}

TEST_CASE("only the system's manager speaks of a plan's unit, and names it", "[journal][hostile]") {
  const auto [message, kind, words] = GENERATE(table<std::string, Kind, std::string>({
      {"Started backup1.service - Backup 1 schedule.", Kind::kUnitStarted,
       "backup1.service - Backup 1 schedule."},
      {"Started Backup 1 schedule.", Kind::kUnitStarted, "Backup 1 schedule."},
      {"Stopping Backup 1 schedule...", Kind::kUnitStopping, "Backup 1 schedule..."},
      {"backup1.service: Sent signal SIGTERM to main process 58 (run-backup) on client request.",
       Kind::kUnitStopping, "58 (run-backup) on client request."},
      {"backup1.service: Sent signal SIGKILL to main process 58 (run-backup) on client request.",
       Kind::kUnitStopping, "58 (run-backup) on client request."},
      {"backup1.service: Main process exited, code=killed, status=9/KILL", Kind::kUnitKilled,
       "9/KILL"},
      {"backup1.service: Main process exited, code=dumped, status=11/SEGV", Kind::kUnitKilled,
       "11/SEGV"},
      {"backup1.service: Main process exited, code=exited, status=1/FAILURE", Kind::kUnitEnded,
       "1/FAILURE"},
      {"backup1.service: Failed with result 'oom-kill'.", Kind::kUnitFailed, "oom-kill'."},
      {"backup1.service: Deactivated successfully.", Kind::kUnitEnded, ""},
  }));
  JournalEntry entry = OfRoot(message);
  entry.process = "1";
  entry.identifier = "systemd";
  entry.subject_unit = "backup1.service";
  const auto sentence = ReadSentence(entry);
  REQUIRE(sentence);
  CHECK(sentence->kind == kind);
  CHECK(sentence->plan == PlanId{"1"});
  CHECK(sentence->words == words);
  const auto is_none = [&entry] { return !ReadSentence(entry).has_value(); };
  SECTION("another process") {
    entry.process = "2";
    CHECK(is_none());
  }
  SECTION("another name") {
    entry.identifier = "logger";
    CHECK(is_none());
  }
  SECTION("a user") {
    entry.of_root = false;
    CHECK(is_none());
  }
  SECTION("a module") {
    entry.module = ModuleId{"mail1"};
    CHECK(is_none());
  }
  SECTION("of a timer") {
    entry.subject_unit = "backup1.timer";
    CHECK(is_none());
  }
  SECTION("of no unit") {
    entry.subject_unit.clear();
    CHECK(is_none());
  }
  SECTION("of another plan, where it names one") {
    entry.subject_unit = "backup11.service";
    CHECK(is_none() == (message.rfind("backup1.service", 0) == 0));
  }
}

TEST_CASE("a module-backup that a signal ended has a negative exit code", "[journal]") {
  const std::string words = GENERATE("failed", "failed on retry");
  const JournalEntry entry = OfRoot("samba1: backup 1 " + words + " (exit code -9)");
  const auto sentence = ReadSentence(entry);
  REQUIRE(sentence);
  CHECK(sentence->kind == Kind::kFailed);
  CHECK(sentence->status == -9);
}

TEST_CASE("an id of more than 64 characters is none", "[journal][hostile]") {
  const std::string id(64, 'm');
  CHECK(ReadSentence(OfRoot(id + ": backup 1 completed")));
  CHECK_FALSE(ReadSentence(OfRoot(id + "m: backup 1 completed")));
}

}  // namespace
}  // namespace backup_monitor::testing
