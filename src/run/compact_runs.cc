#include "run/compact_runs.h"

#include <algorithm>

#include "run/reckoning.h"

namespace backup_monitor::run {
namespace {

bool IsReported(const RecordKey& key, const RunBook& book) {
  const std::vector<const Run*> runs = book.RunsOf(key.plan);
  return std::ranges::any_of(runs, [&key](const Run* run) {
    const auto module = run->modules.find(key.module);
    return module != run->modules.end() && module->second.record &&
           module->second.record->record.key() == key;
  });
}

std::vector<SeenRecord> UpdatedSince(const Plan& plan, Time since, const RunBook& book) {
  std::vector<SeenRecord> updated;
  for (const StatusRecord& record : book.view().records) {
    if (record.plan != plan.id) continue;
    const SeenRecord seen = Reckon(record, book.now());
    if (seen.ended >= since) updated.push_back(seen);
  }
  return updated;
}

bool IsPlanStatusNew(const Plan& plan, const RunBook& book) {
  if (!plan.compact_status) return false;
  const auto reported = book.memory().compact_reported.find(plan.id);
  return reported == book.memory().compact_reported.end() ||
         reported->second < plan.compact_status->timestamp;
}

/// From when on an update belongs to a run: after the plan's status of the run before, however long the run takes;
/// where none is known, or what is older has been gathered, within the window before the moment that woke us.
Time LowerEndOf(const Run& run, const RunBook& book) {
  const Time window = run.opened_at - book.rules().recent_window;
  const auto previous = book.memory().compact_reported.find(run.plan);
  if (run.compact_status || previous == book.memory().compact_reported.end()) return window;
  return std::min(window, previous->second + seconds{1});
}

/// `anchor`: the moment that woke us. The window lies before it, the wait behind it.
void OpenAt(const Plan& plan, Time anchor, RunBook& book) {
  anchor = std::min(anchor, book.now());
  book.Open(plan, anchor, RunOrigin::kCompact);
}

}  // namespace

void OpenCompactRuns(bool first_look, RunBook& book) {
  for (const auto& [id, plan] : book.view().plans) {
    if (!plan.compact || !IsPlanStatusNew(plan, book)) continue;
    if (!first_look && book.OpenRunsOf(id).empty()) {
      OpenAt(plan, plan.compact_status->timestamp, book);
    }
    if (first_look) book.CompactReported(id, plan.compact_status->timestamp);
  }
}

bool OpenCompactRunFor(const Plan& plan, Time received, bool explained, RunBook& book) {
  if (!book.OpenRunsOf(plan.id).empty()) return true;
  const Time since = received - book.rules().recent_window;
  const auto updated = UpdatedSince(plan, since, book);
  const bool news = std::any_of(updated.begin(), updated.end(), [&](const SeenRecord& record) {
    return !IsReported(record.record.key(), book);
  });
  const bool plan_news = IsPlanStatusNew(plan, book) && plan.compact_status->timestamp >= since;
  if (!news && !plan_news && (explained || !updated.empty())) return false;
  OpenAt(plan, received, book);
  return true;
}

void GatherCompactRecords(RunBook& book) {
  for (const auto& [id, plan] : book.view().plans) {
    if (!plan.compact) continue;
    for (const Run* open : book.OpenRunsOf(id)) {
      if (open->origin != RunOrigin::kCompact) continue;
      const Time since = LowerEndOf(*open, book);
      if (plan.compact_status && plan.compact_status->timestamp >= since) {
        book.SetPlanStatus(open->id, *plan.compact_status);
      }
      for (const SeenRecord& record : UpdatedSince(plan, since, book)) {
        if (!IsReported(record.record.key(), book))
          book.Give(record, open->id, "it was updated within recent_window (compact layout)");
      }
    }
  }
}

}  // namespace backup_monitor::run
