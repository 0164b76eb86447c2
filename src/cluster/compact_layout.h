#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cluster/complaints.h"
#include "cluster/inquiry.h"
#include "cluster/module_table.h"
#include "cluster/record_book.h"
#include "model/cluster_view.h"

namespace backup_monitor::cluster {

/// Layout 3 of cluster/layouts.h: HASH `cluster/backup/<plan>/status` (`result`, `timestamp`,
/// `errors`, and `error` where an installation writes one) and HASH
/// `module/<module>/backup/<plan>/status` (`result`, `timestamp`, `error`). `result` is `success` or
/// `error`, `timestamp` ISO 8601 UTC. A status with another result or timestamp is skipped with a
/// complaint.
class CompactLayout {
 public:
  /// What was found of one plan.
  struct Status {
    std::optional<CompactPlanStatus> plan;
    std::vector<StatusRecord>
        modules;  ///< `start` and `end` are the timestamp; the node is not recorded.

    [[nodiscard]] bool empty() const noexcept { return !plan && modules.empty(); }
  };

  /// The arguments must outlive this, and this the sending of every inquiry.
  CompactLayout(const std::vector<PlanId>& plans, const ModuleTable& modules,
                Complaints& complaints)
      : plans_{plans}, modules_{modules}, complaints_{complaints}, found_(plans.size()) {}

  void AskPlan(Inquiry& inquiry, PlanNumber plan);
  void AskModule(Inquiry& inquiry, PlanNumber plan, ModuleNumber module);

  [[nodiscard]] Status& found(PlanNumber plan) { return found_[static_cast<std::size_t>(plan)]; }

 private:
  [[nodiscard]] const PlanId& id(PlanNumber plan) const {
    return plans_[static_cast<std::size_t>(plan)];
  }
  void ReadPlan(PlanNumber plan, const Reply& reply);
  void ReadModule(PlanNumber plan, ModuleNumber module, const Reply& reply);

  const std::vector<PlanId>& plans_;
  const ModuleTable& modules_;
  Complaints& complaints_;
  std::vector<Status> found_;  // By plan.
};

}  // namespace backup_monitor::cluster
