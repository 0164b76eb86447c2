#pragma once

#include "cluster/complaints.h"
#include "cluster/inquiry.h"
#include "cluster/record_book.h"
#include "cluster/status_record_parser.h"

namespace backup_monitor::cluster {

/// Layout 1 of cluster/layouts.h: HASH `node/<node>/backup_status/<plan>`, field = module, value =
/// JSON. Fields of modules that the cluster does not have are left alone; a value that is no status
/// is skipped with a complaint.
class CurrentLayout {
 public:
  /// The arguments must outlive this, and this the sending of every inquiry.
  CurrentLayout(RecordBook& book, Complaints& complaints) : book_{book}, complaints_{complaints} {}

  /// Puts the question for one plan on one node.
  void Ask(Inquiry& inquiry, PlanNumber plan, NodeId node);

 private:
  void ReadRecord(PlanNumber plan, NodeId node, const Reply& reply);

  RecordBook& book_;
  Complaints& complaints_;
  StatusRecordParser parser_;
};

}  // namespace backup_monitor::cluster
