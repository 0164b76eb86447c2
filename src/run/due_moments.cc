#include "run/due_moments.h"

#include <algorithm>
#include <utility>

#include "run/due_fit.h"
#include "run/reasons.h"
#include "text/utc_time.h"

namespace backup_monitor::run {
namespace {

/// A run of it, or of an alert: that says NS8 was at work for the plan then, though no record does.
bool IsAnswered(const PlanId& plan, const RunDue& due, const RunBook& book) {
  const Time next = NextAfter(plan, due, book).value_or(Time::max());
  return std::ranges::any_of(book.RunsOf(plan), [&](const Run* run) {
    if (run->due) return run->due->at == due.at;
    return run->alert && run->begin >= due.at - RunRules::kEarly &&
           run->begin < next - RunRules::kEarly;
  });
}

/// Redis holds only the newest record of each module: of a due moment before it nothing can be known.
bool IsOverwritten(const PlanId& plan, const RunDue& due, const RunBook& book) {
  const PlanTiming* timing = book.TimingOf(plan);
  return std::ranges::any_of(book.view().records, [&](const StatusRecord& record) {
    if (record.plan != plan) return false;
    const auto node = book.NodeOf(record);
    const auto its = node ? due.nodes.find(*node) : due.nodes.end();
    if (its == due.nodes.end()) return false;
    const auto interval = IntervalAfter(timing->nodes.at(*node), its->second.at);
    return interval && record.start >= its->second.at + *interval - RunRules::kEarly;
  });
}

/// A record of it, or the log, says that it has begun the run.
bool HasAnswered(const Run& run, NodeId node, const RunBook& book) {
  const auto log = run.log.find(node);
  if (log != run.log.end() && log->second.pass && !log->second.pass->through_agent) return true;
  return std::ranges::any_of(run.modules, [&](const auto& entry) {
    return entry.second.record && book.NodeOf(*entry.second.record) == node;
  });
}

/// Nodes of which an open run has nothing yet may be busy with an earlier one: then nothing is expected of them.
void RefineNodes(const Run& run, RunBook& book) {
  const RunDue due = *run.due;
  for (const auto& [node, its] : due.nodes) {
    if (HasAnswered(run, node, book)) continue;
    const NodeAtDue found = StateAtDue(run.plan, node, its.at, book);
    if (found.state == NodeState::kUnknown)
      book.AwaitNode(run.id, node, book.now() + book.rules().reconcile);
    if (found.state != NodeState::kBusy) continue;
    book.NoteOverlap(found.run, its.at);
    book.ExcuseNode(run.id, node);
  }
}

Time LastDeadline(const RunDue& due) {
  Time last = Time::min();
  for (const auto& [node, its] : due.nodes) last = std::max(last, its.answer_by);
  return last;
}

bool IsDueOften(const PlanTiming& timing, const RunDue& due) {
  return std::ranges::any_of(due.nodes, [&](const auto& entry) {
    const auto interval = IntervalAfter(timing.nodes.at(entry.first), entry.second.at);
    return interval && *interval <= RunRules::kOften;
  });
}

}  // namespace

void DueMoments::Watch(bool first_look, const std::optional<Gap>& gap, RunBook& book) {
  const auto& plans = book.view().plans;
  std::map<PlanId, PlanWatch> watches = book.memory().watches;
  std::erase_if(watches, [&](const auto& entry) {
    const auto plan = plans.find(entry.first);
    return plan == plans.end() || !plan->second.is_scheduled() || first_look;
  });
  std::erase_if(gaps_, [&](const auto& entry) { return !watches.contains(entry.first); });
  for (const auto& [id, plan] : plans) {
    if (!plan.is_scheduled()) continue;
    const auto [watch, is_new] = watches.try_emplace(id);
    if (is_new || watch->second.schedule != plan.schedule) {
      watch->second = PlanWatch{};
      watch->second.schedule = plan.schedule;
      watch->second.since = watch->second.settled = book.now();
    } else if (gap) {
      gaps_[id] = *gap;
    }
    // Our clock has stepped back.
    watch->second.settled = std::min(watch->second.settled, book.now());
  }
  book.SetWatches(std::move(watches));
}

void DueMoments::RefineOpenRuns(RunBook& book) {
  std::vector<RunId> open;
  for (const auto& [id, run] : book.memory().runs) {
    // When one of which nothing has come was opened, it was settled what its nodes had been doing.
    if (run.open() && run.due && !run.is_missed()) open.push_back(id);
  }
  for (const RunId id : open) RefineNodes(book.memory().runs.at(id), book);
}

void DueMoments::AnnounceNeverDue(RunBook& book) {
  Announcement announcement{Announcement::Kind::kNeverDue, {}, std::nullopt};
  auto watches = book.memory().watches;
  for (auto& [plan, watch] : watches) {
    const auto timing = book.view().timings.find(plan);
    if (timing == book.view().timings.end() || watch.never_due_reported) continue;
    if (timing->second.kind != PlanTiming::Kind::kNever) continue;
    watch.never_due_reported = true;
    announcement.plans.push_back(plan);
    book.Reason("plan " + plan.value() + " never runs by itself: " + timing->second.reason);
  }
  if (announcement.plans.empty()) return;
  book.SetWatches(std::move(watches));
  book.Announce(std::move(announcement));
}

void DueMoments::Settle(RunBook& book) {
  next_.reset();
  const auto watches = book.memory().watches;
  for (const auto& [plan, watch] : watches) {
    for (RunDue& due : DueMomentsOf(plan, watch.settled, book)) {
      const Time at = due.at;
      if (!Settle(plan, std::move(due), book)) break;
      book.SettleDue(plan, at);
    }
  }
}

/// False: it is not known yet.
bool DueMoments::Settle(const PlanId& plan, RunDue due, RunBook& book) {
  if (IsAnswered(plan, due, book)) return true;
  const auto gap = gaps_.find(plan);
  const bool unseen = gap != gaps_.end() && gap->second.from < due.at && due.at <= gap->second.to;
  if (unseen && IsOverwritten(plan, due, book)) {
    book.CountUnknownDue(plan, due.at);
    return true;
  }
  for (auto its = due.nodes.begin(); its != due.nodes.end();) {
    const NodeAtDue found = StateAtDue(plan, its->first, its->second.at, book);
    if (found.state == NodeState::kUnknown) return false;  // that run's end says more
    if (found.state == NodeState::kFree) {
      // A machine that was suspended begins when it wakes up, and so do its timers.
      if (unseen)
        its->second.answer_by = std::max(its->second.answer_by,
                                         gap->second.to + (its->second.answer_by - its->second.at));
      ++its;
      continue;
    }
    book.NoteOverlap(found.run, its->second.at);
    its = due.nodes.erase(its);
  }
  if (due.nodes.empty()) return true;
  const Time deadline = LastDeadline(due);
  if (book.now() < deadline) {
    WaitUntil(deadline);
    return false;
  }
  Miss(plan, due, book);
  return true;
}

void DueMoments::Miss(const PlanId& plan, const RunDue& due, RunBook& book) {
  const PlanWatch& watch = book.memory().watches.at(plan);
  const bool was_reported =
      watch.missed_reported && book.now() - *watch.missed_reported < RunRules::kDaily;
  const bool is_asked = std::ranges::any_of(book.OpenRunsOf(plan), &Run::is_missed);
  if (IsDueOften(*book.TimingOf(plan), due) && (was_reported || is_asked)) {
    book.Reason("plan " + plan.value() + " was due at " + IsoTime(due.at) +
                " and did not run: it is due often, and reported once a day");
    return book.KeepMissed(plan, due.at);
  }
  const RunId run = book.Open(book.view().plans.at(plan), due.at, RunOrigin::kSchedule);
  book.SetDue(run, due);
  book.Reason("nothing came of plan " + plan.value() + " by " + IsoTime(LastDeadline(due)));
}

void DueMoments::WaitUntil(Time time) { next_ = std::min(next_.value_or(time), time); }

}  // namespace backup_monitor::run
