#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/preferences.h"
#include "model/run.h"
#include "model/status_record.h"

namespace backup_monitor::probe {

/// One check of one repository, for one record.
struct ProbeOrder {
  StatusRecord record;
  std::string destination_id;
};

/// What is to be checked for a run.
struct ProbePlan {
  std::vector<ProbeOrder> orders;
  /// There would have been orders, but another run uses the destination now: a lock of ours would make its
  /// clean-up fail.
  bool destination_busy = false;
};

/// Which repositories to check for a run that has closed: those of its own records, with errors or all
/// of them, in the order of the modules' ids. Never of a module without a record, which may still be
/// running; never of a record that belongs to another run; never of the compact layout, whose records have
/// no beginning that a snapshot could be compared with; and never again of a record that has a finding. Pure.
///
/// \param busy_destinations  of the open runs of every plan
[[nodiscard]] ProbePlan PlanProbes(const Run& run, const std::set<std::string>& busy_destinations,
                                   ProbeMode mode);

}  // namespace backup_monitor::probe
