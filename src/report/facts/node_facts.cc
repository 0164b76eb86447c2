#include <algorithm>

#include "report/facts/derive_facts.h"

namespace backup_monitor::report {
namespace {

constexpr seconds kClocksApart{120};  // a node's clock, and that of whoever tried to reach it
constexpr std::size_t kMostAway = 2;

struct Span {
  Time from;
  Time to;
};

/// When the node would have had to be there: from when it was due, or the run began, until nothing was waited for.
Span WantedSpan(const RunSection& run, const PresenceLine& line) {
  const Time begin = run.schedule.due ? std::min(*run.schedule.due, run.begin) : run.begin;
  const Time end = std::max(run.closed_at.value_or(line.presence.read_at), begin);
  return {begin - kClocksApart, end + kClocksApart};
}

bool Meets(const Absence& absence, const Span& span) {
  return absence.from.value_or(span.from) <= span.to &&
         absence.until.value_or(span.to) >= span.from;
}

bool HasSilentModule(const RunSection& run, NodeId node) {
  return std::ranges::any_of(run.modules, [&](const ModuleLine& module) {
    return module.node == node && !module.started && module.verdict != Verdict::kSucceeded;
  });
}

}  // namespace

std::vector<NodeFacts> NodesOf(const RunSection& run) {
  std::vector<NodeFacts> nodes;
  for (const PresenceLine& line : run.presence) {
    if (!HasSilentModule(run, line.node)) continue;
    const Span span = WantedSpan(run, line);
    NodeFacts node{line, {}, {}};
    for (const Absence& absence : line.presence.absences) {
      if (node.away.size() < kMostAway && Meets(absence, span)) node.away.push_back(absence);
    }
    const auto& booted = line.presence.booted;
    if (booted && *booted >= span.from && *booted <= span.to) node.booted = booted;
    if (!node.away.empty() || node.booted) nodes.push_back(std::move(node));
  }
  return nodes;
}

}  // namespace backup_monitor::report
