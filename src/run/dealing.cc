#include "run/dealing.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "run/reasons.h"
#include "run/waiting.h"

namespace backup_monitor::run {
namespace {

constexpr seconds kSlack{60};  // nodes' clocks and timers differ by this much

bool HasRecordOf(const Run& run, const ModuleId& module) {
  const auto found = run.modules.find(module);
  return found != run.modules.end() && found->second.record;
}

/// Rule 1: what ran right before on the same node belongs to the same run.
const Run* RunOfThePredecessor(const SeenRecord& record, const std::vector<const Run*>& runs,
                               seconds quiet) {
  const Run* best = nullptr;
  Time best_end = record.started - quiet;
  for (const Run* run : runs) {
    if (run->closed_at && *run->closed_at < record.started - quiet) continue;
    for (const auto& [id, module] : run->modules) {
      if (!module.record || module.record->record.node != record.record.node) continue;
      if (module.record->ended > record.started) continue;
      const Time free = std::min(FreeAt(*module.record), record.started);
      if (free >= best_end) {
        best = run;
        best_end = free;
      }
    }
  }
  return best;
}

/// Later than this nothing of a run begins, but for what runs right after a record of it.
bool IsTooLateFor(const Run& run, const SeenRecord& record, seconds longest) {
  return record.started > run.begin + longest;
}

/// Rule 2: it started while that run was going on, as far as we know.
const Run* NewestRunAround(const SeenRecord& record, const std::vector<const Run*>& runs,
                           seconds longest) {
  const Run* newest = nullptr;
  for (const Run* run : runs) {
    if (run->begin > record.started + kSlack || IsTooLateFor(*run, record, longest)) continue;
    if (run->closed_at && *run->closed_at <= record.started) continue;
    if (newest == nullptr || newest->begin <= run->begin) newest = run;
  }
  return newest;
}

/// Rule 3.
const Run* OldestOpen(const SeenRecord& record, const std::vector<const Run*>& runs,
                      seconds longest) {
  const Run* oldest = nullptr;
  for (const Run* run : runs) {
    if (IsTooLateFor(*run, record, longest)) continue;
    if (run->open() && (oldest == nullptr || run->begin < oldest->begin)) oldest = run;
  }
  return oldest;
}

/// An alert said that a plan without any status has failed; the first records of it are the answer.
const Run* RunWithoutStatus(const SeenRecord& record, const std::vector<const Run*>& runs,
                            seconds quiet) {
  if (runs.empty()) return nullptr;
  const Run* last = runs.back();
  if (last->origin != RunOrigin::kNoStatus || last->last_end()) return nullptr;
  return record.started <= last->closed_at.value_or(record.started) + quiet ? last : nullptr;
}

/// Runs whose wait was over before this record began have ended without it. Without this, two
/// nights that nobody watched would be reported as one run.
void CloseOverdue(const PlanId& plan, Time before, RunBook& book) {
  const seconds shortest = std::min(book.rules().quiet, book.rules().max_run);
  for (const Run* run : book.OpenRunsOf(plan)) {
    if (before < run->begin + shortest)
      continue;  // no wait ends sooner, and deadlines cost time to find
    const Time deadline = DeadlineOf(*run, book.memory(), book.rules()).at;
    if (deadline == Time::min() || deadline >= before) continue;
    const std::string why =
        WhyOver(*run, book.memory(), book.rules()) + ", before the next record began";
    book.Close(run->id, deadline, why);
  }
}

/// The rules of docs/runs.md, section Dealing, in their order.
void GiveToARun(const SeenRecord& record, RunBook& book) {
  const PlanId& plan = record.record.plan;
  CloseOverdue(plan, record.started, book);
  const auto runs = book.RunsOf(plan);
  const seconds quiet = book.rules().quiet;
  const seconds longest = book.rules().max_run;
  const std::array<std::pair<const Run*, std::string_view>, 4> choices{
      {{RunWithoutStatus(record, runs, quiet), "the first status after an alert"},
       {RunOfThePredecessor(record, runs, quiet),
        "rule 1: what ran before it on its node is there"},
       {NewestRunAround(record, runs, longest), "rule 2: it began while that run was going on"},
       {OldestOpen(record, runs, longest), "rule 3: the oldest open run"}}};
  for (const auto& [run, why] : choices) {
    if (run != nullptr && !HasRecordOf(*run, record.record.module))
      return book.Give(record, run->id, why);
  }
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
