#include "model/trigger.h"

namespace backup_monitor {
namespace {

/// Lengths in front make the join unambiguous whatever the text contains.
void AppendCounted(std::string& out, const std::string& text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

}  // namespace

std::optional<Alert::PlanReference> Alert::plan() const {
  for (const char* label : {"backup_id", "id", "name"}) {
    const auto found = labels.find(label);
    if (found != labels.end() && !found->second.empty()) {
      return PlanReference{found->second, std::string{"name"} == label};
    }
  }
  return std::nullopt;
}

std::string Alert::identity() const {
  if (!starts_at) return {};
  std::string text = std::to_string(starts_at->time_since_epoch().count());
  for (const auto& [name, value] : labels) {
    AppendCounted(text, name);
    AppendCounted(text, value);
  }
  return text;
}

}  // namespace backup_monitor
