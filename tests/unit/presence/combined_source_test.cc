// Two witnesses of one question: attempts to reach a node, and whether it is connected.

#include "presence/combined_source.h"

#include <thread>

#include "catch.h"
#include "unit/presence/fake_source.h"

namespace backup_monitor::presence {
namespace {

using testing::FakeSource;

const NodeId kNode = *NodeId::Parse("2");

NodePresence Told(int at, std::vector<Absence> absences = {}) {
  return {.read_at = Time{seconds{at}}, .absences = std::move(absences)};
}
const std::vector<Absence> kAwayNow{{Time{seconds{5}}, {}}};
const std::vector<Absence> kWasAway{{Time{seconds{5}}, Time{seconds{6}}}};

struct Sources {
  Sources(Result<NodePresence> one, Result<NodePresence> two,
          std::chrono::milliseconds connected = std::chrono::minutes{10}) {
    auto first = std::make_unique<FakeSource>(std::move(one));
    auto second = std::make_unique<FakeSource>(std::move(two));
    present = second.get();
    both.emplace(std::move(first), std::move(second), connected);
  }
  Result<NodePresence> Of(bool is_repeated = false) {
    return both->Of({kNode, {}, {}, is_repeated}, {}, {});
  }

  FakeSource* present;
  std::optional<CombinedSource> both;
};

TEST_CASE("who is connected is asked only where that decides", "[presence]") {
  Sources good{Told(7), Told(8)};
  CHECK(good.Of() == Told(7));
  Sources was_away{Told(7, kWasAway), Told(8)};
  CHECK(was_away.Of() == Told(7, kWasAway));
  CHECK(good.present->asked + was_away.present->asked == 0);
}

TEST_CASE("a node that is connected is not away, only what answers on it", "[presence]") {
  CHECK(Sources{Told(7, kAwayNow), Told(8)}.Of() == Told(7));
  CHECK(Sources{Told(7, kAwayNow), Told(8, kAwayNow)}.Of() == Told(7, kAwayNow));
  CHECK(Sources{Told(7, kAwayNow), Fail(ErrorCode::kTimeout, "slow")}.Of() == Told(7, kAwayNow));
  std::vector<Absence> both = kWasAway;
  both.push_back({Time{seconds{7}}, {}});
  CHECK(Sources{Told(7, both), Told(8)}.Of() == Told(7, kWasAway));
}

TEST_CASE("that it is connected is believed for a while, if the question is repeated",
          "[presence]") {
  Sources sources{Told(7, kAwayNow), Told(8)};
  CHECK(sources.Of(true) == Told(7));
  CHECK(sources.Of(true) == Told(7));
  CHECK(sources.present->asked == 1);
  CHECK(sources.Of(false) == Told(7));
  CHECK(sources.present->asked == 2);

  Sources hasty{Told(7, kAwayNow), Told(8), std::chrono::milliseconds{1}};
  CHECK(hasty.Of(true) == Told(7));
  std::this_thread::sleep_for(std::chrono::milliseconds{2});
  CHECK(hasty.Of(true) == Told(7));
  CHECK(hasty.present->asked == 2);
}

TEST_CASE("where attempts say nothing, what is known now is the answer", "[presence]") {
  Sources away{Fail(ErrorCode::kUnavailable, "away"), Told(8)};
  CHECK(away.Of() == Told(8));
  CHECK(away.Of(true).error().code == ErrorCode::kUnavailable);
  CHECK(away.present->asked == 1);
}

TEST_CASE("that nobody knows the node is the least of reasons", "[presence]") {
  const auto [one, two, told] = GENERATE(table<ErrorCode, ErrorCode, ErrorCode>(
      {{ErrorCode::kNotFound, ErrorCode::kTimeout, ErrorCode::kTimeout},
       {ErrorCode::kDenied, ErrorCode::kNotFound, ErrorCode::kDenied},
       {ErrorCode::kDenied, ErrorCode::kTimeout, ErrorCode::kDenied},
       {ErrorCode::kNotFound, ErrorCode::kNotFound, ErrorCode::kNotFound}}));
  CHECK(Sources{Fail(one, "one"), Fail(two, "two")}.Of().error().code == told);
}

TEST_CASE("each of them may be missing", "[presence]") {
  CombinedSource none{nullptr, nullptr};
  CHECK(none.Of({kNode, {}, {}}, {}, {}).error().code == ErrorCode::kNotFound);
  CombinedSource past{std::make_unique<FakeSource>(Told(7, kAwayNow)), nullptr};
  CHECK(past.Of({kNode, {}, {}}, {}, {}) == Told(7, kAwayNow));
  CombinedSource present{nullptr, std::make_unique<FakeSource>(Told(8))};
  CHECK(present.Of({kNode, {}, {}}, {}, {}) == Told(8));
}

}  // namespace
}  // namespace backup_monitor::presence
