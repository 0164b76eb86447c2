#include "run/dealing.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "run/begins.h"
#include "run/due_fit.h"
#include "run/pass_fit.h"
#include "run/reasons.h"
#include "run/waiting.h"

namespace backup_monitor::run {
namespace {

seconds Apart(Time a, Time b) { return std::chrono::abs(a - b); }

bool HasRecordOf(const Run& run, const ModuleId& module) {
  const auto found = run.modules.find(module);
  return found != run.modules.end() && found->second.record;
}

/// Before core 3.20 each module has a process of its own.
bool HasPassOf(const Run& run, const SeenRecord& record, const RunBook& book) {
  if (!record.record.node) return HasRecordOf(run, record.record.module);
  return std::ranges::any_of(run.modules, [&](const auto& entry) {
    return entry.second.record && book.NodeOf(*entry.second.record) == record.record.node;
  });
}

/// Its node's timer has just begun a pass with it: it is of no earlier one, unless that went on at once.
bool BeginsOtherPass(const Run& run, const std::optional<DueFit>& fit) {
  return fit && fit->on_time && fit->first && (!run.due || run.due->at != fit->due.at);
}

/// Rule 1: the pass of its node that did it, the one that had been idle for the shortest time.
const Run* RunOfItsPass(const SeenRecord& record, const std::optional<DueFit>& fit,
                        const std::vector<const Run*>& runs, const RunBook& book) {
  if (!record.record.node) return nullptr;
  const auto interval = IsTimed(record, book) ? std::nullopt : UsualInterval(runs);
  const Run* best = nullptr;
  seconds shortest{0};
  for (const Run* run : runs) {
    if (HasRecordOf(*run, record.record.module)) continue;
    const PassFit pass{*run, *record.record.node, book.memory(), book.rules()};
    if (!pass.has_records()) continue;
    const auto idle = pass.IdleBefore(record, interval);
    if (!idle || (best != nullptr && *idle > shortest)) continue;
    if (*idle > RunRules::kAtOnce && BeginsOtherPass(*run, fit)) continue;
    best = run;
    shortest = *idle;
  }
  return best;
}

/// Of a run on whose node it has no record yet: could the node have begun it now?
bool MayBegin(const Run& run, const SeenRecord& record, std::optional<seconds> interval,
              const RunBook& book) {
  if (HasRecordOf(run, record.record.module)) return false;
  const auto& node = record.record.node;
  if (node && PassFit{run, *node, book.memory(), book.rules()}.has_records()) return false;
  if (record.started > run.begin + book.rules().max_run) return false;
  // A node's clock may be behind, so an open run takes what began before it.
  if (!run.open() && record.started + RunRules::kSameBegin < run.begin) return false;
  if (run.closed_at() && *run.closed_at() <= record.started) return false;
  if (!interval || !run.last_end()) return true;
  // Else it is of the next run, or of the one before.
  return Apart(record.started, run.begin) < *interval - RunRules::kSameBegin;
}

/// Rule 3: the run that other nodes began when this node began, or as long before as usual.
const Run* RunOfItsBegin(const SeenRecord& record, const std::vector<const Run*>& runs,
                         const RunBook& book) {
  const PassBegin begin{record, book.view(), book.memory()};
  const auto interval = UsualInterval(runs);
  const Run* best = nullptr;
  std::pair<seconds, seconds> nearest;
  for (const Run* run : runs) {
    if (!MayBegin(*run, record, interval, book)) continue;
    const std::pair off{begin.Off(run->begin), Apart(record.started, run->begin)};
    // Busy modules may hold up a node for q; what else would make it so late is not of this run.
    const bool is_late = off.first > RunRules::kSameBegin + book.rules().quiet;
    if (begin.known && is_late && run->last_end()) continue;
    if (best != nullptr && off > nearest) continue;
    best = run;
    nearest = off;
  }
  return best;
}

/// An alert said that a plan without any status has failed; the first records of it are the answer.
const Run* RunWithoutStatus(const SeenRecord& record, const std::vector<const Run*>& runs,
                            seconds quiet) {
  if (runs.empty()) return nullptr;
  const Run* last = runs.back();
  if (last->origin != RunOrigin::kNoStatus || last->last_end()) return nullptr;
  return record.started <= last->closed_at().value_or(record.started) + quiet ? last : nullptr;
}

/// Runs whose wait was over before this record began have ended without it. Without this, two
/// nights that nobody watched would be reported as one run.
void CloseOverdue(const PlanId& plan, Time before, RunBook& book) {
  const seconds shortest = std::min(book.rules().quiet, book.rules().max_run);
  for (const Run* run : book.OpenRunsOf(plan)) {
    // No other wait ends sooner, and deadlines cost time to find.
    const bool may_end_sooner =
        run->due || run->reopened_until() || run->origin == RunOrigin::kCompact;
    if (!may_end_sooner && before < run->begin + shortest) continue;
    const Deadline deadline = OutlookOf(*run, book.memory(), book.rules()).deadline;
    if (deadline.of == Deadline::Of::kNothing || deadline.at >= before) continue;
    book.Close(run->id, deadline.at, WhyOver(deadline) + ", before the next record began");
  }
}

/// Runs that no schedule has begun, if a schedule has not begun this record's pass.
std::vector<const Run*> RunsByHand(std::vector<const Run*> runs) {
  std::erase_if(runs, [](const Run* run) { return run->due.has_value(); });
  return runs;
}

/// Somebody has just begun the plan on other nodes.
bool IsBegunByHand(const SeenRecord& record, const std::vector<const Run*>& runs,
                   const RunBook& book) {
  const Run* run = RunOfItsBegin(record, RunsByHand(runs), book);
  return run != nullptr && run->last_end() &&
         Apart(record.started, run->begin) <= RunRules::kSameBegin;
}

/// An alert opened it when the due moment had come, and no record had.
bool IsOpenedByAlertOf(const Run& run, const RunDue& due, const RunBook& book) {
  if (!run.alert || run.due || run.last_end()) return false;
  return run.begin >= due.at - RunRules::kEarly &&
         run.begin < NextAfter(run.plan, due, book).value_or(Time::max());
}

/// The run of a due moment: an open one, or one of an alert; nullptr if there is none yet.
const Run* RunFor(const RunDue& due, const std::vector<const Run*>& runs, const RunBook& book) {
  for (const Run* run : runs) {
    if (run->due && run->due->at == due.at) return run;
  }
  const auto alerted = std::ranges::find_if(
      runs, [&](const Run* run) { return IsOpenedByAlertOf(*run, due, book); });
  return alerted == runs.end() ? nullptr : *alerted;
}

/// Rule 2: the run of the due moment that its node answers with it; a new one if it is the first. False if it answers
/// none, or its node has answered already: then a person has begun it.
bool GiveToDueMoment(const SeenRecord& record, const std::optional<DueFit>& fit,
                     const std::vector<const Run*>& runs, RunBook& book) {
  if (!fit || (!fit->on_time && IsBegunByHand(record, runs, book))) return false;
  const Run* run = RunFor(fit->due, runs, book);
  if (run != nullptr && (HasRecordOf(*run, record.record.module) || HasPassOf(*run, record, book)))
    return false;
  // A node that joined the plan since was not due then.
  const auto node = book.NodeOf(record);
  const bool was_due = run == nullptr || !run->due || run->due->nodes.contains(*node);
  if (!fit->on_time && !was_due) return false;
  const RunId id = run != nullptr ? run->id
                                  : book.Open(book.view().plans.at(record.record.plan),
                                              record.started, RunOrigin::kRecords);
  book.SetDue(id, fit->due);
  if (fit->on_time) {
    book.Give(record, id, "rule 2: its node was due then");
  } else {
    if (!book.memory().runs.at(id).last_end()) book.Delay(id, record.started - fit->due.at);
    book.Give(record, id, "rule 2: its node was due then, and is late");
  }
  return true;
}

/// The rules of docs/runs.md, section Dealing, in their order.
void GiveToARun(const SeenRecord& record, RunBook& book) {
  const PlanId& plan = record.record.plan;
  CloseOverdue(plan, record.started, book);
  const auto runs = book.RunsOf(plan);
  const auto fit = DueOf(record, book);
  if (const Run* waiting = RunWithoutStatus(record, runs, book.rules().quiet)) {
    if (fit && RunFor(fit->due, runs, book) == nullptr) book.SetDue(waiting->id, fit->due);
    return book.Give(record, waiting->id, "the first status after an alert");
  }
  if (const Run* run = RunOfItsPass(record, fit, runs, book))
    return book.Give(record, run->id, "rule 1: its node was at work for that run");
  if (GiveToDueMoment(record, fit, runs, book)) return;
  if (const Run* run = RunOfItsBegin(record, IsTimed(record, book) ? RunsByHand(runs) : runs, book))
    return book.Give(record, run->id, "rule 3: its node begins that run");
  const RunId opened = book.Open(book.view().plans.at(plan), record.started, RunOrigin::kRecords);
  book.Give(record, opened, "rule 4: no run takes it, so it opens one");
}

}  // namespace

void Deal(std::vector<SeenRecord> records, RunBook& book) {
  std::stable_sort(records.begin(), records.end(),
                   [](const SeenRecord& a, const SeenRecord& b) { return a.started < b.started; });
  for (const SeenRecord& record : records) GiveToARun(record, book);
}

}  // namespace backup_monitor::run
