#include <algorithm>
#include <stop_token>
#include <thread>

#include "catch.h"
#include "contract/probe/repository_under_test.h"

// What every way of looking into a repository promises (probe/repository.h).

namespace backup_monitor::probe {
namespace {

using namespace testing;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

const RepositoryKind& AnyKind() {
  static const std::vector<RepositoryKind> kinds{{"fake", &MakeFakeRepository},
                                                 {"command", &MakeCommandRepository},
                                                 {"cluster", &MakeClusterRepository}};
  return kinds[GENERATE(0U, 1U, 2U)];
}

ProbeAnswer Look(RepositoryUnderTest& world, const std::stop_token& stop = {}) {
  return world.repository()
      .ReadSnapshots({PlanId{"1"}, ModuleId{"mail1"}, "48ce000a", "mail/2f3c56e2"}, stop)
      .value();
}

Snapshot At(std::int64_t unix_seconds, std::string id, std::optional<std::uint64_t> size) {
  return {Time{seconds{unix_seconds}}, std::move(id), size};
}

TEST_CASE("all snapshots are told", "[contract][probe]") {
  const RepositoryKind& kind = AnyKind();
  INFO(kind.name);
  const auto world = kind.make(seconds{10});
  const std::vector<Snapshot> snapshots{At(1'795'312'800, "aa", 4096),
                                        At(1'795'399'200, "bb", std::nullopt)};
  world->HasSnapshots(snapshots);

  ProbeAnswer answer = Look(*world);
  REQUIRE_FALSE(answer.failure);
  std::ranges::sort(answer.snapshots, {}, &Snapshot::at);
  CHECK(answer.snapshots == snapshots);
}

TEST_CASE("an empty repository is no failure", "[contract][probe]") {
  const RepositoryKind& kind = AnyKind();
  INFO(kind.name);
  const auto world = kind.make(seconds{10});
  world->HasSnapshots({});
  const ProbeAnswer answer = Look(*world);
  CHECK_FALSE(answer.failure);
  CHECK(answer.snapshots.empty());
}

TEST_CASE("a refusal has a cause and words, and a later look may succeed", "[contract][probe]") {
  const RepositoryKind& kind = AnyKind();
  INFO(kind.name);
  const auto world = kind.make(seconds{10});
  world->ResticSays("Fatal: open rest:http://user:shoe43@nas/x: connection refused");

  const ProbeAnswer refused = Look(*world);
  REQUIRE(refused.failure);
  CHECK(refused.failure->cause == ProbeCause::kUnreachable);
  CHECK(refused.failure->words == "Fatal: open rest:http://***@nas/x: connection refused");
  CHECK(refused.snapshots.empty());
  world->HasSnapshots({At(1'795'312'800, "aa", 4096)});
  CHECK(Look(*world).snapshots.size() == 1);
}

TEST_CASE("what does not answer ends with the timeout", "[contract][probe]") {
  const RepositoryKind& kind = AnyKind();
  INFO(kind.name);
  const auto world = kind.make(milliseconds{300});
  world->Hangs();
  const auto begin = steady_clock::now();
  const ProbeAnswer answer = Look(*world);
  REQUIRE(answer.failure);
  CHECK(answer.failure->cause == ProbeCause::kTimeout);
  CHECK(steady_clock::now() - begin < seconds{5});
}

TEST_CASE("a stop ends the look", "[contract][probe]") {
  const RepositoryKind& kind = AnyKind();
  INFO(kind.name);
  const auto world = kind.make(seconds{60});
  world->Hangs();
  std::stop_source stop;
  const auto begin = steady_clock::now();
  const std::jthread stopper{[&stop, begin] {
    while (steady_clock::now() - begin < milliseconds{200}) std::this_thread::yield();
    stop.request_stop();
  }};
  const ProbeAnswer answer = Look(*world, stop.get_token());
  REQUIRE(answer.failure);
  CHECK(answer.failure->cause == ProbeCause::kTimeout);
  CHECK(steady_clock::now() - begin < seconds{5});
}

}  // namespace
}  // namespace backup_monitor::probe
