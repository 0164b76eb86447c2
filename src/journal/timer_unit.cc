#include "journal/timer_unit.h"

#include <algorithm>

#include "text/ascii.h"

namespace backup_monitor::journal {
namespace {

constexpr std::string_view kPrefix = "backup";
constexpr std::string_view kSuffix = ".service";
constexpr std::size_t kLongest = 20;  // digits

}  // namespace

std::string UnitOf(const PlanId& plan) {
  return std::string{kPrefix}.append(plan.value()).append(kSuffix);
}

std::optional<PlanId> PlanOfTimer(std::string_view unit) {
  if (!unit.starts_with(kPrefix) || !unit.ends_with(kSuffix)) return std::nullopt;
  unit.remove_prefix(kPrefix.size());
  unit.remove_suffix(std::min(kSuffix.size(), unit.size()));
  if (unit.empty() || unit.size() > kLongest || !std::ranges::all_of(unit, IsDigit))
    return std::nullopt;
  return PlanId{std::string{unit}};
}

}  // namespace backup_monitor::journal
