#include "run/pending_alerts.h"

#include <algorithm>

#include "run/alert_rate.h"
#include "run/compact_runs.h"
#include "run/newer_history.h"
#include "run/reasons.h"
#include "run/reckoning.h"

namespace backup_monitor::run {
namespace {

using Kind = AlertAnswer::Kind;

std::vector<PlanId> PlansCalled(const Alert::PlanReference& name, const RunBook& book) {
  std::vector<PlanId> plans;
  if (!name.is_name && book.view().plans.contains(PlanId{name.text})) return {PlanId{name.text}};
  for (const auto& [id, plan] : book.view().plans) {
    if (plan.name == name.text) plans.push_back(id);
  }
  return plans;
}

bool WasOnceKnown(const Alert::PlanReference& name, const RunBook& book) {
  const auto& known = book.memory().known_plans;
  return std::any_of(known.begin(), known.end(),
                     [&](const auto& plan) { return name.Means(plan.first, plan.second); });
}

bool Succeeded(const Run& run) {
  if (run.has_errors()) return false;  // of a late record, whose report may still wait
  if (run.outcome) return *run.outcome == Outcome::kSuccess;
  return run.all_succeeded() && !run.alert_unexplained();
}

/// The run that reports what the alert is about, or will when it closes; nullptr if there is none.
const Run* ExplainedBy(const PlanId& plan, Time alert_start, const RunBook& book) {
  for (const Run* open : book.OpenRunsOf(plan)) {
    if (open->has_errors()) return open;
  }
  const Run* last = book.memory().LastClosedOf(plan);
  // A success that ended before the alert began explains nothing, whenever it was seen.
  const bool explains =
      last != nullptr &&
      (!Succeeded(*last) || last->last_end().value_or(*last->closed_at()) > alert_start);
  return explains ? last : nullptr;
}

bool IsExplained(const PlanId& plan, Time alert_start, const RunBook& book) {
  return ExplainedBy(plan, alert_start, book) != nullptr;
}

std::string ByWhichRuns(const std::vector<PlanId>& plans, Time alert_start, const RunBook& book) {
  std::string by;
  for (const PlanId& plan : plans) {
    const Run* run = ExplainedBy(plan, alert_start, book);
    if (run == nullptr) continue;
    by += (by.empty() ? "" : ", ") + Named(*run) +
          (run->open() ? " (open, with errors)" : " (closed)");
  }
  return by;
}

bool HasStatus(const Plan& plan, const RunBook& book) {
  if (plan.compact_status) return true;
  return std::any_of(book.view().records.begin(), book.view().records.end(),
                     [&](const StatusRecord& record) { return record.plan == plan.id; });
}

CausingAlert CauseOf(const Alert& alert, Time since) {
  const auto node = alert.labels.find("node");
  return {since, node == alert.labels.end() ? std::string{} : node->second,
          alert.plan().has_value(), alert.silenced};
}

void Attach(RunId id, const Alert& alert, Time since, RunBook& book) {
  book.Attach(id, alert.identity(), CauseOf(alert, since));
}

/// The run has to answer the alert, unless it has one to answer.
void AttachTo(RunId run, const Alert& alert, Time since, RunBook& book) {
  if (!book.memory().runs.at(run).alert) Attach(run, alert, since, book);
}
void AttachToOpen(const PlanId& plan, const Alert& alert, Time since, RunBook& book) {
  const auto open = book.OpenRunsOf(plan);
  if (!open.empty()) AttachTo(open.back()->id, alert, since, book);
}

/// One that lies in the future counts as of when it came.
Time StartOf(const Alert& alert, Time received_at) {
  return std::min(alert.starts_at.value_or(received_at), received_at);
}

bool HasFailed(const Run& run) {
  return run.has_errors() || (run.compact_status && !run.compact_status->succeeded);
}

bool IsUpdatedSince(const Plan& plan, Time since, const RunBook& book) {
  if (plan.compact_status && plan.compact_status->timestamp >= since) return true;
  if (!book.OpenRunsOf(plan.id).empty()) return true;
  return std::any_of(book.view().records.begin(), book.view().records.end(),
                     [&](const StatusRecord& record) {
                       return record.plan == plan.id && Reckon(record, book.now()).ended >= since;
                     });
}

}  // namespace

void PendingAlerts::Add(const std::vector<Trigger>& triggers, const std::set<std::string>& known) {
  for (const Trigger& trigger : triggers) {
    if (const auto* alert = std::get_if<Alert>(&trigger.body)) {
      std::string identity = alert->identity();
      const bool is_known = known.contains(identity);
      pending_.push_back({trigger.id,
                          trigger.received_at,
                          *alert,
                          std::move(identity),
                          is_known,
                          {},
                          false,
                          trigger.received_at});
    }
  }
}

std::size_t PendingAlerts::memory() const noexcept {
  std::size_t bytes = 0;
  for (const Pending& pending : pending_) bytes += MemoryOf(pending.alert) + sizeof(Pending);
  return bytes;
}

void PendingAlerts::Answer(const Pending& pending, Kind kind, std::string_view why, RunBook& book) {
  book.Reason(Named(pending.trigger, pending.alert) + ": " + std::string{why});
  book.Answer(pending.trigger, kind);
}

/// Nothing explains the alert: it becomes a run, or a run that is open has to answer it.
void PendingAlerts::OpenFor(const Plan& plan, const Alert& alert, Time begin, RunBook& book) {
  if (!HasStatus(plan, book) || plan.expected.empty()) {
    const RunId run = book.Open(plan, begin, RunOrigin::kNoStatus);
    Attach(run, alert, begin, book);
    book.Close(run, book.now(), "its plan has no status at all");
    without_status_.emplace(run, alert);
    return;
  }
  if (IsHistoryNewer(plan.id, book.memory()) &&
      HistoryAnswers(plan, begin, book.rules().quiet, book.memory())) {
    if (const auto run = book.OpenFromHistory(plan)) return Attach(*run, alert, begin, book);
  }
  if (!book.OpenRunsOf(plan.id).empty()) return AttachToOpen(plan.id, alert, begin, book);
  Attach(book.Open(plan, begin, RunOrigin::kAlert), alert, begin, book);
}

void PendingAlerts::OpenRuns(RunBook& book) {
  std::set<std::string> waiting;
  std::erase_if(pending_, [&](Pending& pending) {
    // What becomes of the first one becomes of its repetitions.
    if (!pending.identity.empty() && !waiting.insert(pending.identity).second) {
      Answer(pending, Kind::kRepeated, "the same alert waits already", book);
      return true;
    }
    pending.received_at = std::min(pending.received_at, book.now());
    pending.due = pending.received_at + book.rules().wait;
    if (book.now() >= pending.due) pending.due = pending.received_at + RunRules::kGathering;
    return Explain(pending, book);
  });
}

bool PendingAlerts::IsRepeated(const Pending& pending, RunBook& book) {
  if (!pending.known) return false;
  book.RememberAlert(pending.identity);  // as long as it comes it is not forgotten
  Answer(pending, Kind::kRepeated, "this alert has led to a run or a report before", book);
  return true;
}

bool PendingAlerts::Explain(Pending& pending, RunBook& book) {
  if (IsRepeated(pending, book)) return true;
  const auto name = pending.alert.plan();
  if (name) {
    if (pending.alert.group_was_truncated) {
      for (const auto& [id, plan] : book.view().plans) {
        if (plan.compact) (void)OpenCompactRunFor(plan, pending.received_at, true, book);
      }
    }
    return ExplainNamed(pending, *name, book);
  }
  Gather(pending, book);
  if (!pending.gathers.empty() || book.now() < pending.received_at + book.rules().wait)
    return false;
  book.RememberAlert(pending.identity);
  const Kind reported = ReportAlert({Announcement::Kind::kNoStatus, {}, pending.alert}, book);
  Answer(pending, reported, "no plan was updated within recent_window before it: reported", book);
  return true;
}

bool PendingAlerts::ExplainNamed(const Pending& pending, const Alert::PlanReference& name,
                                 RunBook& book) {
  const Time start = StartOf(pending.alert, pending.received_at);
  const bool waited = book.now() >= pending.received_at + book.rules().wait;
  const std::vector<PlanId> plans = PlansCalled(name, book);
  if (plans.empty()) {
    if (!waited) return false;
    const bool gone = WasOnceKnown(name, book);
    if (gone) book.Remark("alert for plan '" + name.text + "', which has been removed");
    book.RememberAlert(pending.identity);
    if (gone) {
      Answer(pending, Kind::kPlanIsGone, "its plan has been removed", book);
      return true;
    }
    const Kind reported = ReportAlert({Announcement::Kind::kUnknownPlan, {}, pending.alert}, book);
    Answer(pending, reported, "no plan is called that: reported", book);
    return true;
  }

  std::vector<PlanId> unexplained;
  std::vector<RunId>
      reported_before;  ///< Compact layout: everything has succeeded and been reported.
  bool opened = false;
  for (const PlanId& id : plans) {
    const Plan& plan = book.view().plans.at(id);
    const bool explained = IsExplained(id, start, book);
    // The compact layout has no other sign of a run than this alert: it opens at once.
    if (plan.compact && HasStatus(plan, book)) {
      const bool open = OpenCompactRunFor(plan, pending.received_at, explained, book);
      opened |= open;
      const Run* last = book.memory().LastClosedOf(id);
      if (open && !explained) AttachToOpen(id, pending.alert, start, book);
      else if (!explained && last != nullptr) reported_before.push_back(last->id);
    } else if (!explained) {
      unexplained.push_back(id);
    }
  }
  if (unexplained.empty() && reported_before.empty()) {
    if (opened) book.RememberAlert(pending.identity);
    if (opened)
      Answer(pending, Kind::kReported, "a run of the compact layout is open for it", book);
    else Answer(pending, Kind::kExplained, "explained by " + ByWhichRuns(plans, start, book), book);
    return true;
  }
  if (!waited) return false;
  for (const PlanId& id : unexplained)
    OpenFor(book.view().plans.at(id), pending.alert, start, book);
  book.RememberAlert(pending.identity);
  const Kind reported =
      reported_before.empty()
          ? Kind::kReported
          : ReportAlert({Announcement::Kind::kPlansSucceeded, reported_before, pending.alert},
                        book);
  Answer(pending, reported, "nothing explained it within wait_seconds: reported", book);
  return true;
}

void PendingAlerts::Gather(Pending& pending, RunBook& book) {
  const Time since = pending.received_at - book.rules().recent_window;
  const bool waited = book.now() >= pending.received_at + book.rules().wait;
  for (const auto& [id, plan] : book.view().plans) {
    if (!IsUpdatedSince(plan, since, book)) continue;
    if (plan.compact && !pending.gathering) {
      (void)OpenCompactRunFor(plan, pending.received_at, true, book);
    }
    if (!plan.compact && waited && IsHistoryNewer(id, book.memory()))
      (void)book.OpenFromHistory(plan);
    pending.gathers.insert(id);
  }
  pending.gathering = !pending.gathers.empty();
}

bool PendingAlerts::TellGathered(Pending& pending, RunBook& book) {
  if (book.now() < pending.received_at + book.rules().wait) return false;
  std::vector<RunId> closed;
  std::vector<RunId> last;
  bool open = false;
  bool explained = false;
  bool failed = false;
  const Time start = StartOf(pending.alert, pending.received_at);
  for (const PlanId& plan : pending.gathers) {
    for (const Run* run : book.RunsOf(plan)) {
      open |= run->open() && !run->announced();
      if (run->announced()) continue;
      failed |= HasFailed(*run);
      if (!run->open()) closed.push_back(run->id);
    }
    explained |= IsExplained(plan, start, book);
    if (const Run* run = book.memory().LastClosedOf(plan)) last.push_back(run->id);
  }
  if (open && book.now() < pending.received_at + RunRules::kGathering) return false;
  // One error explains an alert that may mean any of them; without one each has to answer it.
  if (!failed && (!explained || !closed.empty())) {
    for (const RunId run : closed) AttachTo(run, pending.alert, start, book);
    for (const PlanId& plan : pending.gathers) AttachToOpen(plan, pending.alert, start, book);
  }
  Kind answer = closed.empty() ? Kind::kExplained : Kind::kReported;
  if (closed.empty() && !explained && !open) {
    answer = ReportAlert({Announcement::Kind::kPlansSucceeded, last, pending.alert}, book);
  }
  if (!closed.empty()) book.Announce({Announcement::Kind::kFinal, closed, pending.alert});
  book.RememberAlert(pending.identity);
  const std::string runs = std::to_string(closed.size()) + " runs that have closed";
  if (!closed.empty()) Answer(pending, answer, "reported together: " + runs, book);
  else if (answer != Kind::kExplained)
    Answer(pending, answer, "every plan it can mean has succeeded: shown once more", book);
  else Answer(pending, answer, "explained by runs of the plans that it can mean", book);
  return true;
}

void PendingAlerts::AnnounceClosed(RunBook& book) {
  std::erase_if(pending_,
                [&](Pending& pending) { return pending.gathering && TellGathered(pending, book); });
  std::vector<RunId> on_alerts;
  for (const auto& [id, run] : book.memory().runs) {
    if (run.open() || run.announced()) continue;
    const bool waiting =
        std::any_of(pending_.begin(), pending_.end(),
                    [&, plan = run.plan](const Pending& p) { return p.gathers.contains(plan); });
    if (waiting) continue;
    if (run.rests_on_alert()) on_alerts.push_back(id);
    else book.Announce({Announcement::Kind::kFinal, {id}, std::nullopt});
  }
  AnnounceAlerts(on_alerts, book);
}

void PendingAlerts::AnnounceAlerts(const std::vector<RunId>& runs, RunBook& book) {
  std::vector<Announcement> announcements;
  for (const RunId id : runs) {
    const Run& run = book.memory().runs.at(id);
    const auto quoted = without_status_.find(id);
    const bool no_status = run.origin == RunOrigin::kNoStatus && !run.last_end();
    announcements.push_back(
        {no_status ? Announcement::Kind::kNoStatus : Announcement::Kind::kFinal,
         {id},
         quoted == without_status_.end() ? std::nullopt : std::optional{quoted->second}});
  }
  without_status_.clear();
  AnnounceRestingOnAlerts(std::move(announcements), book);
}

void PendingAlerts::GiveUpWaiting(RunBook& book) {
  std::erase_if(pending_, [&](const Pending& pending) {
    if (IsRepeated(pending, book)) return true;
    if (book.now() < pending.received_at + RunRules::kGathering) return false;
    book.RememberAlert(pending.identity);
    const Kind reported = ReportAlert({Announcement::Kind::kNoStatus, {}, pending.alert}, book);
    Answer(pending, reported, "no look has concluded anything for an hour: reported", book);
    return true;
  });
}

std::optional<Time> PendingAlerts::NextDue() const {
  std::optional<Time> next;
  for (const Pending& pending : pending_) {
    if (!next || pending.due < *next) next = pending.due;
  }
  return next;
}

}  // namespace backup_monitor::run
