#include "run/recovery_watch.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "run/recovery_points.h"
#include "text/utc_time.h"

namespace backup_monitor::run {
namespace {

/// Plans that were due, and of which it is not known yet whether they ran; and those that have not been due since they
/// are watched: the first backup is still to come.
std::set<PlanId> UnsettledPlans(const RunBook& book) {
  std::set<PlanId> unsettled;
  for (const auto& [id, watch] : book.memory().watches) {
    const PlanTiming* timing = book.TimingOf(id);
    if (timing == nullptr) continue;
    if (watch.settled == watch.since) unsettled.insert(id);
    for (const auto& [node, its] : timing->nodes) {
      const auto first = std::upper_bound(its.due.begin(), its.due.end(), watch.settled);
      if (first != its.due.end() && *first <= book.now()) unsettled.insert(id);
    }
  }
  return unsettled;
}

/// Applications of which a report is still to come.
std::set<ModuleId> Awaited(const RunBook& book) {
  std::set<ModuleId> awaited;
  for (const auto& [id, run] : book.memory().runs) {
    if (run.announced() && !run.open()) continue;
    for (const auto& [module, entry] : run.modules) awaited.insert(module);
  }
  for (const PlanId& plan : UnsettledPlans(book)) {
    const auto& expected = book.view().plans.at(plan).expected;
    awaited.insert(expected.begin(), expected.end());
  }
  return awaited;
}

/// A run has closed since, and its report says so.
bool IsInReport(const ModuleId& module, const RecoveryPoint& point, bool over,
                const RunBook& book) {
  return std::ranges::any_of(book.memory().runs, [&](const auto& entry) {
    const Run& run = entry.second;
    const auto its = run.modules.find(module);
    if (run.open() || its == run.modules.end() || !its->second.counts()) return false;
    const RunModule& closed = its->second;
    if (over) return closed.target && *run.closed_at() - *point.newest > *closed.target;
    return closed.was_over && *run.closed_at() >= *point.newest;
  });
}

}  // namespace

void RecoveryWatch::Settle(RunBook& book) {
  next_.reset();
  const auto points = RecoveryPointsOf(book.view(), book.memory(), book.rules());
  const std::set<ModuleId> awaited = Awaited(book);
  auto watches = book.memory().module_watches;
  for (auto& [module, watch] : watches) {
    if (!points.contains(module)) watch.over.reset();
  }
  Announcement announcement{Announcement::Kind::kRecoveryPoint, {}, std::nullopt};
  for (const auto& [module, point] : points) {
    if (point.state == RecoveryState::kInTarget)
      next_ = std::min(next_.value_or(Time::max()), *point.OverAfter() + seconds{1});
    const bool over = point.state == RecoveryState::kOver;
    const bool known = over || point.state == RecoveryState::kInTarget;
    const auto watch = watches.find(module);
    const auto reported = watch == watches.end() ? std::nullopt : watch->second.over;
    // A target moves with what backups take. Only newer data changes what has been said.
    const bool is_news = known && (reported ? *point.newest > *reported : over);
    if (!is_news || awaited.contains(module)) continue;
    watches[module].over = over ? point.newest : std::nullopt;
    if (IsInReport(module, point, over, book)) continue;
    book.Reason(module.value() + (over ? " is over its target" : " is back in its target") +
                ", its newest data is of " + IsoTime(*point.newest));
    announcement.crossings.push_back({module, over, *point.newest, *point.target});
  }
  book.SetModuleWatches(std::move(watches));
  if (!announcement.crossings.empty()) book.Announce(std::move(announcement));
}

}  // namespace backup_monitor::run
