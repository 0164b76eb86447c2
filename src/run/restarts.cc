#include "run/restarts.h"

#include <algorithm>
#include <optional>

#include "run/run_rules.h"

namespace backup_monitor::run {
namespace {

/// The last sign of a pass in its records, by its node's clock.
std::optional<Time> LastSignOf(const Pass& pass) {
  std::optional<Time> last;
  for (const Turn& turn : pass.turns) {
    if (turn.silent()) continue;
    const StatusRecord& record = turn.module->record->record;
    last = std::max({last.value_or(Time::min()), record.start, record.end});
  }
  return last;
}

/// When a pass without records had begun at the latest, if it had; none if that is not known.
std::optional<Time> BegunBy(const Run& run, const Pass& pass, const RunMemory& memory) {
  if (run.due) {
    const auto due = run.due->nodes.find(*pass.node);
    // A timer may be a minute late (systemd.timer(5), AccuracySec), and our clock is not the node's.
    if (due == run.due->nodes.end()) return std::nullopt;
    return due->second.at + RunRules::kEarly;
  }
  const auto usual = UsualBegin(run, pass, memory);
  if (!usual) return std::nullopt;
  return run.begin + *usual + RunRules::kSameBegin;
}

}  // namespace

bool IsEndedByRestart(const Run& run, const Pass& pass, const RunMemory& memory) {
  const auto known = pass.node ? run.presence.find(*pass.node) : run.presence.end();
  if (known == run.presence.end() || !known->second.booted) return false;
  const Time booted = *known->second.booted;
  const auto log = run.log.find(*pass.node);
  if (log != run.log.end() && log->second.pass && log->second.pass->began > booted) return false;
  if (const auto last = LastSignOf(pass)) return booted > *last;
  const auto begun_by = BegunBy(run, pass, memory);
  return begun_by && booted > *begun_by;
}

void MarkRestarts(Run& run, const RunMemory& memory) {
  if (run.presence.empty() || run.origin == RunOrigin::kCompact) return;
  for (auto& [node, presence] : run.presence) presence.ended_backup = false;
  for (const Pass& pass : PassesOf(run, memory)) {
    if (IsEndedByRestart(run, pass, memory)) run.presence.at(*pass.node).ended_backup = true;
  }
}

}  // namespace backup_monitor::run
