#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "cluster/module_table.h"
#include "cluster/status_fields.h"
#include "model/ids.h"
#include "model/status_record.h"

namespace backup_monitor::cluster {

/// Counts the plans of one look.
enum class PlanNumber : std::uint32_t {};

/// Chooses among the records of layouts 1 and 2: at most one per plan and module stays.
class RecordBook {
 public:
  /// `plans` and `modules` must outlive the book. `now` is the time of the look.
  RecordBook(const std::vector<PlanId>& plans, const ModuleTable& modules, Time now);

  [[nodiscard]] const PlanId& plan(PlanNumber number) const { return plans_[Index(number)]; }
  [[nodiscard]] const ModuleTable& modules() const noexcept { return modules_; }

  /// The newer start wins, on equal starts the node where the module is now, then the one offered
  /// first. A start later than a day from now is a clock gone wrong and hides nothing: it stays only
  /// where there is no other.
  void Offer(PlanNumber plan, ModuleNumber module, std::optional<NodeId> node,
             const StatusFields& status);

  /// Whether the plan has any record.
  [[nodiscard]] bool HasRecords(PlanNumber plan) const { return !slots_[Index(plan)].empty(); }

  [[nodiscard]] std::vector<StatusRecord> Take() && { return std::move(records_); }

 private:
  static std::size_t Index(PlanNumber number) noexcept { return static_cast<std::size_t>(number); }
  [[nodiscard]] bool Beats(const StatusRecord& other, std::optional<NodeId> node,
                           const StatusFields& status, ModuleNumber module) const;

  const std::vector<PlanId>& plans_;
  const ModuleTable& modules_;
  Time latest_believable_;
  std::vector<StatusRecord> records_;
  // Per plan and module: 1 + the record's place in records_, 0 for none. Empty: plan without records.
  std::vector<std::vector<std::uint32_t>> slots_;
};

}  // namespace backup_monitor::cluster
