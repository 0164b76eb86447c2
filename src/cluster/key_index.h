#pragma once

#include <set>
#include <string_view>
#include <utility>

#include "cluster/complaints.h"
#include "model/ids.h"

namespace backup_monitor::cluster {

/// Key names found by SCAN, sorted by what they name (cluster/layouts.h). SCAN may return a name
/// twice; here it is once.
struct KeyIndex {
  using Pair = std::pair<PlanId, ModuleId>;

  std::set<PlanId> plans;              ///< `cluster/backup/<plan>`
  std::set<PlanId> compact_plans;      ///< `cluster/backup/<plan>/status`
  std::set<Pair> compact_modules;      ///< `module/<module>/backup/<plan>/status`
  std::set<Pair> earlier_modules;      ///< `module/<module>/backup_status/<plan>`
  std::set<ModuleId> earlier_members;  ///< `module/<module>/backups`

  /// Takes one name; those that name nothing of ours are ignored, names over 600 bytes complained of.
  void Add(std::string_view key, Complaints& complaints);

  [[nodiscard]] bool has_compact() const noexcept {
    return !compact_plans.empty() || !compact_modules.empty();
  }

 private:
  void AddPlanKey(std::string_view rest);
  void AddModuleKey(std::string_view rest);
};

}  // namespace backup_monitor::cluster
