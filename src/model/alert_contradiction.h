#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"
#include "model/trigger.h"

namespace backup_monitor {

/// Which alerts fired when Alertmanager was last asked. What was posted is not among them.
struct FiringAlerts {
  Time read_at;
  std::vector<Alert> alerts;
};

/// What fires does not fit what is known of the plans.
struct AlertContradiction {
  enum class Kind : std::uint8_t {
    kPlanGone,   ///< The alert is of a plan that has been removed.
    kNotRaised,  ///< The last run of a plan has failed on `node`, and no alert says so.
  };

  Kind kind = Kind::kPlanGone;
  PlanId plan{};
  std::string plan_name{};  ///< Foreign text.
  std::optional<NodeId> node{};
  std::string node_name{};      ///< May be empty. Foreign text.
  std::optional<Time> since{};  ///< Of an alert: its `startsAt`; kNotRaised: when the run closed.
  bool silenced = false;        ///< Alert::silenced.

  friend bool operator==(const AlertContradiction&, const AlertContradiction&) = default;
};

/// The words of the API: "plan_gone", "not_raised".
[[nodiscard]] std::string_view Name(AlertContradiction::Kind kind) noexcept;

}  // namespace backup_monitor
