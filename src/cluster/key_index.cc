#include "cluster/key_index.h"

#include <cstddef>
#include <string>

#include "cluster/layouts.h"

namespace backup_monitor::cluster {
namespace {

constexpr std::size_t kLongestKey = 600;

// What lies between prefix and suffix, or nothing.
std::string_view Between(std::string_view text, std::string_view prefix, std::string_view suffix) {
  if (text.size() <= prefix.size() + suffix.size()) return {};
  if (!text.starts_with(prefix) || !text.ends_with(suffix)) return {};
  return text.substr(prefix.size(), text.size() - prefix.size() - suffix.size());
}

template <typename Id>
Id Named(std::string_view text) {
  return Id{std::string{text}};
}

}  // namespace

void KeyIndex::Add(std::string_view key, Complaints& complaints) {
  if (key.size() > kLongestKey) {
    complaints.AboutKey(key, "is too long to be taken");
    return;
  }
  if (key.starts_with(kPlanPrefix)) AddPlanKey(key.substr(kPlanPrefix.size()));
  if (key.starts_with(kModulePrefix)) {
    AddModuleKey(key.substr(kModulePrefix.size()));
  }
}

void KeyIndex::AddPlanKey(std::string_view rest) {
  if (const auto plan = Between(rest, "", kStatusSuffix); !plan.empty()) {
    compact_plans.insert(Named<PlanId>(plan));
  } else if (!rest.empty() && rest.find('/') == std::string_view::npos) {
    plans.insert(Named<PlanId>(rest));
  }
}

void KeyIndex::AddModuleKey(std::string_view rest) {
  const std::size_t slash = rest.find('/');
  if (slash == 0 || slash == std::string_view::npos) return;
  const auto module = Named<ModuleId>(rest.substr(0, slash));
  const std::string_view name = rest.substr(slash + 1);
  if (name == "backups") {
    earlier_members.insert(module);
  } else if (const auto earlier = Between(name, "backup_status/", ""); !earlier.empty()) {
    earlier_modules.emplace(Named<PlanId>(earlier), module);
  } else if (const auto compact = Between(name, "backup/", kStatusSuffix); !compact.empty()) {
    compact_modules.emplace(Named<PlanId>(compact), module);
  }
}

}  // namespace backup_monitor::cluster
