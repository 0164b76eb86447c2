#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"

namespace backup_monitor {

/// How we know in which zone a node's timers run. NS8 does not say it.
enum class ZoneOrigin : std::uint8_t {
  kExpression,  ///< The schedule names it.
  kConfigured,  ///< `schedule.zones`.
  kLearned,     ///< Backups of the node began when the schedule says so in this offset from UTC.
  kAssumed,     ///< The zone of the machine that this program runs on.
};

/// When the timer of a plan elapses on one node.
struct NodeTiming {
  /// By the node's clock, oldest first: those that a look has not settled yet, some before them, and up to kAhead after
  /// the look, since the node's clock may be so much ahead of ours.
  std::vector<Time> due;
  std::optional<Time> next;  ///< After all of `due`. None: never again.
  ZoneOrigin zone = ZoneOrigin::kAssumed;
  std::string zone_name;  ///< For people: "Europe/Rome", "UTC+01:00".
  seconds doubt{0};  ///< The clocks may have been changed by so much since the offset was learned.

  /// The first after `time`; none: never again, or `time` is long past.
  [[nodiscard]] std::optional<Time> NextAfter(Time time) const {
    const auto first = std::upper_bound(due.begin(), due.end(), time);
    if (first != due.end()) return *first;
    return next && *next > time ? next : std::nullopt;
  }

  static constexpr seconds kAhead = std::chrono::hours{2};
  static constexpr std::size_t kMostAhead = 20;
  static constexpr std::size_t kMostSettled = 64;     ///< Of `due`, before the first unsettled one.
  static constexpr std::size_t kMostUnsettled = 500;  ///< Of `due`, the newest.

  friend bool operator==(const NodeTiming&, const NodeTiming&) = default;
};

/// What the schedule of a plan says, with a look. Each node has a systemd timer of its own, which is not persistent:
/// what it misses is not caught up (ns8-core 4f41b359, node/bin/schedule-backup: systemd-run --on-calendar).
struct PlanTiming {
  enum class Kind : std::uint8_t {
    kUnknown,  ///< We cannot read the schedule, or the plan is disabled or has no modules.
    kNever,  ///< systemd refuses the schedule, or it never elapses again: the plan never runs by itself.
    kTimed,
  };
  Kind kind = Kind::kUnknown;
  std::string reason;  ///< Of kUnknown and kNever, for people.
  /// The longest of those from one due moment to the next, around now. Also of kUnknown, where the schedule is read but
  /// not on which node. None: not known.
  std::optional<seconds> interval;
  std::map<NodeId, NodeTiming> nodes;  ///< Of kTimed: those with expected modules.
  /// 1 to 12: months that have not the day of the schedule (schedule/months_left_out.h).
  std::vector<int> months_left_out{};
};

using PlanTimings = std::map<PlanId, PlanTiming>;

}  // namespace backup_monitor
