#include "adapters/sqlite/write_turn.h"

#include <atomic>
#include <thread>
#include <vector>

#include "catch.h"

namespace backup_monitor::sqlite {
namespace {

using std::chrono::milliseconds;

TEST_CASE("the turn is given to one at a time", "[store]") {
  WriteTurn turn;
  int unguarded = 0;  // TSan and the sum both notice a second writer
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 500; ++j) {
        const auto lock = turn.Acquire(milliseconds{20'000});
        if (lock) ++unguarded;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(unguarded == 2000);
}

TEST_CASE("who waits too long leaves the queue without harm", "[store]") {
  WriteTurn turn;
  {
    const auto first = turn.Acquire(milliseconds{0});
    REQUIRE(first);
    CHECK_FALSE(turn.Acquire(milliseconds{1}));
    CHECK_FALSE(turn.Acquire(milliseconds{0}));
  }
  CHECK(turn.Acquire(milliseconds{0}));
}

TEST_CASE("a busy writer does not overtake who waits", "[store]") {
  WriteTurn turn;
  std::atomic<bool> got = false;
  std::atomic<bool> waiting = false;
  auto lock = turn.Acquire(milliseconds{0});
  std::thread patient{[&] {
    waiting = true;
    const auto mine = turn.Acquire(milliseconds{20'000});
    got = mine.has_value();
  }};
  while (!waiting) std::this_thread::yield();
  // However it is scheduled, it gets its turn although we ask again and again.
  int rounds = 0;
  while (!got && rounds < 1'000'000) {
    lock.reset();
    lock.emplace(turn.Acquire(milliseconds{20'000}).value());
    ++rounds;
  }
  lock.reset();
  patient.join();
  CHECK(got);
}

}  // namespace
}  // namespace backup_monitor::sqlite
