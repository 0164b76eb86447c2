#include "model/alert_contradiction.h"

namespace backup_monitor {

std::string_view Name(AlertContradiction::Kind kind) noexcept {
  switch (kind) {
    case AlertContradiction::Kind::kPlanGone: return "plan_gone";
    case AlertContradiction::Kind::kNotRaised: return "not_raised";
  }
  return "plan_gone";
}

}  // namespace backup_monitor
