#include "report/facts/report_facts.h"

#include <algorithm>

#include "report/facts/derive_facts.h"

namespace backup_monitor::report {
namespace {

void Add(const Tally& of_run, Tally& all) {
  all.total += of_run.total;
  all.succeeded += of_run.succeeded;
  all.saved_with_errors += of_run.saved_with_errors;
  all.failed += of_run.failed;
  all.not_finished += of_run.not_finished;
  all.never_ran += of_run.never_ran;
  all.pending += of_run.pending;
  all.not_saved += of_run.not_saved;
  all.without_snapshot += of_run.without_snapshot;
  all.none_counted += of_run.none_counted;
  all.fallen += of_run.fallen;
}

void Add(const ModuleFacts& module, Unconfirmed& unconfirmed) {
  if (module.line.verdict != Verdict::kSucceeded) return;
  const ModuleId& id = module.line.module;
  if (module.snapshot_state == SnapshotState::kNoneCounted) unconfirmed.none_counted.push_back(id);
  else if (IsNotSaved(module.snapshot_state)) unconfirmed.without_snapshot.push_back(id);
  if (module.snapshot_state == SnapshotState::kUnread)
    unconfirmed.unread[*module.line.finding->cause].push_back(id);
}

Phrase WorstOf(const ReportFacts& facts) {
  const Report& report = facts.report;
  if (report.kind == ReportKind::kNoStatus || report.kind == ReportKind::kUnknownPlan ||
      report.kind == ReportKind::kAlertSummary) {
    return Phrase::kFailed;
  }
  const bool alerted = report.kind == ReportKind::kOnRequest && report.alert;
  const bool doubtful = alerted || report.kind == ReportKind::kUnprotected;
  Phrase worst = doubtful ? Phrase::kNotConfirmed : Phrase::kCompleted;
  for (const RunFacts& run : facts.runs) worst = std::max(worst, run.phrase);
  return std::max(worst, facts.trouble_phrase);
}

/// What a run counts for at this moment: one that goes on must not hide one that failed.
Phrase WeightOf(const RunFacts& run) {
  return run.goes_on ? std::min(run.phrase, Phrase::kPartiallyFailed) : run.phrase;
}

std::optional<std::size_t> ForemostOf(const std::vector<RunFacts>& runs) {
  std::optional<std::size_t> foremost;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Phrase weight = WeightOf(runs[i]);
    if (!foremost || weight > WeightOf(runs[*foremost])) foremost = i;
    if (weight != WeightOf(runs[*foremost])) continue;
    const bool nothing_wrong = weight == Phrase::kCompleted;
    if (runs[i].goes_on == nothing_wrong) foremost = i;
  }
  return foremost;
}

}  // namespace

ReportFacts FactsOf(const Report& report) {
  ReportFacts facts{report};
  facts.runs.reserve(report.runs.size());
  for (const RunSection& section : report.runs) {
    const RunFacts& run = facts.runs.emplace_back(FactsOf(section));
    Add(run.tally, facts.tally);
    for (const ModuleFacts& module : run.modules) Add(module, facts.unconfirmed);
  }
  for (const PlanLine& plan : report.plans)
    facts.plans.push_back(TroubleOf(plan.now, std::nullopt));
  const bool over = report.has_old_data();
  if (over) facts.trouble = Trouble::kOverTarget;
  for (const Trouble trouble : facts.plans) facts.trouble = std::max(facts.trouble, trouble);
  facts.trouble_phrase = PhraseOf(facts.trouble);
  facts.phrase = WorstOf(facts);
  facts.no_status = report.kind == ReportKind::kNoStatus ||
                    (!facts.runs.empty() && std::ranges::all_of(facts.runs, &RunFacts::no_status));
  facts.only_alerted =
      !facts.runs.empty() && std::ranges::all_of(facts.runs, &RunFacts::only_alerted);
  facts.foremost = ForemostOf(facts.runs);
  facts.trouble_first =
      facts.trouble != Trouble::kNone &&
      (!facts.foremost || facts.runs[*facts.foremost].phrase < facts.trouble_phrase);
  facts.steps = StepsOf(facts);
  return facts;
}

}  // namespace backup_monitor::report
