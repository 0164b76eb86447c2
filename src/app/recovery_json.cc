#include "app/recovery_json.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "report/json/module_json.h"

namespace backup_monitor::app {
namespace {

using Entry = std::pair<ModuleId, RecoveryPoint>;

/// The later, the less there is to worry about. Of equals the oldest data comes first.
std::size_t PlaceOf(const Entry& entry) {
  constexpr std::array kWorstFirst{RecoveryState::kOver, RecoveryState::kNever,
                                   RecoveryState::kUnknown, RecoveryState::kInTarget};
  return static_cast<std::size_t>(std::ranges::find(kWorstFirst, entry.second.state) -
                                  kWorstFirst.begin());
}

std::vector<Entry> WorstFirst(const std::map<ModuleId, RecoveryPoint>& points) {
  std::vector<Entry> entries{points.begin(), points.end()};
  std::ranges::stable_sort(entries, [](const Entry& left, const Entry& right) {
    return std::pair{PlaceOf(left), left.second.newest} <
           std::pair{PlaceOf(right), right.second.newest};
  });
  return entries;
}

void WritePoint(JsonWriter& json, const Entry& entry, const ClusterView& view) {
  const auto& [id, point] = entry;
  const auto module = view.modules.find(id);
  json.BeginObject();
  json.Text("module", id.value());
  json.Text("ui_name", module == view.modules.end() ? "" : module->second.ui_name);
  const auto node = NodeOf(id, view);
  report::json::WriteNode(json, node, NodeName(node, view));
  json.Text("state", Name(point.state));
  json.Moment("newest_data", point.newest);
  if (point.plan) json.Text("plan", point.plan->value());
  else json.Null("plan");
  report::json::WriteSeconds(json, "target_seconds", point.target);
  json.EndObject();
}

/// What would be left of the applications of one node if it were lost now.
struct NodeLoss {
  int modules = 0;
  int without_data = 0;  ///< None is known.
  int over = 0;
  const Entry* oldest = nullptr;
};

void Add(const Entry& entry, NodeLoss& loss) {
  ++loss.modules;
  if (entry.second.state == RecoveryState::kOver) ++loss.over;
  const auto& newest = entry.second.newest;
  if (!newest) ++loss.without_data;
  else if (loss.oldest == nullptr || *newest < *loss.oldest->second.newest) loss.oldest = &entry;
}

void WriteNodes(JsonWriter& json, const std::vector<Entry>& entries, const ClusterView& view) {
  std::map<std::optional<NodeId>, NodeLoss> losses;
  for (const Entry& entry : entries) Add(entry, losses[NodeOf(entry.first, view)]);
  json.BeginList("nodes");
  for (const auto& [node, loss] : losses) {
    json.BeginObject();
    report::json::WriteNode(json, node, NodeName(node, view));
    json.Number("modules", loss.modules);
    json.Number("without_data", loss.without_data);
    json.Number("over", loss.over);
    const bool any = loss.oldest != nullptr;
    json.Moment("newest_data", any ? loss.oldest->second.newest : std::nullopt);
    if (any) json.Text("oldest_module", loss.oldest->first.value());
    else json.Null("oldest_module");
    json.EndObject();
  }
  json.EndList();
}

}  // namespace

void WriteRecoveryPoints(JsonWriter& json, const WorkerStatus& status) {
  if (!status.view) {
    json.Null("recovery");
    json.Null("nodes");
    return;
  }
  const std::vector<Entry> entries = WorstFirst(status.recovery);
  json.BeginList("recovery");
  for (std::size_t i = 0; i < std::min(entries.size(), kMostRecoveryPoints); ++i)
    WritePoint(json, entries[i], *status.view);
  json.EndList();
  WriteNodes(json, entries, *status.view);
}

}  // namespace backup_monitor::app
