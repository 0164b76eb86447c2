// What is known of a node after several answers.

#include "model/node_presence.h"

#include "catch.h"

namespace backup_monitor {
namespace {

Time Second(int second) { return Time{seconds{second}}; }

/// Known from 100 on: away from 200 to 300 and from 400 on, restarted at 150.
NodePresence Before() {
  return {.read_at = Second(500),
          .known_from = Second(100),
          .absences = {{Second(200), Second(300)}, {Second(400), {}}},
          .booted = Second(150)};
}

TEST_CASE("trouble takes nothing away", "[model][presence]") {
  NodePresence expected = Before();
  expected.read_at = Second(600);
  expected.trouble = ErrorCode::kTimeout;
  CHECK(WithEarlier({.read_at = Second(600), .trouble = ErrorCode::kTimeout}, Before()) ==
        expected);
  // And an answer ends it.
  CHECK_FALSE(WithEarlier({.read_at = Second(700), .known_from = Second(100)}, expected).trouble);
}

TEST_CASE("an answer that knows as much stands for itself, but for the newest start",
          "[model][presence]") {
  const NodePresence now{.read_at = Second(600),
                         .known_from = Second(100),
                         .absences = {{Second(200), Second(300)}},
                         .booted = Second(140)};
  NodePresence expected = now;
  expected.booted = Second(150);
  CHECK(WithEarlier(now, Before()) == expected);
  CHECK(WithEarlier(now, {}) == now);
}

TEST_CASE("one that knows only of now leaves what was", "[model][presence]") {
  const NodePresence here{.read_at = Second(600), .known_from = Second(600)};
  const NodePresence after = WithEarlier(here, Before());
  CHECK(after.known_from == Second(100));
  CHECK(after.absences ==
        std::vector<Absence>{{Second(200), Second(300)}, {Second(400), Second(600)}});
  CHECK(after.booted == Second(150));

  NodePresence away = here;
  away.absences = {Absence{}};
  CHECK(WithEarlier(away, Before()).absences ==
        std::vector<Absence>{{Second(200), Second(300)}, {Second(400), {}}});
  NodePresence back = Before();
  back.absences.pop_back();
  CHECK(WithEarlier(away, back).absences ==
        std::vector<Absence>{{Second(200), Second(300)}, {{}, {}}});
}

TEST_CASE("the newest absences are kept of both", "[model][presence]") {
  NodePresence before{.read_at = Second(500), .known_from = Second(100)};
  for (int at = 110; before.absences.size() < NodePresence::kMostAbsences; at += 20)
    before.absences.push_back({Second(at), Second(at + 10)});
  const NodePresence away{
      .read_at = Second(600), .known_from = Second(600), .absences = {Absence{}}};
  const NodePresence after = WithEarlier(away, before);
  CHECK(after.absences.size() == NodePresence::kMostAbsences);
  CHECK(after.absences.front().from == Second(130));
  CHECK_FALSE(after.absences.back().until);
}

}  // namespace
}  // namespace backup_monitor
