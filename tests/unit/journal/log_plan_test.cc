// Of which nodes of a run the log is still to be read.

#include "journal/log_plan.h"

#include "catch.h"
#include "run_states.h"
#include "unit/journal/node_journal.h"

namespace backup_monitor::testing {
namespace {

using Nodes = std::vector<NodeId>;

const NodeId kOne = *NodeId::Parse("1");

void Give(Run& run, const ModuleId& id, std::uint32_t errors, NodeId node) {
  run.modules[id].record = RecordOf(id, 0, errors, node);
}

void Expect(Run& run, const ModuleId& id, NodeId node) {
  run.modules[id].node = node;
  run.modules[id].expected = true;
}

/// mail1 on node 1 is saved, web1 on node 2 is silent.
Run HalfSilent() {
  Run run;
  run.plan = PlanId{"1"};
  Expect(run, kMail, kOne);
  Expect(run, kWeb, kNode);
  Give(run, kMail, 0, kOne);
  return run;
}

Run Closed(Run run) {
  SetClosed(run, NodeJournal::At(100));
  return run;
}

NodeLog LogReadAt(int at, LoggedPass::End end) {
  NodeLog log{.read_at = NodeJournal::At(at)};
  log.pass = LoggedPass{.node = kNode, .plan = PlanId{"1"}, .began{}, .last{}, .end = end};
  return log;
}

TEST_CASE("the nodes of modules without a good result", "[journal]") {
  Run run = GENERATE(HalfSilent(), Closed(HalfSilent()));
  CHECK(journal::NodesToRead(run) == Nodes{kNode});
  SECTION("with errors it is the node of the record") {
    Give(run, kWeb, 1, kOne);
    CHECK(journal::NodesToRead(run) == Nodes{kOne});
  }
  SECTION("saved") {
    Give(run, kWeb, 0, kNode);
    CHECK(journal::NodesToRead(run).empty());
  }
  SECTION("it has left the plan") {
    run.modules.at(kWeb).left = true;
    CHECK(journal::NodesToRead(run).empty());
  }
  SECTION("nobody knows its node") {
    run.modules.at(kWeb).node.reset();
    CHECK(journal::NodesToRead(run).empty());
  }
  SECTION("in the compact layout") {
    run.origin = RunOrigin::kCompact;
    CHECK(journal::NodesToRead(run).empty());
  }
  SECTION("both, each once") {
    Give(run, kMail, 1, kOne);
    Expect(run, ModuleId{"loki1"}, kOne);
    CHECK(journal::NodesToRead(run) == Nodes{kOne, kNode});
  }
}

TEST_CASE("of an open run until its execution there has ended", "[journal]") {
  Run run = HalfSilent();
  run.log.emplace(kNode, LogReadAt(50, LoggedPass::End::kUnknown));
  CHECK(journal::NodesToRead(run) == Nodes{kNode});
  run.log.at(kNode).pass->end = LoggedPass::End::kKilled;
  CHECK(journal::NodesToRead(run).empty());
  run.log.at(kNode).trouble = ErrorCode::kTimeout;
  CHECK(journal::NodesToRead(run) == Nodes{kNode});
  run.log.at(kNode).trouble.reset();
  run.log.at(kNode).pass.reset();
  CHECK(journal::NodesToRead(run) == Nodes{kNode});
  run.log.at(kNode).trouble = ErrorCode::kDenied;
  CHECK(journal::NodesToRead(run) == Nodes{kNode});
}

TEST_CASE("of a closed run until it was read after that", "[journal]") {
  Run run = Closed(HalfSilent());
  run.log.emplace(kNode, LogReadAt(99, LoggedPass::End::kWell));
  CHECK(journal::NodesToRead(run) == Nodes{kNode});
  run.log.at(kNode).read_at = NodeJournal::At(100);
  CHECK(journal::NodesToRead(run).empty());
  SECTION("without trouble: there may be more about its modules") {
    run.log.at(kNode).trouble = ErrorCode::kTimeout;
    CHECK(journal::NodesToRead(run) == Nodes{kNode});
    run.log.at(kNode).trouble = ErrorCode::kDenied;
    CHECK(journal::NodesToRead(run).empty());
  }
  SECTION("and said the end") {
    run.log.at(kNode).pass->end = LoggedPass::End::kUnknown;
    CHECK(journal::NodesToRead(run) == Nodes{kNode});
  }
  SECTION("or cannot be read for long") {
    run.log.at(kNode).pass.reset();
    run.log.at(kNode).trouble =
        GENERATE(ErrorCode::kDenied, ErrorCode::kNotFound, ErrorCode::kInvalidInput);
    CHECK(journal::NodesToRead(run).empty());
  }
  SECTION("not for a moment") {
    run.log.at(kNode).pass.reset();
    run.log.at(kNode).trouble = GENERATE(ErrorCode::kTimeout, ErrorCode::kUnavailable);
    CHECK(journal::NodesToRead(run) == Nodes{kNode});
  }
}

}  // namespace
}  // namespace backup_monitor::testing
