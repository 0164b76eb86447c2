#include "app/alert_route.h"

#include <string>

#include "catch.h"
#include "fakes/fake_clock.h"

namespace backup_monitor::testing {
namespace {

using app::AlertQuestion;
using app::AlertRoute;

class Silent final : public intake::AlertSource {
 public:
  Result<intake::AlertIntake> Firing(Deadline, const std::stop_token&) override {
    return intake::AlertIntake{};
  }
};

struct World {
  FakeClock clock;
  Silent alertmanager;
  Silent cluster;
  Result<std::optional<std::string>> leader{std::nullopt};
  AlertRoute route = Make(&cluster);

  AlertRoute Make(intake::AlertSource* by_cluster) {
    return AlertRoute{{.clock = clock,
                       .alertmanager = alertmanager,
                       .cluster = by_cluster,
                       .find_other_leader = [this] { return leader; }}};
  }
  /// Whom to ask; null: nobody now.
  const intake::AlertSource* Next(bool run_closed = false) {
    const auto question = route.Next(run_closed);
    REQUIRE(question);
    return *question ? &(*question)->source : nullptr;
  }
};

TEST_CASE("where this node leads Alertmanager is asked each time", "[alerts]") {
  World world;
  for (int times = 0; times < 3; ++times) CHECK(world.Next() == &world.alertmanager);
}

TEST_CASE("elsewhere the cluster is asked, at most every ten minutes", "[alerts]") {
  World world;
  world.leader = std::optional<std::string>{"10.5.4.1"};
  CHECK(world.Next() == &world.cluster);
  world.clock.Advance(seconds{599});
  CHECK(world.Next() == nullptr);
  world.clock.Advance(seconds{1});
  CHECK(world.Next() == &world.cluster);
  CHECK(world.Next() == nullptr);
}

TEST_CASE("the clock may jump, it is asked by the time that has passed", "[alerts]") {
  World world;
  world.leader = std::optional<std::string>{"10.5.4.1"};
  CHECK(world.Next() == &world.cluster);
  world.clock.Jump(world.clock.Now() + std::chrono::hours{24});
  CHECK(world.Next() == nullptr);
}

TEST_CASE("when a run has closed the cluster is asked sooner, and that once", "[alerts]") {
  World world;
  world.leader = std::optional<std::string>{"10.5.4.1"};
  CHECK(world.Next() == &world.cluster);
  world.clock.Advance(seconds{59});
  CHECK(world.Next(true) == nullptr);
  world.clock.Advance(seconds{1});
  CHECK(world.Next() == &world.cluster);  // the run that closed is not forgotten
  world.clock.Advance(seconds{60});
  CHECK(world.Next() == nullptr);
}

TEST_CASE("a question without an answer is asked again sooner", "[alerts]") {
  World world;
  world.leader = std::optional<std::string>{"10.5.4.1"};
  CHECK(world.Next() == &world.cluster);
  world.route.NotAnswered();
  world.clock.Advance(seconds{59});
  CHECK(world.Next() == nullptr);
  world.clock.Advance(seconds{1});
  CHECK(world.Next() == &world.cluster);
  world.clock.Advance(seconds{60});
  CHECK(world.Next() == nullptr);
}

TEST_CASE("a node that comes to lead asks its own Alertmanager at once", "[alerts]") {
  World world;
  world.leader = std::optional<std::string>{"10.5.4.1"};
  CHECK(world.Next() == &world.cluster);
  world.leader = std::optional<std::string>{};
  CHECK(world.Next() == &world.alertmanager);
}

TEST_CASE("where nobody can be asked it is said why", "[alerts]") {
  World world;
  world.leader = std::optional<std::string>{"10.5.4.1"};
  const auto without = world.Make(nullptr).Next(false);
  REQUIRE_FALSE(without);
  CHECK(without.error().code == ErrorCode::kNotFound);
  CHECK(without.error().message.find("on the node that leads, 10.5.4.1, and not on this one") !=
        std::string::npos);
  CHECK(without.error().message.find("repo_check.credentials_file") != std::string::npos);

  world.leader = Fail(ErrorCode::kUnavailable, "find the leader: connection refused");
  const auto unknown = world.route.Next(false);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace backup_monitor::testing
