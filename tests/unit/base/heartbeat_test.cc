#include "base/heartbeat.h"

#include "catch.h"

namespace backup_monitor {
namespace {

using std::chrono::seconds;

TEST_CASE("silence is counted from the last beat", "[heartbeat]") {
  Heartbeat heartbeat;
  const auto before = Heartbeat::SteadyClock::now();
  heartbeat.Beat();
  const auto after = Heartbeat::SteadyClock::now();
  CHECK(heartbeat.silence(before + seconds{10}) <= seconds{10});
  CHECK(heartbeat.silence(after + seconds{10}) >= seconds{10});
  CHECK(heartbeat.silence(before - seconds{1}) == seconds{0});
}

TEST_CASE("before its first beat and after its end no beat of a thread is expected",
          "[heartbeat]") {
  Heartbeat heartbeat;
  const auto later = Heartbeat::SteadyClock::now() + std::chrono::hours{1};
  CHECK(heartbeat.silence(later) == seconds{0});
  heartbeat.Beat();
  CHECK(heartbeat.silence(later) > seconds{0});
  heartbeat.End();
  CHECK(heartbeat.silence(later) == seconds{0});
}

}  // namespace
}  // namespace backup_monitor
