// Of which nodes of a run it is asked whether they could be reached, and from when on.

#include "presence/presence_plan.h"

#include "catch.h"
#include "run_states.h"
#include "unit/presence/fake_source.h"

namespace backup_monitor::presence {
namespace {

using testing::FakeSource;
using Nodes = std::vector<NodeId>;

const ModuleId kMail{"mail1"};
const ModuleId kWeb{"web1"};
const NodeId kOne = *NodeId::Parse("1");
const NodeId kTwo = *NodeId::Parse("2");

Time At(int second) { return Time{seconds{1'000'000 + second}}; }

SeenRecord RecordAt(int second, std::uint32_t errors = 0) {
  SeenRecord record;
  record.started = At(second);
  record.ended = At(second + 10);
  record.record.error_count = errors;
  return record;
}

/// mail1 on node 1 is saved, web1 on node 2 is silent. Closed at 100.
Run HalfSilent() {
  Run run;
  run.begin = At(0);
  run.modules[kMail].node = kOne;
  run.modules[kMail].expected = true;
  run.modules[kMail].record = RecordAt(0);
  run.modules[kWeb].node = kTwo;
  run.modules[kWeb].expected = true;
  SetClosed(run, At(100));
  return run;
}

NodePresence ReadAt(int second, std::optional<ErrorCode> trouble = {}) {
  return {.read_at = At(second), .trouble = trouble};
}

TEST_CASE("the nodes of a run that have a module without any result", "[presence]") {
  Run run = HalfSilent();
  CHECK(NodesToAsk(run) == Nodes{kTwo});
  SECTION("and of an open one, as often as it is asked") {
    SetClosed(run, {});
    run.presence.emplace(kTwo, ReadAt(1000));
    CHECK(NodesToAsk(run) == Nodes{kTwo});
    FakeSource source{ReadAt(200)};
    CHECK(ReadPresence(source, run, kTwo, At(200), {}, {}) == ReadAt(200));
    CHECK(source.last->is_repeated);
  }
  SECTION("with a result, good or not, the node was there") {
    run.modules[kWeb].record = RecordAt(20, GENERATE(0, 1));
    CHECK(NodesToAsk(run).empty());
  }
  SECTION("with one of a run that overlaps, too") {
    run.modules[kWeb].borrowed = RecordAt(20);
    CHECK(NodesToAsk(run).empty());
  }
  SECTION("what has left the plan, or joined it without a result, is not asked for") {
    (GENERATE(true, false) ? run.modules[kWeb].left = true : run.modules[kWeb].expected = false);
    CHECK(NodesToAsk(run).empty());
  }
  SECTION("nor what is on no known node") {
    run.modules[kWeb].node.reset();
    CHECK(NodesToAsk(run).empty());
  }
  SECTION("nor in the compact layout") {
    run.origin = RunOrigin::kCompact;
    CHECK(NodesToAsk(run).empty());
  }
}

TEST_CASE("the log that says how the backup ended there is enough", "[presence][log]") {
  Run run = HalfSilent();
  NodeLog& log = run.log[kTwo];
  log.pass = LoggedPass{.node = kTwo, .plan = run.plan, .began{}, .last{}};
  CHECK(NodesToAsk(run) == Nodes{kTwo});
  log.pass->end = LoggedPass::End::kKilled;
  log.pass->ended = At(50);
  CHECK(NodesToAsk(run).empty());
}

TEST_CASE("a node is asked for until there is an answer from after the run closed", "[presence]") {
  Run run = HalfSilent();
  const auto [read, is_asked] =
      GENERATE(table<NodePresence, bool>({{ReadAt(99), true},
                                          {ReadAt(100), false},
                                          {ReadAt(100, ErrorCode::kTimeout), true},
                                          {ReadAt(100, ErrorCode::kUnavailable), true},
                                          {ReadAt(100, ErrorCode::kDenied), false},
                                          {ReadAt(100, ErrorCode::kNotFound), false}}));
  run.presence.emplace(kTwo, read);
  CHECK(NodesToAsk(run).empty() == !is_asked);
}

TEST_CASE("it is asked from an hour before the run on, at most 48 hours back", "[presence]") {
  FakeSource source{ReadAt(200)};
  Run run = HalfSilent();
  const auto from = [&](Time now) {
    CHECK(ReadPresence(source, run, kTwo, now, {}, {}) == ReadAt(200));
    CHECK(source.last->node == kTwo);
    CHECK(source.last->to == now);
    CHECK_FALSE(source.last->is_repeated);
    return source.last->from;
  };
  CHECK(from(At(200)) == At(-3600));
  CHECK(from(At(48 * 3600 - 3600)) == At(-3600));
  CHECK(from(At(48 * 3600 - 3600 + 1)) == At(-3600 + 1));
  run.due = RunDue{At(-700), {}};
  CHECK(from(At(200)) == At(-700 - 3600));
  run.due->at = At(50);
  CHECK(from(At(200)) == At(-3600));
  run.begin = run.due->at = At(9000);  // our clock has stepped back
  CHECK(from(At(200)) == At(200));
}

TEST_CASE("that there is no answer is known as such", "[presence]") {
  FakeSource source{Fail(ErrorCode::kDenied, "no")};
  CHECK(ReadPresence(source, HalfSilent(), kTwo, At(200), {}, {}) ==
        ReadAt(200, ErrorCode::kDenied));
}

}  // namespace
}  // namespace backup_monitor::presence
