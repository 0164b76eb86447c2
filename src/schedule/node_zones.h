#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"
#include "model/plan_timing.h"
#include "schedule/time_zone.h"

namespace backup_monitor::schedule {

/// The first backup of a run on a node.
struct PassStart {
  PlanId plan;
  Time at;

  friend bool operator==(const PassStart&, const PassStart&) = default;
};

/// The zone in which the timers of a node run, which NS8 says nowhere.
struct NodeZone {
  std::shared_ptr<const TimeZone> zone;
  ZoneOrigin origin = ZoneOrigin::kAssumed;
  std::string name;
  seconds doubt{0};  ///< The node's clocks may show so much more or less.
};

/// Learns the zone of a node from when its backups began. Of the newest 10 pass starts those count that lie within 15
/// minutes after a due moment: in the machine's own zone, and at each offset from UTC that is a multiple of 15 minutes. An
/// offset is learned if more of them fit it than the own zone, and at least 3 fit it and not the own zone; of several the
/// one that they follow most closely. Plans that are
/// due every two hours or more often say nothing. An offset knows of no daylight saving time, so an hour of doubt comes with it.
///
/// `starts`: of one node, oldest first. `schedules`: of all plans, as written.
[[nodiscard]] NodeZone LearnZone(const std::vector<PassStart>& starts,
                                 const std::map<PlanId, std::string>& schedules,
                                 const TimeZones& zones, const std::string& own_name);

}  // namespace backup_monitor::schedule
