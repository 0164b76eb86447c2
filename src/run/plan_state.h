#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/cluster_view.h"
#include "model/run_memory.h"
#include "run/run_rules.h"

namespace backup_monitor::run {

/// How a plan is doing: the one answer that every page, mail and metric gives.
enum class PlanState : std::uint8_t {
  kGood,     ///< Its last run succeeded, and nothing is due.
  kLate,     ///< It is due, nothing has come, and the time for it is not over yet.
  kMissed,   ///< It was due, and nothing had come in time.
  kFailing,  ///< Its last run has not succeeded.
  kNever,  ///< It has never run, or never runs by itself: systemd refuses its schedule, or it elapses never again.
  kUnknown,  ///< No run of it has been seen.
};
inline constexpr std::array kAllPlanStates{PlanState::kGood,   PlanState::kLate,
                                           PlanState::kMissed, PlanState::kFailing,
                                           PlanState::kNever,  PlanState::kUnknown};

/// "good"
[[nodiscard]] std::string_view Name(PlanState state) noexcept;

/// As of the look. `plan` is one of the view's.
[[nodiscard]] PlanState StateOf(const PlanId& plan, const ClusterView& view,
                                const RunMemory& memory, const RunRules& rules);

}  // namespace backup_monitor::run
