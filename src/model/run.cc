#include "model/run.h"

#include <algorithm>

namespace backup_monitor {

std::optional<Time> Run::last_end() const {
  std::optional<Time> last;
  for (const auto& [name, module] : modules) {
    if (module.record && (!last || *last < module.record->ended)) last = module.record->ended;
  }
  return last;
}

bool Run::awaits_cluster_backup() const {
  if (open() || origin == RunOrigin::kCompact || destination_id.empty()) return false;
  return !cluster_backup || !cluster_backup->read_at || *cluster_backup->read_at < *closed_at();
}

bool Run::has_errors() const {
  return std::any_of(modules.begin(), modules.end(), [](const auto& entry) {
    const RunModule& module = entry.second;
    return module.counts() && module.record && !module.record->record.succeeded();
  });
}

bool Run::all_succeeded() const {
  bool any = compact_status && compact_status->succeeded;
  for (const auto& [name, module] : modules) {
    if (!module.counts()) continue;
    const SeenRecord* shown = module.shown();
    if (shown == nullptr || !shown->record.succeeded()) return false;
    any = true;
  }
  return any;
}

bool Run::alert_unexplained() const {
  if (!alert || compact_status) return false;
  bool all_after = true;
  bool any = false;
  for (const auto& [name, module] : modules) {
    if (!module.counts()) continue;
    any = true;
    const SeenRecord* shown = module.shown();
    if (shown != nullptr && !shown->record.succeeded()) return false;
    all_after &= shown != nullptr && shown->ended > alert->since;
  }
  return !any || !all_after;
}

bool Run::has_begun_by_log() const {
  return std::ranges::any_of(log, [](const auto& entry) {
    const auto& pass = entry.second.pass;
    return pass && !pass->through_agent && pass->end != LoggedPass::End::kNothingToDo;
  });
}

bool Run::is_missed() const {
  return origin == RunOrigin::kSchedule && !last_end() && !has_begun_by_log();
}

bool Run::rests_on_alert() const { return alert_unexplained() && (!last_end() || all_succeeded()); }

}  // namespace backup_monitor
