#include "app/api/history_thread.h"

#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "catch.h"

namespace backup_monitor::app::api {
namespace {

constexpr std::chrono::seconds kPatience{10};

/// A job that has begun and waits until it is let go.
struct Gate {
  std::promise<void> begun, open;
  std::function<void()> Job() {
    return [this, opened = open.get_future().share()] {
      begun.set_value();
      opened.wait_for(kPatience);
    };
  }
};

TEST_CASE("jobs run one after the other, on a thread of their own, in their order", "[api]") {
  HistoryThread thread;
  std::vector<int> order;
  std::promise<std::thread::id> ended;
  for (int i = 0; i < 5; ++i) REQUIRE(thread.Submit([&order, i] { order.push_back(i); }));
  REQUIRE(thread.Submit([&ended] { ended.set_value(std::this_thread::get_id()); }));

  auto id = ended.get_future();
  REQUIRE(id.wait_for(kPatience) == std::future_status::ready);
  CHECK(id.get() != std::this_thread::get_id());
  CHECK(order == std::vector<int>{0, 1, 2, 3, 4});
}

TEST_CASE("as many as may wait are taken, one more is not", "[api][hostile]") {
  HistoryThread thread{2};
  Gate gate;
  REQUIRE(thread.Submit(gate.Job()));
  REQUIRE(gate.begun.get_future().wait_for(kPatience) == std::future_status::ready);
  std::promise<void> last;
  CHECK(thread.Submit([] {}));
  CHECK(thread.Submit([&last] { last.set_value(); }));
  CHECK_FALSE(thread.Submit([] {}));

  gate.open.set_value();
  CHECK(last.get_future().wait_for(kPatience) == std::future_status::ready);
  CHECK(thread.Submit([] {}));
}

TEST_CASE("stopping ends the present job, drops the others and takes no more", "[api]") {
  HistoryThread thread;
  Gate gate;
  REQUIRE(thread.Submit(gate.Job()));
  REQUIRE(gate.begun.get_future().wait_for(kPatience) == std::future_status::ready);
  bool ran = false;
  auto dropped = std::make_shared<int>(0);
  std::weak_ptr<int> alive = dropped;
  REQUIRE(thread.Submit([&ran, dropped = std::move(dropped)] { ran = true; }));
  std::thread stopping{[&thread] { thread.Stop(); }};
  while (!alive.expired()) std::this_thread::yield();  // a job that is dropped answers its peer
  gate.open.set_value();
  stopping.join();

  CHECK_FALSE(ran);
  CHECK_FALSE(thread.Submit([] {}));
  thread.Stop();
}

TEST_CASE("a job that fails does not end the thread", "[api]") {
  HistoryThread thread;
  std::promise<void> after;
  REQUIRE(thread.Submit([] { throw std::runtime_error{"no luck"}; }));
  REQUIRE(thread.Submit([&after] { after.set_value(); }));
  CHECK(after.get_future().wait_for(kPatience) == std::future_status::ready);
}

}  // namespace
}  // namespace backup_monitor::app::api
