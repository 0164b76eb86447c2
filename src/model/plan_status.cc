#include "model/plan_status.h"

namespace backup_monitor {

std::string_view Name(PlanState state) noexcept {
  switch (state) {
    case PlanState::kGood: return "good";
    case PlanState::kLate: return "late";
    case PlanState::kMissed: return "missed";
    case PlanState::kFailing: return "failing";
    case PlanState::kNever: return "never";
    case PlanState::kUnknown: return "unknown";
  }
  return "unknown";
}

}  // namespace backup_monitor
