#include "model/recovery_point.h"

namespace backup_monitor {

std::string_view Name(RecoveryState state) noexcept {
  switch (state) {
    case RecoveryState::kInTarget: return "in_target";
    case RecoveryState::kOver: return "over";
    case RecoveryState::kNever: return "never";
    case RecoveryState::kUnknown: return "unknown";
  }
  return "unknown";
}

}  // namespace backup_monitor
