// How many mails of plans of every usual interval whose node is off.

#include <map>
#include <stdexcept>

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;

/// The plan is first seen at "0 12:00", Monday 2 March 2026, and saved once, when it is first due.
Night AfterTheFirstRun(const char* schedule) {
  Night night;
  night.HasPlan("plan", {"a"});
  night.IsDue("plan", schedule);
  night.Look();
  const auto& timing = night.cluster().timings.at(PlanId{"plan"});
  const Time first = timing.nodes.begin()->second.NextAfter(night.now()).value();
  night.Until(first + std::chrono::minutes{10});
  night.Write(Record("plan", "a", first, night.now()));
  night.Look();
  if (night.TakeMails().size() != 1) throw std::logic_error{"the first run was not one report"};
  return night;
}

TEST_CASE("mails of ninety days in which a node is off", "[run][noise]") {
  const auto [schedule, missed, too_old] = GENERATE(table<const char*, int, int>({
      {"*:00", 91, 1},         // 2160 times due
      {"0/6:00", 90, 1},       // 360
      {"0/8:00", 270, 0},      // 270
      {"01:00", 90, 0},        // 90
      {"Mon 01:00", 12, 0},    // 12
      {"*-*-01 01:00", 2, 1},  // 2
  }));
  CAPTURE(schedule);
  Night night = AfterTheFirstRun(schedule);
  night.Until(night.now() + 90 * hours{24} + hours{4});
  std::map<std::string, int> mails;
  for (const std::string& mail : night.TakeMails()) {
    if (mail.find("MISSED") != std::string::npos) ++mails["missed"];
    else if (mail.find("recovery point") != std::string::npos) ++mails["too old"];
    else ++mails[mail];
  }
  CHECK(mails["missed"] == missed);
  CHECK(mails["too old"] == too_old);
  CHECK(mails.size() == 2);
}

}  // namespace
}  // namespace backup_monitor::testing
