#include "base/bounds.h"

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("a bound that is reached is counted with what happened last", "[base]") {
  NoteBoundReached("test_bound", "first");
  NoteBoundReached("test_bound", "second", 3);
  NoteBoundReached("another_test_bound", "other");

  const auto reached = ReachedBounds();
  REQUIRE(reached.size() == 2);
  CHECK(reached[0].name == "another_test_bound");
  CHECK(reached[1].name == "test_bound");
  CHECK(reached[1].times == 4);
  CHECK(reached[1].sentence == "second");
  CHECK(reached[1].last > Time{});
}

}  // namespace
}  // namespace backup_monitor
