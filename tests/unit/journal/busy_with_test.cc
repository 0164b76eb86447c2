// By which plan a module was busy when it was given up.

#include "journal/busy_with.h"

#include <string>

#include "catch.h"
#include "fakes/fake_journal.h"
#include "journal/read_share.h"
#include "unit/journal/node_journal.h"

namespace backup_monitor::testing {
namespace {

using Of = journal::Wanted::Of;

const NodeJournal::Writer kOther = NodeJournal::RunBackup("2", "300");
const NodeJournal::Writer kThird = NodeJournal::RunBackup("3", "400");

constexpr int kBusySince = 5000;
constexpr int kLastTry = 8600;
constexpr int kGivenUp = 8605;

NodeJournal& Begins(NodeJournal& night, int at, const NodeJournal::Writer& writer,
                    const std::string& plan, const std::string& module = "mail1") {
  return night.Says(at, writer, module + ": starting backup " + plan + " at Thu");
}

/// Plan 1 finds mail1 busy, tries again until second 8600, and gives up.
NodeJournal& GiveUp(NodeJournal& night) {
  night.TimerStarts(kBusySince - 2);
  Begins(night, kBusySince - 1, kRun, "1")
      .Says(kBusySince, kRun, "mail1: already running, queued for retry");
  for (const int at : {6000, kLastTry})
    Begins(night, at, kRun, "1").Says(at, kRun, "mail1: still running, will retry");
  return night.Says(kGivenUp, kRun, "mail1: gave up retrying after 3600s")
      .Says(kGivenUp, kRun, "Backup 1 finished with failures: mail1");
}

/// What is found of mail1 in this journal.
std::optional<PlanId> BusyWith(const NodeJournal& night) {
  const auto passes = night.Passes();
  for (const LoggedPass& pass : passes) {
    if (pass.plan != PlanId{"1"} || pass.through_agent) continue;
    const LoggedBackup* mail = pass.BackupOf(kMail);
    REQUIRE(mail != nullptr);
    return journal::BusyWith(passes, *mail, pass.plan);
  }
  FAIL("plan 1 has no pass");
  return {};
}

const std::optional<PlanId> kNobody;
const std::optional<PlanId> kPlan2{"2"};

TEST_CASE("the other plan's backup from the first try that found it busy until after the last one",
          "[journal][busy]") {
  const auto [began, ended, expected] = GENERATE(table<int, int, std::optional<PlanId>>({
      {100, 9000, kPlan2},
      {100, 0, kPlan2},  // it goes on
      {kBusySince, 9000, kPlan2},
      {kBusySince + 1, 9000, kNobody},
      {100, kLastTry + 1, kPlan2},
      {100, kLastTry, kNobody},
      {100, kBusySince, kNobody},
      {100, 200, kNobody},
      {kLastTry + 1, 9000, kNobody},
  }));
  CAPTURE(began, ended);
  const std::string how = GENERATE("completed", "failed (exit code 1)");
  NodeJournal night;
  GiveUp(night);
  night.TimerStarts(began, "2");
  Begins(night, began, kOther, "2");
  if (ended != 0) night.Says(ended, kOther, "mail1: backup 2 " + how);
  CHECK(BusyWith(night) == expected);
}

TEST_CASE("an execution that was over was not in the way", "[journal][busy]") {
  NodeJournal night;
  GiveUp(night);
  Begins(night, 100, kOther, "2");
  SECTION("it goes on") { CHECK(BusyWith(night) == kPlan2); }
  SECTION("killed before") {
    night.SystemdSays(3000, "backup2.service",
                      "backup2.service: Main process exited, code=killed, status=9/KILL");
    CHECK(BusyWith(night) == kNobody);
  }
  SECTION("killed during the tries") {
    night.SystemdSays(kLastTry, "backup2.service",
                      "backup2.service: Main process exited, code=killed, status=9/KILL");
    CHECK(BusyWith(night) == kNobody);
  }
  SECTION("killed after them") {
    night.SystemdSays(kLastTry + 1, "backup2.service",
                      "backup2.service: Main process exited, code=killed, status=9/KILL");
    CHECK(BusyWith(night) == kPlan2);
  }
  SECTION("ended by a start of the node before") {
    // What plan 1 writes is of the boot after that.
    for (auto& entry : night.entries) {
      if (entry.at > NodeJournal::At(200)) entry.boot = "b2";
    }
    night.Boots(300, "b2");
    CHECK(BusyWith(night) == kNobody);
  }
}

TEST_CASE("where two may have been in the way it is not known", "[journal][busy]") {
  NodeJournal night;
  GiveUp(night);
  Begins(night, 100, kOther, "2");
  SECTION("of two timers") {
    Begins(night, GENERATE(200, kBusySince, kLastTry), kThird, "3");
    CHECK(BusyWith(night) == kNobody);
  }
  SECTION("in turn") {
    Begins(night, 200, kThird, "3").Says(kBusySince + 1, kThird, "mail1: backup 3 completed");
    CHECK(BusyWith(night) == kNobody);
  }
  SECTION("not if the second had ended when it was first busy, or began after the last try") {
    const auto [began, ended] =
        GENERATE(table<int, int>({{200, kBusySince}, {kLastTry + 1, 9000}}));
    Begins(night, began, kThird, "3").Says(ended, kThird, "mail1: backup 3 completed");
    CHECK(BusyWith(night) == kPlan2);
  }
  SECTION("not if the second found it busy, too") {
    Begins(night, 200, kThird, "3")
        .Says(kBusySince + 1, kThird, "mail1: already running, queued for retry");
    if (GENERATE(true, false)) {
      Begins(night, kBusySince + 61, kThird, "3")
          .Says(kBusySince + 61, kThird, "mail1: still running, will retry")
          .Says(kBusySince + 62, kThird, "mail1: gave up retrying after 3600s");
    }
    CHECK(BusyWith(night) == kPlan2);
  }
  SECTION("not if the second was at another module") {
    Begins(night, 200, kThird, "3", "web1");
    CHECK(BusyWith(night) == kPlan2);
  }
}

TEST_CASE("what came through the agent decides nothing, but leaves it open", "[journal][busy]") {
  NodeJournal night;
  GiveUp(night);
  const std::string plan = GENERATE("1", "2");
  Begins(night, 100, NodeJournal::Agent(), plan);
  SECTION("alone") { CHECK(BusyWith(night) == kNobody); }
  SECTION("beside a timer's") {
    Begins(night, 100, kThird, "3");
    CHECK(BusyWith(night) == kNobody);
  }
  SECTION("after it had ended a timer's is certain") {
    night.Says(200, NodeJournal::Agent(), "mail1: backup " + plan + " completed");
    Begins(night, 300, kThird, "3");
    CHECK(BusyWith(night) == PlanId{"3"});
  }
}

TEST_CASE("only of what was given up, and only where the log has its tries", "[journal][busy]") {
  NodeJournal night;
  GiveUp(night);
  Begins(night, 100, kOther, "2");
  const auto passes = night.Passes();
  REQUIRE(passes.size() == 2);
  LoggedBackup mail = *passes[1].BackupOf(kMail);
  REQUIRE(journal::BusyWith(passes, mail, PlanId{"1"}) == kPlan2);
  SECTION("it is busy still") { mail.end = LoggedBackup::End::kBusy; }
  SECTION("the first try is missing") { mail.busy_since.reset(); }
  SECTION("the last one is missing") { mail.began.reset(); }
  SECTION("nobody was there") { mail.module = kWeb; }
  CHECK(journal::BusyWith(passes, mail, PlanId{"1"}) == kNobody);
}

/// Of plan 1, which was due at second 4998.
Run GivenUp(int modules = 1) {
  Run run;
  run.plan = PlanId{"1"};
  run.begin = NodeJournal::At(kBusySince);
  run.due = RunDue{NodeJournal::At(kBusySince - 2),
                   {{kNode, {NodeJournal::At(kBusySince - 2), NodeJournal::At(9000)}}}};
  for (int n = 1; n <= modules; ++n) {
    RunModule& module = run.modules[ModuleId{"mail" + std::to_string(n)}];
    module.node = kNode;
    module.expected = true;
  }
  return run;
}

NodeLog ReadGivenUp(FakeJournal& journal, const Run& run) {
  return journal::ReadShare(journal, run, kNode, NodeJournal::At(9000),
                            std::chrono::steady_clock::now() + seconds{5}, {});
}

std::vector<journal::Wanted> Turns(const FakeJournal& journal) {
  std::vector<journal::Wanted> turns;
  std::ranges::copy_if(journal.asked, std::back_inserter(turns),
                       [](const auto& wanted) { return wanted.of == Of::kModuleTurns; });
  return turns;
}

TEST_CASE("the log is asked who was at a module that was given up", "[journal][busy]") {
  FakeJournal journal;
  NodeJournal night;
  GiveUp(night);
  const int day_before = kBusySince - 24 * 3600;
  SECTION("begun a day before") {
    Begins(night, day_before, kOther, "2");
    journal.entries = night.entries;
    const NodeLog log = ReadGivenUp(journal, GivenUp());
    REQUIRE(Turns(journal).size() == 1);
    const journal::Wanted asked = Turns(journal).front();
    CHECK(asked.node == kNode);
    CHECK(asked.module == kMail);
    CHECK(asked.from == NodeJournal::At(day_before));
    CHECK(asked.to == NodeJournal::At(kGivenUp + 1));
    REQUIRE(log.pass);
    CHECK(log.pass->BackupOf(kMail)->busy_with == kPlan2);
    CHECK_FALSE(log.trouble);
    CHECK(log.complete);
  }
  SECTION("begun earlier") {
    Begins(night, day_before - 1, kOther, "2");
    journal.entries = night.entries;
    CHECK(ReadGivenUp(journal, GivenUp()).pass->BackupOf(kMail)->busy_with == kNobody);
  }
}

TEST_CASE("without an answer to that the rest of the reading stays", "[journal][busy]") {
  FakeJournal journal;
  NodeJournal night;
  GiveUp(night);
  Begins(night, 100, kOther, "2");
  journal.entries = night.entries;
  journal.error = Error{ErrorCode::kTimeout, "late"};
  journal.answers_before_error = 2;  // of the unit and of the module's user
  const NodeLog log = ReadGivenUp(journal, GivenUp());
  CHECK(Turns(journal).size() == 1);
  CHECK_FALSE(log.trouble);
  REQUIRE(log.pass);
  CHECK(log.pass->BackupOf(kMail)->end == LoggedBackup::End::kGaveUp);
  CHECK(log.pass->BackupOf(kMail)->busy_with == kNobody);
  CHECK(log.pass->end == LoggedPass::End::kWithFailures);
}

TEST_CASE("after a question without an answer it is not asked", "[journal][busy]") {
  FakeJournal journal;
  NodeJournal night;
  journal.entries = GiveUp(night).entries;
  journal.error = Error{ErrorCode::kTimeout, "late"};
  journal.answers_before_error = 1;
  REQUIRE(ReadGivenUp(journal, GivenUp()).pass);
  CHECK(Turns(journal).empty());
}

TEST_CASE("from an answer that is cut off nothing follows", "[journal][busy]") {
  FakeJournal journal;
  NodeJournal night;
  GiveUp(night);
  Begins(night, 100, kOther, "2");
  journal.entries = night.entries;
  journal.complete = false;
  CHECK(ReadGivenUp(journal, GivenUp()).pass->BackupOf(kMail)->busy_with == kNobody);
}

TEST_CASE("of a run through the agent it is not asked", "[journal][busy]") {
  FakeJournal journal;
  NodeJournal night;
  const NodeJournal::Writer agent = NodeJournal::Agent();
  Begins(night, 4000, agent, "1", "web1").Says(4010, agent, "web1: backup 1 completed");
  Begins(night, kBusySince, agent, "1")
      .Says(kBusySince, agent, "mail1: already running, queued for retry")
      .Says(kGivenUp, agent, "mail1: gave up retrying after 3600s");
  journal.entries = night.entries;
  Run run = GivenUp();
  run.modules[kWeb].record = RecordOf(kWeb, 4000, 0);
  const NodeLog log = ReadGivenUp(journal, run);
  REQUIRE(log.pass);
  REQUIRE(log.pass->through_agent);
  REQUIRE(log.pass->BackupOf(kMail)->end == LoggedBackup::End::kGaveUp);
  CHECK(Turns(journal).empty());
}

TEST_CASE("it is asked of at most 5 modules of a node", "[journal][busy][bounds]") {
  const int modules = GENERATE(5, 6);
  FakeJournal journal;
  NodeJournal night;
  night.TimerStarts(kBusySince - 2);
  for (int n = 1; n <= modules; ++n) {
    const std::string id = "mail" + std::to_string(n);
    Begins(night, 100, NodeJournal::RunBackup("2" + std::to_string(n), std::to_string(500 + n)),
           "2" + std::to_string(n), id);
    Begins(night, kBusySince, kRun, "1", id)
        .Says(kBusySince, kRun, id + ": already running, queued for retry")
        .Says(kGivenUp, kRun, id + ": gave up retrying after 3600s");
  }
  journal.entries = night.entries;
  const NodeLog log = ReadGivenUp(journal, GivenUp(modules));
  CHECK(Turns(journal).size() == 5);
  REQUIRE(log.pass);
  CHECK(log.pass->BackupOf(ModuleId{"mail5"})->busy_with == PlanId{"25"});
  if (modules == 6) CHECK(log.pass->BackupOf(ModuleId{"mail6"})->busy_with == kNobody);
}

}  // namespace
}  // namespace backup_monitor::testing
