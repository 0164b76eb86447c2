#include "app/instance_lock.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <optional>

#include "catch.h"
#include "integration/app/pipeline_world.h"

namespace backup_monitor::app {
namespace {

/// Another process, which does `work`, says that it is done, and stays. It is killed when this goes.
class Other {
 public:
  explicit Other(const std::function<void()>& work) {
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    child_ = fork();
    REQUIRE(child_ >= 0);
    if (child_ == 0) {
      work();
      (void)!write(ends[1], "x", 1);
      while (true) pause();
    }
    close(ends[1]);
    char said = 0;
    REQUIRE(read(ends[0], &said, 1) == 1);
    close(ends[0]);
  }
  ~Other() { Kill(); }
  Other(const Other&) = delete;
  Other& operator=(const Other&) = delete;
  void Kill() {
    if (child_ <= 0) return;
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
    child_ = 0;
  }
  [[nodiscard]] pid_t id() const { return child_; }

 private:
  pid_t child_ = 0;
};

TEST_CASE("a second daemon on the same store is refused, and told which one and what to do",
          "[instance_lock]") {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "store.db";
  std::optional<InstanceLock> lock;
  const Other first{[&] { lock = InstanceLock::Acquire(path).value(); }};

  const auto second = InstanceLock::Acquire(path);

  REQUIRE_FALSE(second);
  CHECK(second.error().message == "another backup-monitor (process " + std::to_string(first.id()) +
                                      ") uses " + path.string() +
                                      "; stop it, or give this one its own store.path");
  CHECK(InstanceLock::Acquire(folder.path() / "other.db"));
}

TEST_CASE("the lock goes with its owner, and moves with it", "[instance_lock]") {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "store.db";
  {
    auto first = InstanceLock::Acquire(path);
    REQUIRE(first);
    const InstanceLock moved{*std::move(first)};
    const Other second{[&] {
      if (InstanceLock::Acquire(path)) _exit(1);
    }};
  }
  const Other third{[&] {
    if (!InstanceLock::Acquire(path)) _exit(1);
  }};
}

TEST_CASE("a child between fork and exec does not keep the lock of a daemon that was killed",
          "[instance_lock]") {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "store.db";
  std::optional<InstanceLock> lock;
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  Other daemon{[&] {
    lock = InstanceLock::Acquire(path).value();
    const pid_t child = fork();  // it has every descriptor, and never comes to exec
    while (child == 0) pause();
    (void)!write(ends[1], &child, sizeof child);
  }};
  pid_t child = 0;
  REQUIRE(read(ends[0], &child, sizeof child) == sizeof child);
  CHECK_FALSE(InstanceLock::Acquire(path));

  daemon.Kill();

  CHECK(kill(child, 0) == 0);
  CHECK(InstanceLock::Acquire(path));
  kill(child, SIGKILL);
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("a folder that is not there is told", "[instance_lock]") {
  const auto lock = InstanceLock::Acquire("/nonexistent/store.db");
  REQUIRE_FALSE(lock);
  CHECK(lock.error().message.find("/nonexistent") != std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::app
