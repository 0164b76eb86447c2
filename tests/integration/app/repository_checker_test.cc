#include "app/repository_checker.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <thread>

#include "catch.h"
#include "fakes/fake_clock.h"

namespace backup_monitor::app {
namespace {

using namespace testing;

/// Destinations some of which are still asked by an earlier look.
class Destinations final : public probe::Repository {
 public:
  std::optional<probe::ProbeAnswer> ReadSnapshots(const probe::RepositoryAddress& address,
                                                  const std::stop_token& /*stop*/) override {
    const std::lock_guard lock{mutex_};
    asked_.push_back(address.module.value());
    if (busy_.contains(address.destination_id)) return std::nullopt;
    if (cause_) return probe::Refusal(*cause_, "x");
    return probe::ProbeAnswer{};
  }
  void Refuse(ProbeCause cause) {
    const std::lock_guard lock{mutex_};
    cause_ = cause;
  }
  void SetBusy(const std::string& destination) {
    const std::lock_guard lock{mutex_};
    busy_.insert(destination);
  }
  std::vector<std::string> asked() {
    const std::lock_guard lock{mutex_};
    return asked_;
  }

 private:
  std::mutex mutex_;
  std::set<std::string> busy_;
  std::optional<ProbeCause> cause_;
  std::vector<std::string> asked_;
};

probe::ProbeOrder Order(const std::string& module, const std::string& destination) {
  StatusRecord record;
  record.plan = PlanId{destination};
  record.module = ModuleId{module};
  return {record, destination};
}

struct CheckerWorld {
  CheckerWorld() {
    RepositoryChecker::DeclareMetrics(metrics);
    checker.Start([] {});
  }
  ~CheckerWorld() { checker.Stop(); }

  void Request(int report, const std::vector<probe::ProbeOrder>& orders) {
    checker.Request({PostponedId{report}, orders, clock.Now() + std::chrono::hours{1}});
  }
  template <typename Question>
  static bool Until(Question question) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (!question() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    return question();
  }

  FakeClock clock;
  Metrics metrics;
  WitnessBoard witnesses;
  Destinations destinations;
  RepositoryChecker checker{{clock, destinations, {}, metrics, witnesses, seconds{60}}};
};

TEST_CASE("a destination that is still asked by an earlier look keeps no other waiting", "[app]") {
  CheckerWorld the;
  the.destinations.SetBusy("slow");
  the.Request(1, {Order("a1", "slow"), Order("a2", "slow")});
  REQUIRE(CheckerWorld::Until([&] { return the.checker.IsBlocked({Order("a1", "slow")}); }));
  the.Request(2, {Order("b1", "quick"), Order("b2", "quick")});

  std::vector<Found> found;
  REQUIRE(CheckerWorld::Until([&] {
    for (Found& one : the.checker.Collect()) found.push_back(std::move(one));
    return found.size() == 2;
  }));
  CHECK(found[0].record.module == ModuleId{"b1"});
  CHECK(found[1].record.module == ModuleId{"b2"});
  CHECK_FALSE(the.checker.IsBlocked({Order("b1", "quick")}));
  // a2 was not even tried: it would be asked of the same destination.
  const std::vector<std::string> asked = the.destinations.asked();
  CHECK(std::find(asked.begin(), asked.end(), "a2") == asked.end());
}

TEST_CASE("how the repositories answered is on the board of witnesses", "[app]") {
  using Cause = ProbeCause;
  const auto [cause, trouble] = GENERATE(table<std::optional<Cause>, std::optional<ErrorCode>>({
      {std::nullopt, std::nullopt},
      {Cause::kLocked, std::nullopt},
      {Cause::kNoRepository, std::nullopt},
      {Cause::kUnreachable, ErrorCode::kUnavailable},
      {Cause::kNotStarted, ErrorCode::kUnavailable},
      {Cause::kTimeout, ErrorCode::kTimeout},
      {Cause::kDenied, ErrorCode::kDenied},
      {Cause::kUnknown, ErrorCode::kInvalidInput},
  }));
  CheckerWorld the;
  if (cause) the.destinations.Refuse(*cause);
  the.Request(1, {Order("a1", "nas")});
  std::vector<WitnessState> all;
  REQUIRE(CheckerWorld::Until([&] { return !(all = the.witnesses.All()).empty(); }));
  CHECK(all.front().name == "repositories");
  CHECK(all.front().trouble == trouble);
  CHECK(all.front().answered_at.has_value() == !trouble);
  CHECK(all.front().failed_at.has_value() == trouble.has_value());
}

TEST_CASE("what a report waited for is forgotten with it", "[app]") {
  CheckerWorld the;
  the.destinations.SetBusy("slow");
  the.Request(1, {Order("a1", "slow")});
  REQUIRE(CheckerWorld::Until([&] { return the.checker.IsBlocked({Order("a1", "slow")}); }));
  the.checker.Drop(PostponedId{1});
  CHECK_FALSE(the.checker.IsBlocked({Order("a1", "slow")}));
}

}  // namespace
}  // namespace backup_monitor::app
