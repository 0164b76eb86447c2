#pragma once

#include <optional>
#include <vector>

#include "model/plan_timing.h"
#include "model/run.h"
#include "run/run_book.h"

namespace backup_monitor::run {

/// The due moments of a plan after `after` as its schedule says now, oldest first: those of its nodes that are less
/// than half an interval apart are one. None if its timing is not known.
[[nodiscard]] std::vector<RunDue> DueMomentsOf(const PlanId& plan, Time after, const RunBook& book);

/// The due moment after this one, of the first of its nodes; none if it is the last.
[[nodiscard]] std::optional<Time> NextAfter(const PlanId& plan, const RunDue& due,
                                            const RunBook& book);

/// From a due moment of a node to its next. Empty: there is none.
[[nodiscard]] std::optional<seconds> IntervalAfter(const NodeTiming& timing, Time due);

/// The due moment that a record answers if it is the first of its node. A node's timer and its records go by one clock,
/// so it is the record's own times that count, and not those that we reckon with.
struct DueFit {
  RunDue due;
  /// Its pass began within the grace time; else later, and nothing tells whether the timer was late or a person began
  /// it.
  bool on_time = false;
  bool first = false;  ///< Its node backs up no module of the plan before it.
};

/// Is it known when the node of a record was due before it?
[[nodiscard]] bool IsTimed(const SeenRecord& record, const RunBook& book);

/// Nothing: the timing of its node is not known, or it is so late that a person has begun it: half an interval, or q
/// if that is longer, or after the next due moment.
[[nodiscard]] std::optional<DueFit> DueOf(const SeenRecord& record, const RunBook& book);

/// What a node did at a due moment, as far as the plan's other runs say.
enum class NodeState {
  kFree,
  kBusy,  ///< It was at work for an earlier run. systemd starts nothing a second time, nor later.
  kUnknown,  ///< An earlier run may still go on there.
};
struct NodeAtDue {
  NodeState state = NodeState::kFree;
  RunId run{};  ///< Which was at work, with kBusy.
};
[[nodiscard]] NodeAtDue StateAtDue(const PlanId& plan, NodeId node, Time due, const RunBook& book);

}  // namespace backup_monitor::run
