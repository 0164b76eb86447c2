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
/// - What run-backup says of its own end counts more than what systemd says of it, in whichever order they come: they
///   reach journald by different ways. A pass without an end of an earlier boot than entries after it was ended by the
///   start of the node.
///
/// Bounds: kMostOpen executions through the agent at once, kMostModules in a pass, kMostFailed steps of a module; what is
/// beyond is no fact. `entries` of one node, in any order.
[[nodiscard]] std::vector<LoggedPass> ReadPasses(std::vector<JournalEntry> entries, NodeId node);

inline constexpr std::size_t kMostOpen = 64;
inline constexpr std::size_t kMostModules = 2'000;
inline constexpr std::size_t kMostFailed = 8;

}  // namespace backup_monitor::journal
