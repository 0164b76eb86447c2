#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/cluster_view.h"
#include "model/ids.h"
#include "model/plan_timing.h"
#include "model/run_memory.h"
#include "schedule/calendar_expression.h"
#include "schedule/elapses.h"
#include "schedule/node_zones.h"
#include "schedule/time_zone.h"

namespace backup_monitor::schedule {

/// When the timers of all plans elapse, as facts for run/. Keeps what it has worked out; one thread.
class Timetable {
 public:
  /// `configured`: the zones of nodes that `schedule.zones` names. `own_name`: of the machine's own, for people.
  Timetable(const TimeZones& zones, std::map<NodeId, std::string> configured, std::string own_name);

  /// Of every plan that is enabled and has a schedule and modules. `memory`: what the plans' runs have taught, and
  /// which due moments are settled.
  [[nodiscard]] PlanTimings At(const ClusterView& view, const RunMemory& memory);

 private:
  using PassStarts = std::map<NodeId, std::vector<PassStart>>;  ///< Oldest first.

  /// The timer of one plan on one node.
  struct Timer {
    std::string schedule;
    NodeZone zone;
    Result<CalendarExpression> expression;
    std::vector<Time> due;     ///< Up to the last look.
    std::vector<Time> ahead;   ///< After it, up to NodeTiming::kAhead.
    std::optional<Time> next;  ///< After all of them.
    Time looked_at = Time::min();
    Time unsure_until =
        Time::min();  ///< Another zone was learned: its due moments up to then are left out.
  };
  struct Learned {
    std::vector<PassStart> starts;
    std::map<PlanId, std::string> schedules;
    NodeZone zone;
  };

  [[nodiscard]] const NodeZone& ZoneOf(NodeId node, const std::map<PlanId, std::string>& schedules,
                                       const PassStarts& starts);
  [[nodiscard]] Timer& TimerOf(const Plan& plan, std::optional<NodeId> node, const NodeZone& zone,
                               Time now);

  /// Brings the due moments of a timer up to `now`; those up to `from` need not be judged.
  static void Advance(Timer& timer, Time from, Time now);
  /// The longest from one due moment to the next.
  [[nodiscard]] static std::optional<seconds> IntervalOf(const Timer& timer);
  [[nodiscard]] PlanTiming TimingOf(const Plan& plan, const ClusterView& view, Time settled,
                                    const std::map<PlanId, std::string>& schedules,
                                    const PassStarts& starts);

  const TimeZones& zones_;
  std::map<NodeId, std::string> configured_;
  std::string own_name_;
  std::map<NodeId, Learned> learned_;
  /// A plan of which no node is known has one timer, for how often it elapses.
  std::map<std::pair<PlanId, std::optional<NodeId>>, Timer> timers_;
};

}  // namespace backup_monitor::schedule
