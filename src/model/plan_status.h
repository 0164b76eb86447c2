#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace backup_monitor {

/// How a plan is doing: the one answer that every page, mail and metric gives. The first that fits.
enum class PlanState : std::uint8_t {
  kGood,  ///< Its last run succeeded, and is no older than two of its intervals.
  kLate,  ///< It is due, nothing has come, and the time for it is not over yet.
  kMissed,  ///< When it was last due, nothing came in time. A run that a person began does not change that.
  kFailing,  ///< Its last run has not succeeded.
  kNever,  ///< It has never run, or never runs by itself: systemd refuses its schedule, or it elapses never again.
  kUnknown,  ///< No run of it has been seen, or none for long.
};
inline constexpr std::array kAllPlanStates{PlanState::kGood,   PlanState::kLate,
                                           PlanState::kMissed, PlanState::kFailing,
                                           PlanState::kNever,  PlanState::kUnknown};

/// "good"
[[nodiscard]] std::string_view Name(PlanState state) noexcept;

struct PlanStatus {
  PlanState state = PlanState::kUnknown;
  std::optional<Time> due;   ///< Of kLate and kMissed: the newest due moment that nothing answers.
  std::optional<Time> next;  ///< When it is due next; none if never or not known.
  std::string never_due;     ///< Why it never runs by itself, for people; empty if it does.

  friend bool operator==(const PlanStatus&, const PlanStatus&) = default;
};

}  // namespace backup_monitor
