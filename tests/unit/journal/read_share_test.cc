// What is asked of the log for a run's share on a node, and what comes of the answers.

#include "journal/read_share.h"

#include "catch.h"
#include "fakes/fake_journal.h"
#include "unit/journal/node_journal.h"

namespace backup_monitor::testing {
namespace {

using journal::Wanted;
using Of = Wanted::Of;

/// Of plan 1: mail1's record began at second 5 and has errors, web1 is silent.
Run HalfFailed() {
  Run run;
  run.plan = PlanId{"1"};
  run.begin = NodeJournal::At(5);
  for (const ModuleId& id : {kMail, kWeb}) {
    run.modules[id].node = kNode;
    run.modules[id].expected = true;
  }
  run.modules[kMail].record = RecordOf(kMail, 5, 1);
  return run;
}

NodeLog Read(FakeJournal& journal, const Run& run, int now = 1000) {
  return journal::ReadShare(journal, run, kNode, NodeJournal::At(now),
                            std::chrono::steady_clock::now() + seconds{5}, {});
}

/// mail1 fails in its dump, web1 goes on.
NodeJournal Failing(const NodeJournal::Writer& writer = kRun) {
  NodeJournal night = MailBegun(writer);
  night.Says(20, kMailUser, "[ERROR] module-dump-state failed. no dump")
      .Says(21, writer, "mail1: backup 1 failed (exit code 1)")
      .Says(21, writer, "web1: starting backup 1 at Thu Nov 26 02:00:21 2026");
  return night;
}

std::vector<Of> Asked(const FakeJournal& journal) {
  std::vector<Of> asked;
  for (const Wanted& wanted : journal.asked) asked.push_back(wanted.of);
  return asked;
}

TEST_CASE("the plan's unit is asked, then each module without a good result while it was backed up",
          "[journal]") {
  FakeJournal journal;
  journal.entries = Failing().entries;
  journal.newest = NodeJournal::At(990);
  const NodeLog log = Read(journal, HalfFailed());

  CHECK(Asked(journal) == std::vector<Of>{Of::kTimer, Of::kModule, Of::kModule});
  CHECK(journal.asked[0].from == NodeJournal::At(5 - 300));
  CHECK(journal.asked[0].to == NodeJournal::At(1000 + 7200));
  CHECK(journal.asked[0].plan == PlanId{"1"});
  CHECK(journal.asked[1].module == kMail);
  CHECK(journal.asked[1].from == NodeJournal::At(5));
  CHECK(journal.asked[1].to == NodeJournal::At(22));
  CHECK(journal.asked[2].module == kWeb);
  CHECK(journal.asked[2].to == NodeJournal::At(1000 + 7200));

  REQUIRE(log.pass);
  REQUIRE(log.pass->BackupOf(kMail) != nullptr);
  REQUIRE(log.pass->BackupOf(kMail)->failed.size() == 1);
  CHECK(log.pass->BackupOf(kMail)->failed[0].step == BackupStep::kDump);
  CHECK(log.read_at == NodeJournal::At(1000));
  CHECK(log.complete);
  CHECK_FALSE(log.trouble);
  REQUIRE(journal.asked_newest.size() == 1);
  CHECK(journal.asked_newest[0] == std::pair{NodeJournal::At(21), NodeJournal::At(1000 + 7200)});
  CHECK(log.newest_entry == NodeJournal::At(990));
  CHECK(log.is_running());
}

TEST_CASE("of a module with a good result nothing is asked", "[journal]") {
  FakeJournal journal;
  journal.entries = Failing().entries;
  Run run = HalfFailed();
  run.modules.at(kMail).record->record.error_count = 0;
  (void)Read(journal, run);
  REQUIRE(Asked(journal) == std::vector<Of>{Of::kTimer, Of::kModule});
  CHECK(journal.asked[1].module == kWeb);
}

TEST_CASE("what has ended is not asked how far it reaches", "[journal]") {
  FakeJournal journal;
  journal.entries = NodeJournal{Failing()}
                        .SystemdSays(30, "backup1.service",
                                     "backup1.service: Main process exited, code=killed, "
                                     "status=9/KILL")
                        .entries;
  const NodeLog log = Read(journal, HalfFailed());
  CHECK(journal.asked_newest.empty());
  CHECK(log.is_over());
  CHECK_FALSE(log.is_running());
  CHECK(journal.asked.back().to == NodeJournal::At(31));  // web1, until the end of all
}

TEST_CASE("the agent is asked where a record says that there must be an execution", "[journal]") {
  FakeJournal journal;
  journal.entries = Failing(NodeJournal::Agent()).entries;
  Run run = HalfFailed();
  SECTION("it was begun by hand") {
    const NodeLog log = Read(journal, run);
    REQUIRE(journal.asked.size() >= 2);
    CHECK(journal.asked[1].of == Of::kAgent);
    REQUIRE(log.pass);
    CHECK(log.pass->through_agent);
  }
  SECTION("no record is of this node") {
    run.modules.at(kMail).record->record.node = *NodeId::Parse("3");
    CHECK_FALSE(Read(journal, run).pass);
    CHECK(Asked(journal) == std::vector<Of>{Of::kTimer});
  }
}

TEST_CASE("it is read from five minutes before the node's first sign", "[journal]") {
  FakeJournal journal;
  Run run = HalfFailed();
  run.begin = NodeJournal::At(400);
  int first = 5;
  SECTION("its record") {}
  SECTION("its due moment") {
    first = 2;
    run.due = RunDue{NodeJournal::At(1),
                     {{kNode, {NodeJournal::At(2), NodeJournal::At(900)}},
                      {*NodeId::Parse("1"), {NodeJournal::At(1), NodeJournal::At(900)}}}};
  }
  SECTION("the run's begin") {
    first = 400;
    run.modules.at(kMail).record.reset();
  }
  (void)Read(journal, run);
  CHECK(journal.asked.at(0).from == NodeJournal::At(first - 300));
}

TEST_CASE("what was had before the log went away is kept, and its trouble is named", "[journal]") {
  FakeJournal journal;
  journal.entries = Failing().entries;
  journal.error = Error{ErrorCode::kTimeout, "late"};
  SECTION("nothing was") {
    const NodeLog log = Read(journal, HalfFailed());
    CHECK_FALSE(log.pass);
    CHECK(log.trouble == ErrorCode::kTimeout);
    CHECK(log.read_at == NodeJournal::At(1000));
  }
  SECTION("the execution was, its modules were not") {
    journal.answers_before_error = 1;
    const NodeLog log = Read(journal, HalfFailed());
    REQUIRE(log.pass);
    CHECK(log.pass->BackupOf(kMail)->failed.empty());
    CHECK(log.trouble == ErrorCode::kTimeout);
    CHECK(journal.asked.size() == 2);
    CHECK(journal.asked_newest.empty());
  }
  SECTION("only how far it reaches was not") {
    journal.error.reset();
    journal.newest_error = Error{ErrorCode::kUnavailable, "away"};
    const NodeLog log = Read(journal, HalfFailed());
    CHECK(log.trouble == ErrorCode::kUnavailable);
    CHECK(log.pass->BackupOf(kMail)->failed.size() == 1);
    CHECK_FALSE(log.is_running());
  }
}

TEST_CASE("more than is read is said", "[journal]") {
  FakeJournal journal;
  journal.entries = Failing().entries;
  journal.complete = false;
  CHECK_FALSE(Read(journal, HalfFailed()).complete);
}

TEST_CASE("at most 30 modules of a node are asked about", "[journal][bounds]") {
  const int modules = GENERATE(30, 31);
  FakeJournal journal;
  NodeJournal night;
  Run run = HalfFailed();
  run.modules.erase(kWeb);
  night.TimerStarts(4);
  for (int i = 1; i <= modules; ++i) {
    const std::string id = "mail" + std::to_string(i);
    night.Says(5 + i - 1, kRun, id + ": starting backup 1 at Thu");
    run.modules[ModuleId{id}].expected = true;
  }
  journal.entries = night.entries;
  (void)Read(journal, run);
  CHECK(journal.asked.size() == 1 + 30);
}

TEST_CASE("words beyond 64 KiB are left out", "[journal][bounds]") {
  FakeJournal journal;
  NodeJournal night;
  Run run;
  run.plan = PlanId{"1"};
  run.begin = NodeJournal::At(0);
  constexpr int kModules = 30;
  for (int i = 0; i < kModules; ++i) {
    const ModuleId id{"mail" + std::to_string(i)};
    const NodeJournal::Writer user = NodeJournal::User(id.value());
    const int at = i * 30;
    night.Says(at, kRun, id.value() + ": starting backup 1 at Thu");
    for (int line = 0; line < 3; ++line)
      night.Says(at + 1 + line, user, "error: " + std::string(290, "abc"[line]));
    // Each step takes the files with it.
    for (int step = 0; step < 3; ++step) {
      for (int line = 0; line < 3; ++line)
        night.Says(at + 5, user, "error: open /" + std::string(280, '-') + " x");
      night.Says(at + 5, user, "[ERROR] restic backup failed: returned non-zero exit status 3.");
    }
    night.Says(at + 20, kRun, id.value() + ": backup 1 failed (exit code 3)");
    RunModule& module = run.modules[id];
    module.expected = true;
    module.record = RecordOf(id, at, 1);
  }
  journal.entries = night.entries;
  const NodeLog log = Read(journal, run);
  REQUIRE(log.pass);
  std::size_t bytes = 0;
  std::size_t steps = 0;
  for (const LoggedBackup& backup : log.pass->backups) {
    steps += backup.failed.size();
    for (const FailedStep& step : backup.failed) {
      bytes += step.words.size();
      for (const std::string& file : step.unread) bytes += file.size();
    }
  }
  CHECK(steps == 3 * kModules);  // each is still known
  CHECK(bytes <= journal::kMostWords);
  CHECK(bytes > journal::kMostWords - 400);
}

}  // namespace
}  // namespace backup_monitor::testing
