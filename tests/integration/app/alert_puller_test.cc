// What Alertmanager has firing becomes a trigger once.

#include "app/alert_puller.h"

#include <atomic>
#include <thread>

#include "base/mutex.h"
#include "catch.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_inbox.h"

namespace backup_monitor::testing {
namespace {

using app::AlertPuller;
using app::AlertQuestion;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

Alert Firing(const std::string& plan, std::int64_t since) {
  Alert alert;
  alert.labels = {{"alertname", "BackupFailed"}, {"id", plan}};
  if (since > 0) alert.starts_at = Time{seconds{since}};
  return alert;
}

/// An Alertmanager in which these alerts fire, or that is away.
class FakeAlertSource final : public intake::AlertSource {
 public:
  void Set(std::vector<Alert> firing) {
    const MutexLock lock{mutex_};
    firing_ = std::move(firing);
    away_ = false;
  }
  void GoAway() {
    const MutexLock lock{mutex_};
    away_ = true;
  }
  Result<intake::AlertIntake> Firing(Deadline, const std::stop_token&) override {
    const MutexLock lock{mutex_};
    ++asked;
    if (away_) return Fail(ErrorCode::kUnavailable, "connection refused");
    intake::AlertIntake intake;
    intake.firing = firing_;
    return intake;
  }

  std::atomic<int> asked{0};

 private:
  Mutex mutex_;
  std::vector<Alert> firing_ GUARDED_BY(mutex_);
  bool away_ GUARDED_BY(mutex_) = false;
};

struct World {
  FakeClock clock;
  FakeAlertSource source;
  FakeInbox inbox;
  Metrics metrics;
  app::WitnessBoard witnesses;
  std::atomic<int> woken{0};
  std::atomic<bool> may_ask{true};
  std::atomic<bool> too_early{false};
  std::atomic<int> closed{0};  ///< How often a question came because a run had closed.
  const milliseconds interval;
  AlertPuller puller{{.clock = clock,
                      .next = [this](bool run_closed) -> Result<std::optional<AlertQuestion>> {
                        if (run_closed) ++closed;
                        if (too_early) return std::nullopt;
                        if (may_ask) return AlertQuestion{source, seconds{10}};
                        return Fail(ErrorCode::kNotFound, "not here");
                      },
                      .inbox = inbox,
                      .metrics = metrics,
                      .witnesses = witnesses,
                      .wake = [this] { ++woken; },
                      .interval = interval}};

  explicit World(milliseconds between = milliseconds{5}) : interval{between} {
    AlertPuller::DeclareMetrics(metrics);
  }
  /// Until it has asked `times` more, from a question that begins now to its end.
  void WaitForQuestions(int times = 2) {
    const int wanted = source.asked + times + 1;
    const auto patience = steady_clock::now() + seconds{10};
    while (source.asked < wanted && steady_clock::now() < patience)
      std::this_thread::sleep_for(milliseconds{1});
    REQUIRE(source.asked >= wanted);
  }
  std::vector<std::string> Plans() {
    std::vector<std::string> plans;
    const auto pending = inbox.Pending();
    REQUIRE(pending);
    for (const Trigger& trigger : *pending)
      plans.push_back(std::get<Alert>(trigger.body).labels.at("id"));
    return plans;
  }
};

using Plans = std::vector<std::string>;

TEST_CASE("an alert that fires is accepted once, as long as it fires", "[alerts]") {
  World world;
  world.source.Set({Firing("1", 100)});
  world.puller.Start();
  world.WaitForQuestions();
  CHECK(world.Plans() == Plans{"1"});
  CHECK(world.woken == 1);
  // The worker has settled it, and it still fires.
  const auto pending = world.inbox.Pending();
  REQUIRE(pending);
  world.inbox.Settle({pending->front().id});
  world.WaitForQuestions();
  CHECK(world.Plans().empty());
  SECTION("another one is accepted beside it") {
    world.source.Set({Firing("1", 100), Firing("2", 150)});
    world.WaitForQuestions();
    CHECK(world.Plans() == Plans{"2"});
    CHECK(world.woken == 2);
  }
  SECTION("when it fires anew it is another one") {
    world.source.Set({});
    world.WaitForQuestions();
    world.source.Set({Firing("1", 200)});
    world.WaitForQuestions();
    CHECK(world.Plans() == Plans{"1"});
  }
  SECTION("an Alertmanager that was away in between changes nothing") {
    world.source.GoAway();
    world.WaitForQuestions();
    world.source.Set({Firing("1", 100)});
    world.WaitForQuestions();
    CHECK(world.Plans().empty());
  }
}

TEST_CASE("an alert that cannot be stored is accepted later", "[alerts]") {
  World world;
  world.inbox.SetOutage(Error{ErrorCode::kUnavailable, "disk full"});
  world.source.Set({Firing("1", 100)});
  world.puller.Start();
  world.WaitForQuestions();
  CHECK(world.woken == 0);
  world.inbox.SetOutage(std::nullopt);
  world.WaitForQuestions();
  CHECK(world.Plans() == Plans{"1"});
  CHECK(world.woken == 1);
}

TEST_CASE("of alerts that are the same one is accepted, and one without a start never",
          "[alerts][hostile]") {
  World world;
  world.source.Set({Firing("1", 100), Firing("1", 100), Firing("2", 0)});
  world.puller.Start();
  world.WaitForQuestions();
  CHECK(world.Plans() == Plans{"1"});
}

TEST_CASE("what is not to be asked is not, until it may be", "[alerts]") {
  World world;
  world.source.Set({Firing("1", 100)});
  world.may_ask = false;
  world.puller.Start();
  std::this_thread::sleep_for(milliseconds{50});
  CHECK(world.source.asked == 0);
  world.may_ask = true;
  world.WaitForQuestions();
  CHECK(world.Plans() == Plans{"1"});
}

app::WitnessState StateOf(const World& world) {
  const auto all = world.witnesses.All();
  return all.empty() ? app::WitnessState{} : all.front();
}

TEST_CASE("as long as it is too early the witness stands as it stood", "[alerts]") {
  World world;
  world.source.Set({Firing("1", 100)});
  world.too_early = true;
  world.puller.Start();
  std::this_thread::sleep_for(milliseconds{50});
  CHECK(world.source.asked == 0);
  CHECK_FALSE(StateOf(world).answered_at);
  CHECK_FALSE(StateOf(world).failed_at);
  world.too_early = false;
  world.WaitForQuestions();
  CHECK(StateOf(world).answered_at);
  CHECK_FALSE(StateOf(world).failed_at);
}

TEST_CASE("a run that closes brings the next question", "[alerts]") {
  World world{milliseconds{60'000}};
  world.puller.Start();
  while (world.source.asked == 0) std::this_thread::sleep_for(milliseconds{1});
  CHECK(world.closed == 0);
  world.puller.RunHasClosed();
  const auto patience = steady_clock::now() + seconds{10};
  while (world.source.asked < 2 && steady_clock::now() < patience)
    std::this_thread::sleep_for(milliseconds{1});
  CHECK(world.source.asked == 2);
  CHECK(world.closed == 1);
}

TEST_CASE("where it was too early for a run that has closed, it is asked soon", "[alerts]") {
  FakeClock clock;
  FakeAlertSource source;
  FakeInbox inbox;
  Metrics metrics;
  app::WitnessBoard witnesses;
  std::atomic<int> early{0};
  std::atomic<int> failed{0};
  AlertPuller puller{{.clock = clock,
                      .next = [&](bool run_closed) -> Result<std::optional<AlertQuestion>> {
                        if (!run_closed || ++early < 3) return std::nullopt;
                        return Fail(ErrorCode::kUnavailable, "away");
                      },
                      .not_answered = [&failed] { ++failed; },
                      .inbox = inbox,
                      .metrics = metrics,
                      .witnesses = witnesses,
                      .wake = [] {},
                      .shortest = milliseconds{5}}};
  AlertPuller::DeclareMetrics(metrics);
  puller.Start();
  puller.RunHasClosed();
  const auto patience = steady_clock::now() + seconds{10};
  while (failed == 0 && steady_clock::now() < patience)
    std::this_thread::sleep_for(milliseconds{1});
  CHECK(early == 3);
  CHECK(failed == 1);
}

TEST_CASE("it ends at once while it waits for the next question", "[alerts]") {
  FakeClock clock;
  FakeAlertSource source;
  FakeInbox inbox;
  Metrics metrics;
  app::WitnessBoard witnesses;
  AlertPuller puller{{.clock = clock,
                      .next = [&source](bool) -> Result<std::optional<AlertQuestion>> {
                        return AlertQuestion{source, seconds{10}};
                      },
                      .inbox = inbox,
                      .metrics = metrics,
                      .witnesses = witnesses,
                      .wake = [] {}}};
  AlertPuller::DeclareMetrics(metrics);
  puller.Start();
  while (source.asked == 0) std::this_thread::sleep_for(milliseconds{1});
  const auto begin = steady_clock::now();
  puller.Stop();
  CHECK(steady_clock::now() - begin < seconds{2});
}

}  // namespace
}  // namespace backup_monitor::testing
