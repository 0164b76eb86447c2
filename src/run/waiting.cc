#include "run/waiting.h"

#include <algorithm>

namespace backup_monitor::run {
namespace {

Time CapOf(const Run& run, const RunRules& rules) {
  const Time cap = run.begin + rules.max_run;
  return run.reopened_until ? std::min(cap, *run.reopened_until) : cap;
}

/// The newest end of the run's records on each node.
using LastEnds = std::map<std::optional<NodeId>, Time>;

LastEnds LastEndsOf(const Run& run) {
  LastEnds ends;
  for (const auto& [name, module] : run.modules) {
    if (!module.record) continue;
    Time& last = ends.try_emplace(module.record->record.node, module.record->ended).first->second;
    last = std::max(last, module.record->ended);
  }
  return ends;
}

/// How long a silent module may still take: as late in its run as last time, or after what runs
/// before it on its node, for twice its duration and the time NS8 tries a busy module.
Time WaitFor(const Run& run, const ModuleId& id, const RunModule& module, const LastEnds& last_ends,
             const RunMemory& memory, const RunRules& rules) {
  const auto found = memory.modules.find({run.plan, id});
  const bool known = found != memory.modules.end();
  if (!known || !found->second.has_record) {
    // A first backup may take as long as it likes; one that never comes must not hold up every run.
    if (known && found->second.reported_never_ran) {
      return run.last_end().value_or(run.begin) + rules.quiet;
    }
    return CapOf(run, rules);
  }
  const ModuleMemory& past = found->second;
  Time from = run.begin + past.lag;
  const auto last_end = last_ends.find(module.node);
  if (last_end != last_ends.end()) from = std::max(from, last_end->second);
  return from + 2 * (past.ended - past.started) + rules.quiet;
}

}  // namespace

Deadline DeadlineOf(const Run& run, const RunMemory& memory, const RunRules& rules) {
  using Of = Deadline::Of;
  if (run.origin == RunOrigin::kCompact) return {run.opened_at + rules.wait, Of::kCompact};
  const LastEnds last_ends = LastEndsOf(run);
  Deadline deadline{Time::min()};
  for (const auto& [id, module] : run.modules) {
    if (!module.expected || module.left || module.record) continue;
    const Time wait = WaitFor(run, id, module, last_ends, memory, rules);
    if (wait > deadline.at) deadline = {wait, Of::kModule, &id};
  }
  const Time cap = CapOf(run, rules);
  if (deadline.at < cap) return deadline;
  return {cap, cap == run.begin + rules.max_run ? Of::kLongestRun : Of::kReopened};
}

}  // namespace backup_monitor::run
