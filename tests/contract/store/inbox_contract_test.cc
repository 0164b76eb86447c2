#include <future>
#include <thread>
#include <tuple>

#include "catch.h"
#include "contract/store/samples.h"
#include "fakes/fake_inbox.h"
#include "fakes/temporary_store.h"

namespace backup_monitor::store {
namespace {

using namespace testing;

struct FakeInboxWorld {
  FakeInbox fake;
  Inbox& inbox() { return fake; }
  void Settle(TriggerId id) { fake.Settle({id}); }
};

struct SqliteInboxWorld {
  TemporaryStore store;
  Inbox& inbox() { return store->inbox(); }
  void Settle(TriggerId id) {
    RunChanges changes;
    changes.settled = {id};
    REQUIRE(Save(store->runs(), changes));
  }
};

using InboxWorlds = std::tuple<FakeInboxWorld, SqliteInboxWorld>;

Result<std::vector<TriggerId>> AcceptAndWait(Inbox& inbox, std::vector<TriggerBody> bodies,
                                             Time at) {
  std::promise<Result<std::vector<TriggerId>>> answer;
  auto future = answer.get_future();
  inbox.Accept(std::move(bodies), at, [&](auto result) { answer.set_value(std::move(result)); });
  REQUIRE(future.wait_for(std::chrono::seconds{20}) == std::future_status::ready);
  return future.get();
}

using Kinds = Inbox::Kinds;

Alert FullAlert() {
  Alert alert;
  alert.labels = {
      {"alertname", "BackupFailed"}, {"id", "3"}, {"name", "nightly \"✓\" \\ \n"}, {"", ""}};
  alert.starts_at = At(1763800000);
  alert.group_was_truncated = true;
  alert.silenced = true;
  return alert;
}

TEMPLATE_LIST_TEST_CASE("accepted triggers are pending, oldest first, with all they hold",
                        "[store]", InboxWorlds) {
  TestType world;
  const std::vector<TriggerBody> bodies{FullAlert(),     Alert{},
                                        BackupEvent{},   TestMailRequest{},
                                        ReportRequest{}, ReportRequest{PlanId{"7"}}};

  const auto ids = AcceptAndWait(world.inbox(), bodies, At(50));
  const auto later = AcceptAndWait(world.inbox(), {BackupEvent{}}, At(40));

  REQUIRE(ids);
  REQUIRE(later);
  REQUIRE(ids->size() == bodies.size());
  const auto pending = world.inbox().Pending();
  REQUIRE(pending);
  REQUIRE(pending->size() == bodies.size() + 1);
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    CAPTURE(i);
    CHECK((*pending)[i].id == (*ids)[i]);
    CHECK((*pending)[i].received_at == At(50));
    CHECK((*pending)[i].body == bodies[i]);
  }
  CHECK(pending->back().id == later->front());
}

TEMPLATE_LIST_TEST_CASE("what is pending can be read in portions, and settled rows leave no gap",
                        "[store]", InboxWorlds) {
  TestType world;
  const auto ids = AcceptAndWait(world.inbox(), std::vector<TriggerBody>(5, BackupEvent{}), At(50));
  REQUIRE(ids);
  world.Settle((*ids)[2]);

  const std::size_t two = 2 * MemoryOf(BackupEvent{});
  const auto first = world.inbox().Pending(Kinds::kAll, TriggerId{}, two);
  REQUIRE(first->triggers.size() == 2);
  CHECK(first->more);
  const auto rest = world.inbox().Pending(Kinds::kAll, first->triggers.back().id, two);

  REQUIRE(rest->triggers.size() == 2);
  CHECK_FALSE(rest->more);
  CHECK(rest->triggers[0].id == (*ids)[3]);
  CHECK(rest->triggers[1].id == (*ids)[4]);
  CHECK(world.inbox().Pending(Kinds::kAll, (*ids)[4], two)->triggers.empty());
}

TEMPLATE_LIST_TEST_CASE("a portion is as large as its bytes, and one trigger at least", "[store]",
                        InboxWorlds) {
  TestType world;
  Alert large;
  large.labels = {{"id", std::string(5000, 'x')}};
  const std::size_t one = MemoryOf(large);
  REQUIRE(AcceptAndWait(world.inbox(), {large, large, large}, At(50)));
  const auto count = [&](std::size_t bytes) {
    return world.inbox().Pending(Kinds::kAll, TriggerId{}, bytes)->triggers.size();
  };
  CHECK(count(0) == 1);
  CHECK(count(2 * one - 1) == 1);
  CHECK(count(2 * one) == 2);
}

TEMPLATE_LIST_TEST_CASE("alerts and the others can be read apart", "[store]", InboxWorlds) {
  TestType world;
  const auto ids =
      AcceptAndWait(world.inbox(), {Alert{}, BackupEvent{}, Alert{}, TestMailRequest{}}, At(50));
  REQUIRE(ids);
  constexpr std::size_t kAll = 1'000'000;
  const auto alerts = world.inbox().Pending(Kinds::kAlerts, TriggerId{}, kAll);
  REQUIRE(alerts->triggers.size() == 2);
  CHECK(alerts->triggers[1].id == (*ids)[2]);
  const auto others = world.inbox().Pending(Kinds::kOthers, TriggerId{}, kAll);
  REQUIRE(others->triggers.size() == 2);
  CHECK(others->triggers[0].id == (*ids)[1]);
  CHECK(world.inbox().Pending(Kinds::kOthers, (*ids)[1], kAll)->triggers.size() == 1);
}

TEMPLATE_LIST_TEST_CASE("labels come back byte for byte whatever they are", "[store][hostile]",
                        InboxWorlds) {
  TestType world;
  Alert alert;
  alert.labels = {{"broken \xff\xc0\xaf utf-8", "\xed\xa0\x80 half a pair"},
                  {std::string{"nul\0in it", 9}, std::string{"\0", 1}},
                  {"control", "\x01\x1f\r\n\t\x7f"},
                  {"long", std::string(300'000, '[')}};

  REQUIRE(AcceptAndWait(world.inbox(), {alert, ReportRequest{PlanId{"\xff\""}}}, At(1)));

  const auto pending = world.inbox().Pending();
  REQUIRE(pending);
  REQUIRE(pending->size() == 2);
  CHECK(std::get<Alert>((*pending)[0].body).identity() == alert.identity());
  CHECK((*pending)[0].body == TriggerBody{alert});
  CHECK(std::get<ReportRequest>((*pending)[1].body).plan == PlanId{"\xff\""});
}

TEMPLATE_LIST_TEST_CASE("a settled trigger is gone and its id is never given again", "[store]",
                        InboxWorlds) {
  TestType world;
  const auto first = AcceptAndWait(world.inbox(), {BackupEvent{}}, At(1));
  REQUIRE(first);

  world.Settle(first->front());

  CHECK(world.inbox().Pending()->empty());
  const auto second = AcceptAndWait(world.inbox(), {BackupEvent{}}, At(2));
  REQUIRE(second);
  CHECK(second->front() > first->front());
}

TEMPLATE_LIST_TEST_CASE("an alert that waits already shares its row until that is settled",
                        "[store]", InboxWorlds) {
  TestType world;
  const auto first = AcceptAndWait(world.inbox(), {FullAlert(), FullAlert()}, At(50));
  const auto again = AcceptAndWait(world.inbox(), {BackupEvent{}, FullAlert()}, At(60));
  REQUIRE((first && again));
  CHECK((*first)[1] == (*first)[0]);
  CHECK((*again)[1] == (*first)[0]);
  const auto pending = world.inbox().Pending();
  REQUIRE(pending->size() == 2);
  CHECK(pending->front().received_at == At(50));

  world.Settle((*first)[0]);
  const auto later = AcceptAndWait(world.inbox(), {FullAlert()}, At(70));
  REQUIRE(later);
  CHECK((*later)[0] > (*again)[0]);
  CHECK(world.inbox().Pending()->back().received_at == At(70));
}

TEMPLATE_LIST_TEST_CASE("alerts that differ in anything have rows of their own", "[store]",
                        InboxWorlds) {
  TestType world;
  Alert other_label = FullAlert();
  other_label.labels["id"] = "4";
  Alert later = FullAlert();
  later.starts_at = At(1763800001);
  Alert whole_group = FullAlert();
  whole_group.group_was_truncated = false;
  Alert without_start = FullAlert();
  without_start.starts_at.reset();
  const std::vector<TriggerBody> bodies{FullAlert(), other_label,   later,
                                        whole_group, without_start, without_start};

  const auto ids = AcceptAndWait(world.inbox(), bodies, At(50));

  REQUIRE(ids);
  CHECK(std::set<TriggerId>{ids->begin(), ids->end()}.size() == bodies.size());
  CHECK(world.inbox().Pending()->size() == bodies.size());
}

TEMPLATE_LIST_TEST_CASE("nothing to store is answered too", "[store]", InboxWorlds) {
  TestType world;
  const auto ids = AcceptAndWait(world.inbox(), {}, At(1));
  REQUIRE(ids);
  CHECK(ids->empty());
}

TEST_CASE("the thread that stores triggers beats, unless it hangs", "[store][watchdog]") {
  using Steady = Heartbeat::SteadyClock;
  TemporaryStore store;
  std::promise<void> storing;
  std::promise<void> go;
  store->inbox().Accept({BackupEvent{}}, At(1), [&](const auto&) {
    storing.set_value();
    go.get_future().wait();
  });
  storing.get_future().wait();
  const auto since = Steady::now();
  while (Steady::now() - since < 2 * kHeartbeatInterval)
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  CHECK(store->inbox_heartbeat().silence(Steady::now()) >= 2 * kHeartbeatInterval);
  go.set_value();
  AcceptAndWait(store->inbox(), {BackupEvent{}}, At(2));
  CHECK(store->inbox_heartbeat().silence(Steady::now()) < 2 * kHeartbeatInterval);
  store->StopInbox();
  CHECK(store->inbox_heartbeat().silence(Steady::now() + std::chrono::hours{1}) ==
        std::chrono::seconds{0});
}

TEMPLATE_LIST_TEST_CASE("many callers at once each get their own ids", "[store]", InboxWorlds) {
  TestType world;
  constexpr int kCallers = 8;
  constexpr int kEach = 50;
  std::vector<std::thread> callers;
  std::mutex mutex;
  std::set<TriggerId> given;
  for (int caller = 0; caller < kCallers; ++caller) {
    callers.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) {
        std::promise<void> answered;
        world.inbox().Accept({BackupEvent{}, TestMailRequest{}}, At(i), [&](auto result) {
          const std::lock_guard lock{mutex};
          if (result) given.insert(result->begin(), result->end());
          answered.set_value();
        });
        answered.get_future().wait();
      }
    });
  }
  for (std::thread& caller : callers) caller.join();

  CHECK(given.size() == 2 * kCallers * kEach);
  CHECK(world.inbox().Pending()->size() == given.size());
}

}  // namespace
}  // namespace backup_monitor::store
