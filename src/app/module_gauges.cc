#include "app/module_gauges.h"

#include <string>
#include <vector>

namespace backup_monitor::app {
namespace {

constexpr std::string_view kNewest = "backup_monitor_module_newest_good_timestamp_seconds";
constexpr std::string_view kTarget = "backup_monitor_module_target_seconds";

/// Empty: not known.
std::string NodeLabel(const ModuleId& module, const ClusterView& view) {
  const auto node = NodeOf(module, view);
  return node ? std::to_string(node->value()) : std::string{};
}

std::vector<Metrics::Sample> NewestOf(const ClusterView& view, const RunMemory& memory) {
  std::vector<Metrics::Sample> samples;
  for (const auto& [id, plan] : view.plans) {
    if (!plan.enabled) continue;
    for (const ModuleId& module : plan.expected) {
      const auto past = memory.modules.find({id, module});
      const bool known = past != memory.modules.end() && past->second.newest_data;
      const Time newest = known ? *past->second.newest_data : Time{};
      samples.push_back(
          {{{"plan", id.value()}, {"module", module.value()}, {"node", NodeLabel(module, view)}},
           static_cast<double>(newest.time_since_epoch().count())});
    }
  }
  return samples;
}

}  // namespace

void DeclareModuleGauges(Metrics& metrics) {
  metrics.DeclareGauge(std::string{kNewest},
                       "The newest good data of an application under a plan; 0: none is known.");
  metrics.DeclareGauge(
      std::string{kTarget},
      "How old the newest data of an application may be, whichever plan made it; no series if that "
      "is not known.");
}

void ShowModuleGauges(const ClusterView& view, const RunMemory& memory,
                      const std::map<ModuleId, RecoveryPoint>& points, Metrics& metrics) {
  metrics.Replace(kNewest, NewestOf(view, memory));
  std::vector<Metrics::Sample> targets;
  for (const auto& [module, point] : points) {
    if (!point.target) continue;
    targets.push_back({{{"module", module.value()}, {"node", NodeLabel(module, view)}},
                       static_cast<double>(point.target->count())});
  }
  metrics.Replace(kTarget, targets);
}

}  // namespace backup_monitor::app
