#include "schedule/node_zones.h"

#include "catch.h"
#include "unit/schedule/made_up_zone.h"

namespace backup_monitor::testing {
namespace {

using namespace std::chrono;
using schedule::PassStart;

const PlanId kDaily{"daily"};
const std::map<PlanId, std::string> kSchedules{
    {kDaily, "02:00"}, {PlanId{"hourly"}, "*:00"}, {PlanId{"utc"}, "02:00 UTC"}};

/// `count` starts of a plan, one a day, so long after 02:00 UTC.
std::vector<PassStart> Starts(const PlanId& plan, int count, seconds after) {
  std::vector<PassStart> starts;
  for (int day = 1; day <= count; ++day)
    starts.push_back({plan, sys_days{2026y / March / day} + 2h + after});
  return starts;
}

/// The machine's own zone is UTC.
schedule::NodeZone Learned(const std::vector<PassStart>& starts) {
  return schedule::LearnZone(starts, kSchedules, MadeUpZones{"", true}, "here");
}

TEST_CASE("a node in the machine's own zone keeps it", "[schedule][zones]") {
  const auto zone = Learned(Starts(kDaily, 5, 10s));
  CHECK(zone.origin == ZoneOrigin::kAssumed);
  CHECK(zone.name == "here");
  CHECK(zone.doubt == 0s);
  CHECK(Learned({}).origin == ZoneOrigin::kAssumed);
}

TEST_CASE("three starts teach another offset, and two do not", "[schedule][zones]") {
  // 02:00 there is 01:00 UTC.
  CHECK(Learned(Starts(kDaily, 2, -1h)).origin == ZoneOrigin::kAssumed);
  const auto zone = Learned(Starts(kDaily, 3, -1h));
  CHECK(zone.origin == ZoneOrigin::kLearned);
  CHECK(zone.name == "UTC+01:00");
  CHECK(zone.zone->At(Time{}).east_of_utc == 1h);
  CHECK(zone.doubt == 1h);
  CHECK(Learned(Starts(kDaily, 3, 5h + 45min)).name == "UTC-05:45");
}

TEST_CASE("a start fits up to 15 minutes after its due moment", "[schedule][zones]") {
  CHECK(Learned(Starts(kDaily, 3, 15min)).origin == ZoneOrigin::kAssumed);
  CHECK(Learned(Starts(kDaily, 3, 15min + 1s)).name == "UTC-00:15");
  CHECK(Learned(Starts(kDaily, 3, -2min)).origin == ZoneOrigin::kAssumed);
  CHECK(Learned(Starts(kDaily, 3, -2min - 1s)).name == "UTC+00:15");
}

TEST_CASE("where as many starts fit the own zone, it stays", "[schedule][zones]") {
  auto starts = Starts(kDaily, 3, 6h);  // by hand, three mornings
  for (const PassStart& due : Starts(kDaily, 3, 0s)) starts.push_back(due);
  CHECK(Learned(starts).origin == ZoneOrigin::kAssumed);
}

TEST_CASE("plans that are due every hour, or name a zone, say nothing of the node's",
          "[schedule][zones]") {
  CHECK(Learned(Starts(PlanId{"hourly"}, 5, 30min)).origin == ZoneOrigin::kAssumed);
  CHECK(Learned(Starts(PlanId{"utc"}, 5, -1h)).origin == ZoneOrigin::kAssumed);
  CHECK(Learned(Starts(PlanId{"gone"}, 5, -1h)).origin == ZoneOrigin::kAssumed);
}

TEST_CASE("after a change of clocks the offset is learned anew", "[schedule][zones]") {
  auto starts = Starts(kDaily, 10, -1h);
  for (int day = 11; day <= 15; ++day) starts.push_back({kDaily, sys_days{2026y / March / day}});
  CHECK(Learned(starts).name == "UTC+01:00");  // 5 of each
  starts.push_back({kDaily, sys_days{2026y / March / 16}});
  CHECK(Learned(starts).name == "UTC+02:00");
}

}  // namespace
}  // namespace backup_monitor::testing
