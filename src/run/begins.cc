#include "run/begins.h"

#include <algorithm>

#include "run/passes.h"

namespace backup_monitor::run {

std::optional<seconds> UsualInterval(const std::vector<const Run*>& runs) {
  constexpr std::size_t kLeast = 3;
  constexpr std::size_t kMost = 5;
  std::vector<Time> begins;
  for (const Run* run : runs) {
    const bool has_record = std::ranges::any_of(
        run->modules, [](const auto& entry) { return entry.second.record.has_value(); });
    if (has_record) begins.push_back(run->begin);
  }
  std::sort(begins.begin(), begins.end());
  std::vector<seconds> intervals;
  while (begins.size() > 1 && intervals.size() < kMost) {
    const Time later = begins.back();
    begins.pop_back();
    intervals.push_back(later - begins.back());
  }
  if (intervals.size() < kLeast) return std::nullopt;
  const auto middle = intervals.begin() + static_cast<std::ptrdiff_t>(intervals.size() / 2);
  std::nth_element(intervals.begin(), middle, intervals.end());
  return *middle;
}

PassBegin::PassBegin(const SeenRecord& record, const ClusterView& view, const RunMemory& memory)
    : earliest{record.started}, latest{record.started} {
  const PlanId& plan = record.record.plan;
  const ModuleId& module = record.record.module;
  if (const auto own = UsualStart(plan, module, memory)) {
    usual = *own;
    known = true;
    return;
  }
  if (!record.record.node) return;
  // It has no past: its node begins as early as any of its modules has, and those before it take their time.
  const std::size_t place = PlaceOf(plan, module, memory);
  for (const ModuleId& id : view.plans.at(plan).expected) {
    const auto its = view.modules.find(id);
    if (its == view.modules.end() || its->second.node != record.record.node) continue;
    const auto start = UsualStart(plan, id, memory);
    if (!start) continue;
    usual = known ? std::min(usual, *start) : *start;
    known = true;
    if (PlaceOf(plan, id, memory) < place) earliest -= *UsualDuration(plan, id, memory);
  }
}

seconds PassBegin::Off(Time run_begin) const noexcept {
  if (latest < run_begin) return run_begin - latest;
  return std::max(earliest - (run_begin + usual), seconds{0});
}

}  // namespace backup_monitor::run
