#include <algorithm>
#include <map>

#include "report/facts/derive_facts.h"

namespace backup_monitor::report {
namespace {

void Count(const ModuleFacts& module, Tally& tally) {
  ++tally.total;
  if (!module.line.verdict) {
    ++tally.pending;
    return;
  }
  switch (*module.line.verdict) {
    case Verdict::kSucceeded:
      ++tally.succeeded;
      if (module.without_snapshot) ++tally.without_snapshot;
      if (module.snapshot_state == SnapshotState::kNoneCounted) ++tally.none_counted;
      if (module.fallen) ++tally.fallen;
      break;
    case Verdict::kSavedWithErrors: ++tally.saved_with_errors; break;
    case Verdict::kFailed:
      ++tally.failed;
      if (IsNotSaved(module.snapshot_state)) ++tally.not_saved;
      break;
    case Verdict::kNotFinished: ++tally.not_finished; break;
    case Verdict::kNeverRan: ++tally.never_ran; break;
  }
}

void Add(const ModuleLine& line, SizeSum& sum) {
  if (!line.size_bytes) return;
  sum.now += *line.size_bytes;
  ++sum.modules;
  if (!line.previous_size_bytes) return;
  sum.comparable_now += *line.size_bytes;
  sum.comparable_before += *line.previous_size_bytes;
  ++sum.comparable;
}

std::vector<NodeSum> GoodByNode(const std::vector<ModuleFacts>& modules) {
  std::map<std::optional<NodeId>, NodeSum> nodes;
  for (const ModuleFacts& module : modules) {
    if (!module.good()) continue;
    NodeSum& sum = nodes[module.line.node];
    if (sum.modules++ == 0) sum.first = &module.line;
    sum.took += module.took.value_or(seconds{0});
    Add(module.line, sum.size);
  }
  std::vector<NodeSum> sums;
  sums.reserve(nodes.size());
  for (auto& [node, sum] : nodes) sums.push_back(sum);
  return sums;
}

void Add(const ModuleFacts& module, OldestData& recovery) {
  const NewestData& newest = module.newest;
  recovery.all_known &= newest.read;
  if (!newest.at && newest.read) recovery.empty.push_back(module.line.module);
  else if (!newest.at) ++recovery.unknown;
  else if (recovery.oldest == nullptr || *newest.at < recovery.oldest_at) {
    recovery.oldest = &module.line;
    recovery.oldest_at = *newest.at;
  }
}

/// None where fewer than two did not succeed: the module's own row says it.
std::optional<OldestData> RecoveryOf(const RunFacts& run) {
  OldestData recovery;
  int modules = 0;
  for (const ModuleFacts& module : run.modules) {
    if (!module.line.verdict || module.good()) continue;
    ++modules;
    Add(module, recovery);
  }
  const bool any = recovery.oldest != nullptr || !recovery.empty.empty();
  if (run.section.open || modules < 2 || !any) return std::nullopt;
  return recovery;
}

std::optional<seconds> DurationOf(const RunSection& run) {
  if (run.open || !run.end || run.origin == RunOrigin::kCompact || *run.end < run.begin)
    return std::nullopt;
  return *run.end - run.begin;
}

bool HasNoStatus(const RunSection& run) {
  return run.origin == RunOrigin::kNoStatus && !run.plan_status &&
         std::ranges::none_of(run.modules,
                              [](const ModuleLine& line) { return line.started.has_value(); });
}

void JudgeAlert(RunFacts& run) {
  const RunSection& section = run.section;
  run.no_status = HasNoStatus(section);
  if (!section.alert_unexplained) return;
  run.only_alerted = section.open && run.tally.pending == run.tally.total;
  run.unconfirmed_by_alert = !section.open && section.outcome == Outcome::kIncomplete &&
                             run.tally.succeeded == run.tally.total;
}

void ExplainSilence(RunFacts& run) {
  for (ModuleFacts& module : run.modules) {
    if (module.line.started) continue;
    const bool node_known = std::ranges::any_of(run.nodes, [&](const NodeFacts& node) {
      return node.explains && node.line.node == module.line.node;
    });
    module.silence_explained = module.line.logged || node_known;
  }
}

void JudgePlan(RunFacts& run) {
  const auto& status = run.section.plan_status;
  const bool failed = status && !status->succeeded;
  run.plan_failed = failed && run.section.modules.empty();
  if (failed && run.section.plan_error_cause)
    run.plan_cause = CauseOf(*run.section.plan_error_cause);
}

}  // namespace

RunFacts FactsOf(const RunSection& section) {
  RunFacts run{section};
  run.modules.reserve(section.modules.size());
  for (const ModuleLine& line : section.modules) {
    const ModuleFacts& module = run.modules.emplace_back(FactsOf(section, line));
    Count(module, run.tally);
    Add(line, run.size);
  }
  JudgeAlert(run);
  JudgePlan(run);
  run.nodes = NodesOf(section);
  run.missed_for_nodes = section.outcome == Outcome::kMissed && IsEveryNodeAwayAtDue(run);
  ExplainSilence(run);
  run.phrase = PhraseOf(section.outcome, run.tally.without_snapshot > 0, run.unconfirmed_by_alert);
  // No head is better than what is said beneath it.
  if (run.phrase == Phrase::kCompleted && run.lacks_cluster_backup())
    run.phrase = Phrase::kNotConfirmed;
  run.goes_on = section.open || section.being_checked;
  if (section.plan_now) run.trouble = TroubleOf(*section.plan_now, section.outcome);
  const Phrase by_schedule = PhraseOf(run.trouble);
  run.trouble_first = run.trouble != Trouble::kNone && !run.goes_on && by_schedule >= run.phrase;
  run.phrase = std::max(run.phrase, by_schedule);
  run.has_ended_episode =
      section.fixed_after() > 0 && !run.goes_on && run.tally.without_snapshot == 0;
  run.took = DurationOf(section);
  run.recovery = RecoveryOf(run);
  run.good_by_node = GoodByNode(run.modules);
  return run;
}

std::vector<const ModuleFacts*> RunFacts::OfRank(Rank rank) const {
  std::vector<const ModuleFacts*> found;
  for (const ModuleFacts& module : modules) {
    if (module.rank == rank) found.push_back(&module);
  }
  return found;
}

std::vector<ModuleId> RunFacts::PendingModules() const {
  std::vector<ModuleId> pending;
  for (const ModuleFacts& module : modules) {
    if (!module.line.verdict) pending.push_back(module.line.module);
  }
  return pending;
}

std::vector<ModuleId> RunFacts::OverTarget() const {
  std::vector<ModuleId> over;
  for (const ModuleFacts& module : modules) {
    if (module.over_target) over.push_back(module.line.module);
  }
  return over;
}

std::vector<ModuleId> RunFacts::BackInTarget() const {
  std::vector<ModuleId> back;
  for (const ModuleFacts& module : modules) {
    if (module.line.was_over && module.good() && !module.over_target)
      back.push_back(module.line.module);
  }
  return back;
}

std::vector<ModuleId> RunFacts::FallenModules() const {
  std::vector<ModuleId> fallen;
  for (const ModuleFacts& module : modules) {
    if (module.fallen) fallen.push_back(module.line.module);
  }
  return fallen;
}

}  // namespace backup_monitor::report
