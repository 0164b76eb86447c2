#include "model/trigger.h"

#include "base/digest.h"

namespace backup_monitor {
namespace {

/// Lengths in front make the join unambiguous whatever the text contains.
void AddCounted(Digest& digest, std::string_view text) {
  digest.Add(std::to_string(text.size())).Add(":").Add(text);
}

/// One node of a map of two strings (libstdc++ 12: 32 bytes and 32 for each string) with its allocation,
/// and what it costs the vector and the variant that hold its alert.
constexpr std::size_t kBytesPerLabel = 112;
constexpr std::size_t kBytesPerTrigger = 256;

std::size_t BeyondTheString(const std::string& text) {
  return text.size() < 16 ? 0 : text.capacity() + 17;
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
  if (!whole_identity.empty()) return whole_identity;
  return IdentityOf({labels.begin(), labels.end()}, *starts_at);
}

std::string IdentityOf(const std::map<std::string_view, std::string_view>& labels, Time starts_at) {
  Digest digest;
  digest.Add(std::to_string(starts_at.time_since_epoch().count()));
  for (const auto& [name, value] : labels) {
    AddCounted(digest, name);
    AddCounted(digest, value);
  }
  return digest.Hex();
}

std::string IdentityOfText(std::string_view written_out) { return Digest{}.Add(written_out).Hex(); }

std::size_t MemoryOf(const TriggerBody& body) {
  std::size_t bytes = kBytesPerTrigger;
  if (const auto* alert = std::get_if<Alert>(&body)) {
    for (const auto& [name, value] : alert->labels) {
      bytes += kBytesPerLabel + BeyondTheString(name) + BeyondTheString(value);
    }
  }
  if (const auto* request = std::get_if<ReportRequest>(&body);
      request != nullptr && request->plan) {
    bytes += BeyondTheString(request->plan->value());
  }
  return bytes;
}

}  // namespace backup_monitor
