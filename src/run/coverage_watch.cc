#include "run/coverage_watch.h"

#include <algorithm>
#include <set>
#include <utility>

namespace backup_monitor::run {
namespace {

void Forget(ModuleWatch& watch) {
  watch.uuid.clear();
  watch.unprotected_since.reset();
  watch.unprotected_reported = false;
}

}  // namespace

void CoverageWatch::Settle(RunBook& book) {
  next_.reset();
  const ClusterView& view = book.view();
  const std::set<ModuleId> in_plan = InEnabledPlans(view);
  auto watches = book.memory().module_watches;
  for (auto& [id, watch] : watches) {
    const auto module = view.modules.find(id);
    const bool known = module != view.modules.end();
    const bool another = known && !watch.uuid.empty() && !module->second.uuid.empty() &&
                         watch.uuid != module->second.uuid;
    if (!known || another || in_plan.contains(id) || !module->second.needs_backup) Forget(watch);
  }
  Announcement announcement{Announcement::Kind::kUnprotected, {}, std::nullopt};
  for (const auto& [id, module] : view.modules) {
    if (!module.needs_backup || in_plan.contains(id)) continue;
    ModuleWatch& watch = watches[id];
    if (!module.uuid.empty()) watch.uuid = module.uuid;
    // Our clock may have stepped back.
    watch.unprotected_since = std::min(watch.unprotected_since.value_or(book.now()), book.now());
    if (module.exempt) watch.unprotected_reported = false;
    if (module.exempt || watch.unprotected_reported) continue;
    const Time at = *watch.unprotected_since + kPatience;
    if (book.now() < at) {
      next_ = std::min(next_.value_or(at), at);
      continue;
    }
    watch.unprotected_reported = true;
    announcement.modules.push_back(id);
    book.Reason(id.value() + " has been in no enabled plan for a day");
  }
  book.SetModuleWatches(std::move(watches));
  if (!announcement.modules.empty()) book.Announce(std::move(announcement));
}

}  // namespace backup_monitor::run
