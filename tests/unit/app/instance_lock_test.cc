#include "app/instance_lock.h"

#include <catch2/catch.hpp>

#include "integration/app/pipeline_world.h"

namespace backup_monitor {
namespace {

TEST_CASE("a second daemon on the same store is refused, and told what to do", "[instance_lock]") {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "store.db";
  auto first = InstanceLock::Take(path);
  REQUIRE(first);

  const auto second = InstanceLock::Take(path);

  REQUIRE_FALSE(second);
  CHECK(second.error().message.find("another backup-monitor uses " + path.string()) == 0);
  CHECK(InstanceLock::Take(folder.path() / "other.db"));
}

TEST_CASE("the lock goes with its owner, and moves with it", "[instance_lock]") {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "store.db";
  {
    auto first = InstanceLock::Take(path);
    REQUIRE(first);
    const InstanceLock moved{*std::move(first)};
    CHECK_FALSE(InstanceLock::Take(path));
  }
  CHECK(InstanceLock::Take(path));
}

TEST_CASE("a folder that is not there is told", "[instance_lock]") {
  const auto lock = InstanceLock::Take("/nonexistent/store.db");
  REQUIRE_FALSE(lock);
  CHECK(lock.error().message.find("/nonexistent") != std::string::npos);
}

}  // namespace
}  // namespace backup_monitor
