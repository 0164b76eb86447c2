// Which execution of run-backup a run's share on a node was.

#include "journal/pass_of_run.h"

#include "catch.h"
#include "unit/journal/node_journal.h"

namespace backup_monitor::testing {
namespace {

using journal::PassOfRun;

Run RunOfPlan(const std::string& plan = "1") {
  Run run;
  run.plan = PlanId{plan};
  run.modules[kMail].node = kNode;
  run.modules[kMail].expected = true;
  return run;
}

void GiveRecord(Run& run, int start, const char* node = "2") {
  SeenRecord seen;
  seen.record.plan = run.plan;
  seen.record.module = kMail;
  seen.record.node = *NodeId::Parse(node);
  seen.record.start = NodeJournal::At(start);
  run.modules[kMail].record = seen;
}

void IsDue(Run& run, int at) {
  run.due =
      RunDue{NodeJournal::At(at), {{kNode, {NodeJournal::At(at), NodeJournal::At(at + 3600)}}}};
}

std::vector<LoggedPass> BegunAt(const std::vector<int>& moments,
                                const NodeJournal::Writer& writer = NodeJournal::RunBackup()) {
  NodeJournal night;
  for (const int at : moments) {
    if (writer.unit != "agent@node.service") night.TimerStarts(at);
    night.Says(at, writer, "mail1: starting backup 1 at Thu")
        .Says(at + 60, writer, "mail1: backup 1 completed")
        .Says(at + 61, writer, "Backup 1 completed successfully");
  }
  return night.Passes();
}

TEST_CASE("a pass is that of the records it made, by the node's own clock", "[journal]") {
  const auto [start, found] = GENERATE(
      table<int, bool>({{1000, true}, {1005, true}, {1006, false}, {995, true}, {994, false}}));
  Run run = RunOfPlan();
  GiveRecord(run, start);
  IsDue(run, 990);
  CHECK((PassOfRun(BegunAt({1000}), run, kNode) != nullptr) == found);
}

TEST_CASE("of several passes it is the one that made the record", "[journal]") {
  Run run = RunOfPlan();
  GiveRecord(run, 90'000);
  const auto passes = BegunAt({1000, 90'001, 180'000});
  const LoggedPass* pass = PassOfRun(passes, run, kNode);
  REQUIRE(pass != nullptr);
  CHECK(pass->began == NodeJournal::At(90'001));
}

TEST_CASE("through the agent, too, a record says which pass it was", "[journal]") {
  Run run = RunOfPlan();
  GiveRecord(run, 1000);
  CHECK(PassOfRun(BegunAt({1000}, NodeJournal::Agent()), run, kNode) != nullptr);
}

TEST_CASE("without a record it is what the timer began at the due moment", "[journal]") {
  const auto [began, found] =
      GENERATE(table<int, bool>({{999, false}, {1000, true}, {1120, true}, {1121, false}}));
  Run run = RunOfPlan();
  IsDue(run, 1000);
  CHECK((PassOfRun(BegunAt({began}), run, kNode) != nullptr) == found);
  CHECK(PassOfRun(BegunAt({began}, NodeJournal::Agent()), run, kNode) == nullptr);
}

TEST_CASE("a pass of another node is not of this one", "[journal]") {
  Run run = RunOfPlan();
  IsDue(run, 1000);
  const NodeId other = *NodeId::Parse("3");
  run.due->nodes.emplace(other, run.due->nodes.at(kNode));
  CHECK(PassOfRun(BegunAt({1000}), run, kNode) != nullptr);
  CHECK(PassOfRun(BegunAt({1000}), run, other) == nullptr);
}

TEST_CASE("a pass of which the beginning may be missing answers no due moment", "[journal]") {
  NodeJournal night;  // read from its middle
  night.Says(1060, kRun, "web1: starting backup 1 at Thu");
  Run run = RunOfPlan();
  IsDue(run, 1000);
  CHECK(PassOfRun(night.Passes(), run, kNode) == nullptr);
}

TEST_CASE("a timer's pass comes before what the agent passes on", "[journal][hostile]") {
  auto passes = BegunAt({1000});
  for (const LoggedPass& forged : BegunAt({1001}, NodeJournal::Agent())) passes.push_back(forged);
  Run run = RunOfPlan();
  GiveRecord(run, 1000);
  const LoggedPass* pass = PassOfRun(passes, run, kNode);
  REQUIRE(pass != nullptr);
  CHECK_FALSE(pass->through_agent);
}

TEST_CASE("what may be two is none", "[journal]") {
  Run run = RunOfPlan();
  IsDue(run, 1000);
  CHECK(PassOfRun(BegunAt({1000, 1100}), run, kNode) == nullptr);
}

TEST_CASE("another plan, another node, a run without a due moment has none", "[journal]") {
  Run run = RunOfPlan();
  CHECK(PassOfRun(BegunAt({1000}), run, kNode) == nullptr);
  IsDue(run, 1000);
  CHECK(PassOfRun(BegunAt({1000}), run, *NodeId::Parse("3")) == nullptr);
  Run other = RunOfPlan("12");
  IsDue(other, 1000);
  CHECK(PassOfRun(BegunAt({1000}), other, kNode) == nullptr);
  GiveRecord(other, 1000);
  CHECK(PassOfRun(BegunAt({1000}), other, kNode) == nullptr);
  // A record of another node says nothing of this one.
  GiveRecord(run, 1000, "3");
  run.due.reset();
  CHECK(PassOfRun(BegunAt({1000}), run, kNode) == nullptr);
}

}  // namespace
}  // namespace backup_monitor::testing
