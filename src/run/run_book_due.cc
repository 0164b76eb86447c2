// The part of RunBook that keeps what the schedules say.

#include <algorithm>
#include <utility>

#include "run/reasons.h"
#include "run/run_book.h"
#include "text/utc_time.h"

namespace backup_monitor::run {
namespace {

void Add(std::optional<DueCount>& count, Time due) {
  if (!count) count = DueCount{0, due, due};
  ++count->count;
  count->last = std::max(count->last, due);
}

}  // namespace

const PlanTiming* RunBook::TimingOf(const PlanId& plan) const {
  const auto timing = view_.timings.find(plan);
  if (timing == view_.timings.end() || timing->second.kind != PlanTiming::Kind::kTimed)
    return nullptr;
  return &timing->second;
}

std::optional<NodeId> RunBook::NodeOf(const StatusRecord& record) const {
  if (record.node) return record.node;
  return backup_monitor::NodeOf(record.module, view_);
}

void RunBook::SetDue(RunId id, const RunDue& due) {
  if (memory_.runs.at(id).due) return;
  Run& run = Edit(id);
  run.due = due;
  Reason(Named(run) + " was due at " + IsoTime(due.at));
  if (run.origin == RunOrigin::kSchedule) return;
  TakeMissed(run);
}

void RunBook::TakeMissed(Run& run) {
  const auto watch = memory_.watches.find(run.plan);
  if (watch == memory_.watches.end()) return;
  if (watch->second.missed) run.missed = watch->second.missed;
  PlanWatch answered = watch->second;
  answered.missed.reset();
  answered.missed_reported.reset();
  SetWatch(run.plan, std::move(answered));
}

void RunBook::SettleMissed(Run& run) {
  TakeMissed(run);
  if (!run.is_missed()) return;
  Add(run.missed, run.due->at);
  step_.missed.push_back(run.plan);
  const auto watch = memory_.watches.find(run.plan);
  if (watch == memory_.watches.end()) return;
  PlanWatch reported = watch->second;
  reported.missed_reported = now();
  SetWatch(run.plan, std::move(reported));
}

void RunBook::AwaitNode(RunId id, NodeId node, Time until) {
  DueNode& its = Edit(id).due->nodes.at(node);
  its.answer_by = std::max(its.answer_by, until);
}

void RunBook::Delay(RunId id, seconds late) {
  for (auto& [node, its] : Edit(id).due->nodes) {
    its.answer_by += std::max(late, seconds{0});
  }
}

void RunBook::ExcuseNode(RunId id, NodeId node) {
  Run& run = Edit(id);
  run.due->nodes.erase(node);
  for (auto& [module, entry] : run.modules) {
    if (entry.node == node && !entry.record) entry.expected = false;
  }
  Reason(Named(run) + ": nothing is expected of node " + std::to_string(node.value()) +
         ", which was busy with an earlier run of the plan");
}

void RunBook::NoteOverlap(RunId id, Time due) {
  const Run& run = memory_.runs.at(id);
  const auto watch = memory_.watches.find(run.plan);
  if (run.overlapped) {
    if (due > run.overlapped->last) Add(Edit(id).overlapped, due);
    return;
  }
  if (watch == memory_.watches.end()) return;
  const auto& noted = watch->second.overlap_noted;
  if (noted && *noted <= now() && now() - *noted < RunRules::kDaily) return;
  Add(Edit(id).overlapped, due);
  PlanWatch with = watch->second;
  with.overlap_noted = now();
  SetWatch(run.plan, std::move(with));
  Reason(Named(run) + " still went on when its plan was due again at " + IsoTime(due));
}

void RunBook::SetWatches(std::map<PlanId, PlanWatch> watches) {
  if (watches == memory_.watches) return;
  memory_.watches = std::move(watches);
  step_.changes.watches = memory_.watches;
}

void RunBook::SetWatch(const PlanId& plan, PlanWatch watch) {
  auto watches = memory_.watches;
  watches.insert_or_assign(plan, std::move(watch));
  SetWatches(std::move(watches));
}

void RunBook::SettleDue(const PlanId& plan, Time due) {
  PlanWatch watch = memory_.watches.at(plan);
  watch.settled = std::max(watch.settled, due);
  SetWatch(plan, std::move(watch));
}

void RunBook::CountUnknownDue(const PlanId& plan, Time due) {
  Reason("plan " + plan.value() + " was due at " + IsoTime(due) +
         " while nobody looked: what it did then has been overwritten");
  const auto noted = gaps_.find(plan);
  if (noted != gaps_.end()) {
    ++noted->second.unknown_due;
    return;
  }
  for (const Run* run : RunsOf(plan)) {
    if (run->gap && run->gap->from < due && due <= run->gap->to) {
      ++Edit(run->id).gap->unknown_due;
      return;
    }
  }
}

void RunBook::KeepMissed(const PlanId& plan, Time due) {
  PlanWatch watch = memory_.watches.at(plan);
  Add(watch.missed, due);
  step_.missed.push_back(plan);
  SetWatch(plan, std::move(watch));
}

}  // namespace backup_monitor::run
