#include <algorithm>

#include "report/facts/derive_facts.h"

namespace backup_monitor::report {
namespace {

constexpr seconds kClocksApart{120};  // a node's, and that of whoever tried to reach it
constexpr seconds kTimerLate{60};     // a timer may be so late (systemd.timer(5), AccuracySec)
/// An absence that is shorter explains nothing.
constexpr seconds kLongAway{300};

struct Span {
  Time from;
  Time to;
};

Time EndOf(const RunSection& run, const PresenceLine& line) {
  return run.closed_at.value_or(line.presence.read_at);
}

/// When the node would have had to be there: from when it was due, or the run began, until nothing was waited for.
Span ExpectedSpan(const RunSection& run, const PresenceLine& line) {
  const Time begin = run.schedule.due ? std::min(*run.schedule.due, run.begin) : run.begin;
  return {begin - kClocksApart, std::max(EndOf(run, line), begin) + kClocksApart};
}

/// From when on it is known, and until when.
Span KnownSpan(const Absence& absence, const NodePresence& presence) {
  return {absence.from.value_or(presence.known_from.value_or(presence.read_at)),
          absence.until.value_or(presence.read_at)};
}

/// A result that the node stored meanwhile says that it was there: only what answers on it was away.
bool IsContradicted(const Span& away, const RunSection& run, NodeId node) {
  return std::ranges::any_of(run.modules, [&](const ModuleLine& module) {
    return module.node == node && module.ended && !module.from_other_run &&
           *module.ended > away.from + kClocksApart && *module.ended < away.to - kClocksApart;
  });
}

bool IsSilent(const ModuleLine& module) {
  return !module.started && module.verdict != Verdict::kSucceeded;
}

bool HasSilentModule(const RunSection& run, NodeId node) {
  return std::ranges::any_of(run.modules, [&](const ModuleLine& module) {
    return module.node == node && IsSilent(module);
  });
}

/// Nothing could come of the node when the run closed, or it could not begin it.
bool IsExplainedBy(const Absence& absence, const Span& known, const RunSection& run,
                   const PresenceLine& line) {
  return known.to - known.from >= kLongAway &&
         (!absence.until || known.to + kClocksApart >= EndOf(run, line));
}

bool IsAwayAtDue(const Span& known, const RunSection& run) {
  return run.schedule.due && known.from <= *run.schedule.due + kTimerLate &&
         known.to >= *run.schedule.due;
}

}  // namespace

std::vector<NodeFacts> NodesOf(const RunSection& run) {
  std::vector<NodeFacts> nodes;
  for (const PresenceLine& line : run.presence) {
    if (!HasSilentModule(run, line.node)) continue;
    NodeFacts node{line};
    const Span expected = ExpectedSpan(run, line);
    for (const Absence& absence : line.presence.absences) {
      const Span known = KnownSpan(absence, line.presence);
      if (known.from > expected.to || known.to < expected.from) continue;
      if (IsContradicted(known, run, line.node)) continue;
      if (node.away.size() == NodeFacts::kMostAway) node.away.pop_back();
      node.away.push_back(absence);
      node.explains |= IsExplainedBy(absence, known, run, line);
      node.away_at_due |= IsAwayAtDue(known, run);
    }
    if (line.presence.ended_backup) node.booted = line.presence.booted;
    node.explains |= node.booted.has_value() || node.away_at_due;
    if (!node.away.empty() || node.booted) nodes.push_back(std::move(node));
  }
  return nodes;
}

bool IsEveryNodeAwayAtDue(const RunFacts& run) {
  return std::ranges::all_of(run.section.modules, [&](const ModuleLine& module) {
    return !IsSilent(module) || std::ranges::any_of(run.nodes, [&](const NodeFacts& node) {
      return node.line.node == module.node && node.away_at_due;
    });
  });
}

}  // namespace backup_monitor::report
