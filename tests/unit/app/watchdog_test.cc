#include "app/watchdog.h"

#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "catch.h"

namespace backup_monitor::app {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using Moment = Watchdog::SteadyClock::time_point;

class Environment {
 public:
  Environment(const char* timeout, const char* process) {
    Set("WATCHDOG_USEC", timeout);
    Set("WATCHDOG_PID", process);
  }
  ~Environment() {
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
  }

 private:
  static void Set(const char* name, const char* value) {
    if (value != nullptr) setenv(name, value, 1);
    else unsetenv(name);
  }
};

/// Threads whose silence is set by hand, and what the service manager heard.
struct Watched {
  explicit Watched(std::optional<microseconds> timeout = seconds{60})
      : watchdog{timeout,
                 {{"worker", [this](Moment) { return worker; }},
                  {"inbox", [this](Moment) { return inbox; }}},
                 [this](std::string_view state) { heard.emplace_back(state); }} {}

  Watchdog::SteadyClock::duration worker{};
  Watchdog::SteadyClock::duration inbox{};
  std::vector<std::string> heard;
  Watchdog watchdog;
};

TEST_CASE("the service manager says how often it wants to hear from us", "[watchdog]") {
  const std::string self = std::to_string(getpid());
  {
    const Environment environment{"60000000", nullptr};
    CHECK(WatchdogTimeout() == seconds{60});
  }
  {
    const Environment environment{"3000000", self.c_str()};
    CHECK(WatchdogTimeout() == seconds{3});
  }
}

TEST_CASE("what is no time, or is meant for another process, is no watchdog",
          "[watchdog][hostile]") {
  const char* const timeout = GENERATE(static_cast<const char*>(nullptr), "", "0", "-5", "soon",
                                       "10s", "99999999999999999999");
  const Environment environment{timeout, nullptr};
  CHECK_FALSE(WatchdogTimeout());
  const Environment foreign{"60000000", "1"};
  CHECK_FALSE(WatchdogTimeout());
}

TEST_CASE("while every thread makes progress the manager hears so, at half its patience",
          "[watchdog]") {
  Watched watched;
  CHECK(watched.watchdog.interval() == seconds{30});
  watched.worker = watched.inbox = seconds{120};
  watched.watchdog.Check({});
  CHECK(watched.heard == std::vector<std::string>{"WATCHDOG=1"});
}

TEST_CASE("one hung thread is enough to say nothing, until it goes on", "[watchdog]") {
  Watched watched;
  auto& hung = GENERATE(true, false) ? watched.worker : watched.inbox;
  hung = seconds{120} + nanoseconds{1};
  watched.watchdog.Check({});
  watched.watchdog.Check({});
  CHECK(watched.heard.empty());
  hung = {};
  watched.watchdog.Check({});
  CHECK(watched.heard == std::vector<std::string>{"WATCHDOG=1"});
}

TEST_CASE("without a watchdog nobody is notified", "[watchdog]") {
  Watched watched{std::nullopt};
  watched.watchdog.Check({});
  CHECK(watched.heard.empty());
  CHECK(watched.watchdog.interval() == hours{1});
}

}  // namespace
}  // namespace backup_monitor::app
