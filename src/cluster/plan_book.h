#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cluster/inquiry.h"
#include "cluster/module_table.h"
#include "cluster/record_book.h"
#include "model/cluster_view.h"

namespace backup_monitor::cluster {

/// What the cluster says of its plans as configured: HASH `cluster/backup/<plan>` and, before 3.20,
/// the SET `module/<module>/backups` (cluster/layouts.h).
class PlanBook {
 public:
  struct Entry {
    Plan plan;
    bool configured = false;               ///< The plan has a hash.
    std::optional<std::string> instances;  ///< As written; none before 3.20.
    std::string destination_host;       ///< Of a destination on a node of the cluster; else empty.
    std::vector<ModuleNumber> members;  ///< By `module/<module>/backups`, in order of asking.
  };

  /// `plans` must outlive the book.
  explicit PlanBook(const std::vector<PlanId>& plans);

  void AskPlan(Inquiry& inquiry, PlanNumber plan);
  /// The plans of one module before 3.20.
  void AskMembership(Inquiry& inquiry, const ModuleId& id, ModuleNumber module);
  /// The destination's name, and on which host of the cluster it lies. Nothing else is read: older cores kept secrets
  /// beside it.
  void AskDestination(Inquiry& inquiry, PlanNumber plan);

  [[nodiscard]] Entry& entry(std::size_t number) { return entries_[number]; }
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  /// A plan key that is no hash: then nothing can be concluded.
  [[nodiscard]] const std::optional<Error>& fault() const noexcept { return fault_; }

 private:
  void ReadPlan(PlanNumber number, const Reply& reply);
  void ReadMembership(ModuleNumber module, const Reply& reply);

  const std::vector<PlanId>& plans_;
  std::vector<Entry> entries_;
  std::optional<Error> fault_;
};

/// Words parted by white space, as Python's str.split(): how NS8 reads `instances`.
[[nodiscard]] std::vector<std::string_view> SplitWords(std::string_view text);

}  // namespace backup_monitor::cluster
