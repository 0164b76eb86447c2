#include "app/worker.h"

#include <atomic>
#include <future>

#include "catch.h"
#include "integration/app/pipeline_world.h"

namespace backup_monitor::app {
namespace {

using testing::hours;
using testing::minutes;

/// The cluster behind a lock: the test changes it while the worker looks.
class SharedCluster final : public cluster::ClusterReader {
 public:
  explicit SharedCluster(testing::FakeCluster& cluster) : cluster_{cluster} {}
  Result<ClusterView> Look(Time now) override {
    const std::lock_guard lock{mutex_};
    return cluster_.Look(now);
  }
  template <typename Change>
  void Do(Change change) {
    const std::lock_guard lock{mutex_};
    change(cluster_);
  }

 private:
  std::mutex mutex_;
  testing::FakeCluster& cluster_;
};

struct Workplace : testing::PipelineWorld {
  Workplace() { Worker::DeclareMetrics(metrics); }
  ~Workplace() { worker.Stop(); }

  Result<std::vector<TriggerId>> Accept(TriggerBody body) {
    std::promise<Result<std::vector<TriggerId>>> promise;
    auto answer = promise.get_future();
    store->inbox().Accept({std::move(body)}, clock.Now(),
                          [&](auto result) { promise.set_value(result); });
    auto ids = answer.get();
    worker.Wake();
    return ids;
  }

  /// Waits until `question` is true, waking the worker now and then.
  template <typename Question>
  bool Until(Question question) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{15};
    while (!question()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      worker.Wake();
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return true;
  }
  bool UntilLooked() {
    return Until([&] { return worker.status().last_look == clock.Now(); });
  }

  SharedCluster shared{cluster};
  announcement::MessageWriter writer{testing::MailTo({"a@example.org"})};
  std::atomic<int> closings{0};  ///< Steps in which a run has closed.
  Worker worker{{.clock = clock,
                 .cluster = shared,
                 .inbox = store->inbox(),
                 .store = store->runs(),
                 .archive = store->archive(),
                 .metrics = metrics,
                 .writer = writer,
                 .wake_delivery = [] {},
                 .run_has_closed = [this] { ++closings; }},
                {}};
};

TEST_CASE("a run that no trigger told is found by the look alone", "[worker]") {
  Workplace place;
  place.worker.Start();
  REQUIRE(place.UntilLooked());

  place.clock.Advance(hours{24});
  place.shared.Do([&](auto&) {
    place.Record("mail1", minutes{-20});
    place.Record("samba1", minutes{-10}, 1);
  });

  REQUIRE(place.Until([&] { return place.Messages().size() == 1; }));
  CHECK(place.Messages()[0].subject.find("partially failed") != std::string::npos);
  CHECK(place.Until([&] {
    return place.metrics.Expose().find("backup_monitor_runs_total{outcome=\"PARTIAL\"} 1\n") !=
           std::string::npos;
  }));
}

TEST_CASE("that a run has closed is told once, and not while it is open", "[worker]") {
  Workplace place;
  place.worker.Start();
  REQUIRE(place.UntilLooked());
  place.clock.Advance(hours{24});
  place.shared.Do([&](auto&) { place.Record("mail1", minutes{-20}); });
  REQUIRE(place.UntilLooked());
  CHECK(place.closings == 0);
  place.shared.Do([&](auto&) { place.Record("samba1", minutes{-10}); });
  REQUIRE(place.Until([&] { return place.closings > 0; }));
  place.clock.Advance(minutes{5});
  REQUIRE(place.UntilLooked());
  CHECK(place.closings == 1);
}

TEST_CASE("Redis away at the start: the worker says so, and catches up", "[worker]") {
  Workplace place;
  place.shared.Do([](auto& cluster) {
    cluster.SetOutage(Error{ErrorCode::kUnavailable, "refused"});
  });
  place.worker.Start();
  REQUIRE(place.Until([&] { return place.worker.status().cluster_error == "refused"; }));
  CHECK_FALSE(place.worker.status().cluster_reachable);

  place.shared.Do([](auto& cluster) { cluster.SetOutage(std::nullopt); });

  REQUIRE(place.Until([&] { return place.worker.status().cluster_reachable; }));
}

/// A cluster that does not answer until it is let go.
class HangingCluster final : public cluster::ClusterReader {
 public:
  Result<ClusterView> Look(Time /*now*/) override {
    asked.set_value();
    go_.get_future().wait();
    return Fail(ErrorCode::kUnavailable, "let go");
  }
  void LetGo() { go_.set_value(); }
  std::promise<void> asked;

 private:
  std::promise<void> go_;
};

TEST_CASE("an idle worker beats, and one that hangs in a look does not", "[worker][watchdog]") {
  using Steady = Heartbeat::SteadyClock;
  Workplace place;
  CHECK(place.worker.heartbeat().silence(Steady::now()) == seconds{0});  // it has not begun
  place.worker.Start();
  REQUIRE(place.UntilLooked());
  const auto begin = Steady::now();
  // Of an idle thread: it beats although nobody wakes it.
  while (Steady::now() - begin < 3 * kHeartbeatInterval) {
    REQUIRE(place.worker.heartbeat().silence(Steady::now()) < 2 * kHeartbeatInterval);
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }

  HangingCluster hanging;
  Worker stuck{{.clock = place.clock,
                .cluster = hanging,
                .inbox = place.store->inbox(),
                .store = place.store->runs(),
                .archive = place.store->archive(),
                .metrics = place.metrics,
                .writer = place.writer,
                .wake_delivery = [] {}},
               {}};
  stuck.Start();
  hanging.asked.get_future().wait();
  const auto since = Steady::now();
  CHECK(stuck.heartbeat().silence(since + std::chrono::hours{1}) >= std::chrono::hours{1});
  hanging.LetGo();
  stuck.Stop();
  CHECK(stuck.heartbeat().silence(Steady::now() + std::chrono::hours{1}) == seconds{0});
}

TEST_CASE("the test mail says what is watched, and is found by its request", "[worker]") {
  Workplace place;
  place.worker.Start();
  REQUIRE(place.UntilLooked());

  const auto request = place.Accept(TestMailRequest{});
  REQUIRE(request);

  REQUIRE(
      place.Until([&] { return !place.store->archive().MessagesFor(request->front())->empty(); }));
  const auto messages = *place.store->archive().MessagesFor(request->front());
  CHECK(messages[0].message.kind == ReportKind::kTest);
  CHECK(place.store->inbox().Pending()->empty());
}

TEST_CASE("the test mail is sent although the cluster cannot be read", "[worker]") {
  Workplace place;
  place.shared.Do([](auto& cluster) {
    cluster.SetOutage(Error{ErrorCode::kUnavailable, "refused"});
  });
  place.worker.Start();

  const auto request = place.Accept(TestMailRequest{});

  REQUIRE(request);
  REQUIRE(
      place.Until([&] { return !place.store->archive().MessagesFor(request->front())->empty(); }));
}

TEST_CASE("a report on request shows each plan as it stands", "[worker]") {
  Workplace place;
  place.worker.Start();
  REQUIRE(place.UntilLooked());

  const auto request = place.Accept(ReportRequest{});

  REQUIRE(request);
  REQUIRE(
      place.Until([&] { return !place.store->archive().MessagesFor(request->front())->empty(); }));
  const auto message = place.store->archive().MessagesFor(request->front())->front().message;
  CHECK(message.kind == ReportKind::kOnRequest);
  CHECK(message.subject.find("Nightly") != std::string::npos);
}

TEST_CASE("a flood is worked off in portions, and each alert gets its answer", "[worker]") {
  Workplace place;
  std::vector<TriggerBody> flood;
  for (int i = 0; i < 6000; ++i) {
    // The same alert in other words: one that comes word for word again shares the row of the first.
    flood.emplace_back(
        Alert{.labels = {{"alertname", "BackupFailed"}, {"id", "1"}, {"n", std::to_string(i)}},
              .starts_at = place.clock.Now() - hours{1},
              .group_was_truncated = false,
              .whole_identity = "the same"});
  }
  std::promise<bool> stored;
  place.store->inbox().Accept(flood, place.clock.Now(),
                              [&](auto ids) { stored.set_value(ids.has_value()); });
  REQUIRE(stored.get_future().get());
  place.worker.Start();

  // The first one waits for its explanation, the others are its repetitions.
  REQUIRE(place.Until([&] { return place.store->inbox().Pending()->size() == 1; }));
  CHECK(place.Until([&] {  // counted once it is on disk
    return place.metrics.Expose().find("backup_monitor_alerts_total{fate=\"repeated\"} 5999\n") !=
           std::string::npos;
  }));
}

TEST_CASE("an accepted alert outlives the worker that did not get to it", "[worker]") {
  Workplace place;
  place.worker.Start();
  REQUIRE(place.UntilLooked());
  const auto accepted = place.Accept(Alert{.labels = {{"alertname", "BackupFailed"}, {"id", "99"}},
                                           .starts_at = place.clock.Now()});
  REQUIRE(accepted);
  place.worker.Stop();
  REQUIRE(place.store->inbox().Pending()->size() == 1);  // it waits for wait_seconds

  Worker next{{.clock = place.clock,
               .cluster = place.shared,
               .inbox = place.store->inbox(),
               .store = place.store->runs(),
               .archive = place.store->archive(),
               .metrics = place.metrics,
               .writer = place.writer,
               .wake_delivery = [] {}},
              {}};
  place.clock.Advance(seconds{31});
  next.Start();

  REQUIRE(place.Until([&] { return place.Messages().size() == 1; }));
  CHECK(place.Messages()[0].kind == ReportKind::kUnknownPlan);
  CHECK(place.store->inbox().Pending()->empty());
}

}  // namespace
}  // namespace backup_monitor::app
