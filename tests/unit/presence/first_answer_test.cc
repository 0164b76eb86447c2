#include "presence/first_answer.h"

#include "catch.h"
#include "unit/presence/fake_source.h"

namespace backup_monitor::presence {
namespace {

using testing::FakeSource;

const NodeId kNode = *NodeId::Parse("2");
const NodePresence kHere{.read_at = Time{seconds{7}}};
const NodePresence kThere{.read_at = Time{seconds{8}}};

struct Sources {
  Sources(Result<NodePresence> one, Result<NodePresence> two) {
    std::vector<std::unique_ptr<PresenceSource>> both;
    both.push_back(std::make_unique<FakeSource>(std::move(one)));
    both.push_back(std::make_unique<FakeSource>(std::move(two)));
    second = static_cast<FakeSource*>(both.back().get());
    sources.emplace(std::move(both));
  }
  Result<NodePresence> Of() { return sources->Of({kNode, {}, {}}, {}, {}); }

  FakeSource* second;
  std::optional<FirstAnswer> sources;
};

TEST_CASE("the second source is asked if the first has no answer", "[presence]") {
  Sources good{kHere, kThere};
  CHECK(good.Of() == kHere);
  CHECK(good.second->asked == 0);
  CHECK(Sources{Fail(ErrorCode::kUnavailable, "away"), kThere}.Of() == kThere);
  CHECK(Sources{Fail(ErrorCode::kNotFound, "not here"), kThere}.Of() == kThere);
}

TEST_CASE("that nobody knows the node is the least of reasons", "[presence]") {
  const auto [one, two, told] = GENERATE(table<ErrorCode, ErrorCode, ErrorCode>(
      {{ErrorCode::kNotFound, ErrorCode::kTimeout, ErrorCode::kTimeout},
       {ErrorCode::kDenied, ErrorCode::kNotFound, ErrorCode::kDenied},
       {ErrorCode::kDenied, ErrorCode::kTimeout, ErrorCode::kDenied},
       {ErrorCode::kNotFound, ErrorCode::kNotFound, ErrorCode::kNotFound}}));
  CHECK(Sources{Fail(one, "one"), Fail(two, "two")}.Of().error().code == told);
  CHECK(FirstAnswer{{}}.Of({kNode, {}, {}}, {}, {}).error().code == ErrorCode::kNotFound);
}

}  // namespace
}  // namespace backup_monitor::presence
