#pragma once

#include <vector>

#include "journal/journal_entry.h"
#include "model/logged_pass.h"

namespace backup_monitor::journal {

/// Every execution of run-backup that the journal of a node tells of, in the order in which they began. What it does not
/// say stays unknown: a sentence that cannot be given to one execution alone is no fact.
///
/// - A timer begins an execution as the unit `backup<plan>.service`, which runs once at a time: its sentences are those
///   of one process in that unit, about that plan. "Run now" begins one through the node's agent, in whose unit any
///   number of them may be mixed: a sentence that names no plan is of the only one that is open there, or of none.
/// - A line of a module belongs to the only execution that is at that module; one of root to that in whose unit it was
///   written.
/// - A pass that had not ended when the node started again was ended by that.
///
/// Linear in the number of entries, times the executions that are open at once. `entries` of one node, in any order;
/// those at the same moment in the order in which they were written.
[[nodiscard]] std::vector<LoggedPass> ReadPasses(std::vector<JournalEntry> entries, NodeId node);

}  // namespace backup_monitor::journal
