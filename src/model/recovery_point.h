#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "model/ids.h"

namespace backup_monitor {

/// How old the newest data of an application is, against how old it may be.
enum class RecoveryState : std::uint8_t {
  kInTarget,
  kOver,     ///< Older than its target.
  kNever,    ///< It is in an enabled plan, and no plan has ever had a result of it.
  kUnknown,  ///< No data is known, though there have been results; or it has no target.
};
inline constexpr std::array kAllRecoveryStates{RecoveryState::kInTarget, RecoveryState::kOver,
                                               RecoveryState::kNever, RecoveryState::kUnknown};

/// "in_target"
[[nodiscard]] std::string_view Name(RecoveryState state) noexcept;

/// How far back a restore of one application would go now, whichever plan made the data.
struct RecoveryPoint {
  RecoveryState state = RecoveryState::kUnknown;
  /// The end of its newest good backup, or the newest snapshot where a later check of the repository found another.
  std::optional<Time> newest;
  std::optional<PlanId> plan;     ///< That made it; none if `newest` is none.
  std::optional<seconds> target;  ///< The shortest of its enabled plans'; none if not known.

  /// After it the data is older than its target; none if nothing says when.
  [[nodiscard]] std::optional<Time> OverAfter() const {
    return newest && target ? std::optional{*newest + *target} : std::nullopt;
  }

  friend bool operator==(const RecoveryPoint&, const RecoveryPoint&) = default;
};

/// That the newest data of an application has become older than its target, or is within it again.
struct RecoveryCrossing {
  ModuleId module;
  bool over = true;  ///< False: it is back.
  Time newest;
  seconds target{0};

  friend bool operator==(const RecoveryCrossing&, const RecoveryCrossing&) = default;
};

}  // namespace backup_monitor
