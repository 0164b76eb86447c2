#include "run/membership.h"

#include <algorithm>

#include "run/reasons.h"

namespace backup_monitor::run {

bool Membership::IsGone(Time missing_since, const RunBook& book) {
  return book.now() - missing_since >= book.rules().reconcile;
}

void Membership::Update(RunBook& book) {
  std::set<PlanId> with_open_runs;
  for (const auto& [id, run] : book.memory().runs) {
    if (run.open()) with_open_runs.insert(run.plan);
  }
  std::erase_if(plans_, [&](const auto& entry) { return book.view().plans.contains(entry.first); });
  std::erase_if(modules_,
                [&](const auto& entry) { return !with_open_runs.contains(entry.first.first); });
  for (const PlanId& plan : with_open_runs) {
    if (!book.view().plans.contains(plan)) {
      if (IsGone(plans_.try_emplace(plan, book.now()).first->second, book)) EndRunsOf(plan, book);
      continue;
    }
    for (const Run* run : book.OpenRunsOf(plan)) UpdateRun(*run, book);
  }
}

/// What an early notice has said stays in the report, whoever leaves the plan after it.
bool Membership::IsInEarlyNotice(const Run& run, const RunModule& module, const RunBook& book) {
  return run.early_notice_given() && module.record && !module.record->record.succeeded() &&
         module.record->seen_at <= *run.first_error_seen_at + book.rules().early_notice;
}

void Membership::UpdateRun(const Run& run, RunBook& book) {
  const std::vector<ModuleId>& expected = book.view().plans.at(run.plan).expected;
  const std::set<ModuleId> present{expected.begin(), expected.end()};
  std::vector<ModuleId> turned;
  for (const auto& [id, module] : run.modules) {
    const PlanModule key{run.plan, id};
    if (present.contains(id)) {
      modules_.erase(key);
      if (module.left) turned.push_back(id);
    } else if (IsGone(modules_.try_emplace(key, book.now()).first->second, book) && !module.left &&
               !IsInEarlyNotice(run, module, book)) {
      turned.push_back(id);
    }
  }
  for (const ModuleId& id : turned) {
    book.SetLeft(run.id, id, !run.modules.at(id).left);
  }
}

void Membership::EndRunsOf(const PlanId& plan, RunBook& book) {
  for (const Run* run : book.OpenRunsOf(plan)) {
    const bool reported = run->has_errors();
    book.Close(run->id, book.now(), "its plan has been removed");
    if (!reported && !run->announced()) book.Dismiss(run->id);
    book.Remark("plan " + plan.value() + " has been removed while a run of it was open");
  }
}

}  // namespace backup_monitor::run
