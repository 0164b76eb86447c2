#pragma once

#include "cluster/complaints.h"
#include "cluster/inquiry.h"
#include "cluster/record_book.h"

namespace backup_monitor::cluster {

/// Layout 2 of cluster/layouts.h: HASH `module/<module>/backup_status/<plan>`, plain fields. It does
/// not say the node, and each module has a process of its own (ns8-core before 2c323b6e).
class EarlierLayout {
 public:
  /// The arguments must outlive this, and this the sending of every inquiry.
  EarlierLayout(RecordBook& book, Complaints& complaints) : book_{book}, complaints_{complaints} {}

  /// Puts the question for one module under one plan.
  void Ask(Inquiry& inquiry, PlanNumber plan, ModuleNumber module);

 private:
  void ReadRecord(PlanNumber plan, ModuleNumber module, const Reply& reply);

  RecordBook& book_;
  Complaints& complaints_;
};

}  // namespace backup_monitor::cluster
