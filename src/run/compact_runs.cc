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

/// `anchor`: the moment that woke us. The window lies before it, the wait behind it.
void OpenAt(const Plan& plan, Time anchor, RunBook& book) {
  anchor = std::min(anchor, book.now());
  const RunId id = book.Open(plan, anchor, RunOrigin::kCompact);
  book.Edit(id).opened_at = anchor;
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
      const Time since = open->opened_at - book.rules().recent_window;
      if (plan.compact_status && plan.compact_status->timestamp >= since) {
        book.Edit(open->id).compact_status = plan.compact_status;
        book.CompactReported(id, plan.compact_status->timestamp);
      }
      for (const SeenRecord& record : UpdatedSince(plan, since, book)) {
        if (!IsReported(record.record.key(), book))
          book.Give(record, open->id, "it was updated within recent_window (compact layout)");
      }
    }
  }
}

}  // namespace backup_monitor::run
