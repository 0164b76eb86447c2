#include "app/worker.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "announcement/requested_report.h"
#include "app/module_gauges.h"
#include "app/plan_gauges.h"
#include "app/step_counters.h"
#include "base/bounds.h"
#include "base/log.h"
#include "report/facts/derive_facts.h"

namespace backup_monitor::app {
namespace {

using announcement::StepResult;

// In memory at once, read or waiting to be explained: a flood stays on the disk.
constexpr std::size_t kMostAlertBytes = 4U << 20U;
constexpr std::size_t kMostOtherBytes = 1U << 20U;
constexpr seconds kShortest{1};  // between two looks, however often we are woken
constexpr std::array<seconds, 5> kRetry{seconds{1}, seconds{2}, seconds{5}, seconds{15},
                                        seconds{30}};

std::size_t MemoryOf(const std::vector<Trigger>& triggers, bool alerts) {
  std::size_t bytes = 0;
  for (const Trigger& trigger : triggers) {
    if (std::holds_alternative<Alert>(trigger.body) == alerts) bytes += MemoryOf(trigger.body);
  }
  return bytes;
}

}  // namespace

void Worker::DeclareMetrics(Metrics& metrics) {
  DeclareStepCounters(metrics);
  LastSuccesses::DeclareMetrics(metrics);
  DeclarePlanGauges(metrics);
  DeclareModuleGauges(metrics);
}

Worker::Worker(Parts parts, Settings settings)
    : parts_{std::move(parts)},
      settings_{std::move(settings)},
      announcer_{parts_.writer,
                 settings_.notify_on,
                 {settings_.probe_mode, settings_.probe_run_timeout, parts_.checker,
                  parts_.log != nullptr, parts_.presence != nullptr, parts_.uploads != nullptr}},
      last_successes_{parts_.archive, parts_.metrics, settings_.rules.reconcile},
      retention_{parts_.clock, parts_.store, settings_.keep} {}

void Worker::Start() {
  thread_ = std::jthread{[this](const std::stop_token& stop) { Run(stop); }};
}

void Worker::Stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void Worker::Wake() {
  const MutexLock lock{mutex_};
  if (!std::exchange(wake_, true)) woken_.notify_all();  // a flood of alerts wakes it once
}

void Worker::WakeForFindings() {
  const MutexLock lock{mutex_};
  findings_ = true;
  woken_.notify_all();
}

void Worker::Run(const std::stop_token& stop) {
  using std::chrono::steady_clock;
  NameThread("worker");
  heartbeat_.Beat();
  last_successes_.Show();
  steady_clock::time_point next_look = steady_clock::now();
  while (!stop.stop_requested()) {
    const bool look = steady_clock::now() >= next_look;
    if (look || !StoreFindings()) {
      const seconds rest = Work(stop);
      next_look = steady_clock::now() + rest;
    } else if (failures_ == 0) {
      next_look = std::min(next_look, steady_clock::now() + UntilDue());
    }
    if (RestUntil(next_look, stop)) next_look = steady_clock::now();
  }
  heartbeat_.End();
}

/// At least the shortest time, then until somebody wakes us or the next look is due. True if a look is wanted
/// now.
bool Worker::RestUntil(std::chrono::steady_clock::time_point next_look,
                       const std::stop_token& stop) {
  using std::chrono::steady_clock;
  MutexLock lock{mutex_};
  woken_.wait_for(lock.native(), stop, kShortest, [] { return false; });
  for (auto now = steady_clock::now(); !stop.stop_requested() && now < next_look;
       now = steady_clock::now()) {
    heartbeat_.Beat();
    const auto until = std::min(next_look, now + kHeartbeatInterval);
    if (woken_.wait_until(lock.native(), stop, until,
                          [this]() REQUIRES(mutex_) { return wake_ || findings_; }))
      break;
  }
  heartbeat_.Beat();
  findings_ = false;
  return std::exchange(wake_, false);
}

/// What the log has said may be due at once.
seconds Worker::UntilDue() const {
  const auto due = tracker_->NextDue();
  const seconds left = due ? std::chrono::ceil<seconds>(*due - parts_.clock.Now()) : seconds::max();
  return std::clamp(left, seconds{0}, settings_.rules.reconcile);
}

seconds Worker::RetryPause() {
  return kRetry[std::min<std::size_t>(static_cast<std::size_t>(failures_++), kRetry.size() - 1)];
}

/// One round. Returns how long to rest if nobody wakes us.
seconds Worker::Work(const std::stop_token& stop) {
  if (auto restored = Restore(); !restored) {
    SayStoreError(restored.error().message);
    return RetryPause();
  }
  const auto view = Look();
  Result<void> stored;
  for (bool more = true; more && stored && !stop.stop_requested();) {
    heartbeat_.Beat();
    auto read = ReadInbox();
    stored = read ? Evaluate(view ? view->get() : nullptr)
                  : Fail(std::move(read.error()).While("read the inbox"));
    more = stored && *read && view && HasRoomForAlerts();
  }
  if (!stored) {
    // What the state machine concluded is not on disk: forget it and conclude it again.
    tracker_.reset();
    SayStoreError(stored.error().message);
  } else {
    SayStoreError({});
  }
  if (!stored || !view) {
    seconds retry = RetryPause();
    if (next_release_) retry = std::min<seconds>(retry, *next_release_ - parts_.clock.Now());
    return std::max(retry, 2 * kShortest);
  }
  failures_ = 0;
  heartbeat_.Beat();
  ShowPlans(**view);
  Forget(**view);
  if (auto given = retention_.GiveBackRoom(stop); !given) LogWarning(given.error().message);
  const Time now = parts_.clock.Now();
  seconds rest = settings_.rules.reconcile;
  if (const auto due = tracker_->NextDue()) rest = std::min<seconds>(rest, *due - now);
  if (next_release_) rest = std::min<seconds>(rest, *next_release_ - now);
  return std::max(rest, 2 * kShortest);
}

Result<void> Worker::Restore() {
  if (tracker_) return {};
  auto memory = parts_.store.Load(parts_.clock.Now());
  if (!memory) return Fail(std::move(memory.error()).While("load the runs"));
  tracker_.emplace(settings_.rules, *std::move(memory));
  newest_alert_ = newest_other_ = TriggerId{};
  waiting_.clear();
  return {};
}

/// True if more waits on the disk, whether there is room for it or not.
Result<bool> Worker::ReadInbox() {
  bool more_alerts = true;
  if (HasRoomForAlerts()) {
    const std::size_t room = kMostAlertBytes - AlertsInMemory();
    auto read = ReadInbox(store::Inbox::Kinds::kAlerts, room, newest_alert_);
    if (!read) return read;
    more_alerts = *read;
  } else {
    NoteBoundReached(
        "alerts_in_memory",
        std::to_string(kMostAlertBytes) +
            " bytes of alerts wait to be explained; later ones stay on disk until then");
  }
  const std::size_t others = MemoryOf(waiting_, false);
  if (others >= kMostOtherBytes) return true;
  auto more_others =
      ReadInbox(store::Inbox::Kinds::kOthers, kMostOtherBytes - others, newest_other_);
  if (!more_others) return more_others;
  return more_alerts || *more_others;
}

std::size_t Worker::AlertsInMemory() const {
  return MemoryOf(waiting_, true) + tracker_->waiting_alerts_memory();
}

/// A quarter at least: each step costs the same however few alerts it takes.
bool Worker::HasRoomForAlerts() const { return AlertsInMemory() <= kMostAlertBytes / 4 * 3; }

Result<bool> Worker::ReadInbox(store::Inbox::Kinds kinds, std::size_t room, TriggerId& newest) {
  auto fresh = parts_.inbox.Pending(kinds, newest, room);
  if (!fresh) return Fail(std::move(fresh.error()));
  if (fresh->triggers.empty()) return false;
  newest = fresh->triggers.back().id;
  waiting_.insert(waiting_.end(), fresh->triggers.begin(), fresh->triggers.end());

  const MutexLock lock{mutex_};
  for (const Trigger& trigger : fresh->triggers) {
    if (std::holds_alternative<Alert>(trigger.body)) status_.last_alert = trigger.received_at;
    if (std::holds_alternative<BackupEvent>(trigger.body)) status_.last_event = trigger.received_at;
  }
  return fresh->more;
}

/// Brings what the look, the inbox and the checker say to its end. Without a view requests are answered, and
/// what is postponed is seen to.
Result<void> Worker::Evaluate(const ClusterView* view) {
  auto transaction = parts_.store.Begin();
  if (!transaction) return Fail(std::move(transaction.error()).While("begin a step"));
  if (auto kept = KeepFindings(**transaction); !kept) return kept;
  auto result = StepOn(view, **transaction);
  if (!result) return Fail(result.error());
  RunChanges settled;
  if (auto done = AnswerRequests(view, **transaction, settled.settled, result->posted); !done)
    return done;
  if (!settled.settled.empty()) {
    if (auto done = (*transaction)->Save(settled); !done) return done;
  }
  if (auto done = (*transaction)->Commit(); !done)
    return Fail(std::move(done.error()).While("store a step"));
  std::erase_if(waiting_, [&](const Trigger& trigger) {
    return std::find(settled.settled.begin(), settled.settled.end(), trigger.id) !=
           settled.settled.end();
  });
  Conclude(*result);
  return {};
}

/// What a step that is on disk leads to.
void Worker::Conclude(StepResult& result) {
  found_.clear();
  heard_.clear();
  met_.clear();
  if (std::exchange(keeps_uploads_, false)) uploads_.reset();
  Count(result);
  SendQuestions(result);
  if (!result.posted.subjects.empty()) parts_.wake_delivery();
  if (std::exchange(run_closed_, false) && parts_.run_has_closed) parts_.run_has_closed();
}

/// Now, and the last look if the cluster could be read then.
announcement::Moment Worker::LastMoment() const {
  const MutexLock lock{mutex_};
  return {parts_.clock.Now(), status_.cluster_reachable ? status_.view.get() : nullptr};
}

Result<std::set<std::string>> Worker::KnownAlerts(store::RunStore::Transaction& transaction) const {
  std::set<std::string> identities;
  for (const Trigger& trigger : waiting_) {
    if (const auto* alert = std::get_if<Alert>(&trigger.body)) identities.insert(alert->identity());
  }
  return transaction.KnownAlerts(identities);
}

Result<StepResult> Worker::StepOn(const ClusterView* view,
                                  store::RunStore::Transaction& transaction) {
  if (view == nullptr)
    return announcer_.AnnouncePostponed(*tracker_, {parts_.clock.Now(), nullptr}, transaction);
  const auto known = KnownAlerts(transaction);
  if (!known) return Fail(known.error());
  run::RunStep step = tracker_->Step(*view, waiting_, *known);  // it keeps the alerts
  std::erase_if(waiting_,
                [](const Trigger& trigger) { return std::holds_alternative<Alert>(trigger.body); });
  run_closed_ = std::ranges::any_of(step.announcements, [](const Announcement& announcement) {
    return announcement.kind == Announcement::Kind::kFinal;
  });
  auto result = announcer_.Announce(step, *tracker_, *view, transaction);
  if (!result) return Fail(std::move(result.error()).While("keep a step"));
  result->posted.runs_waiting = step.runs_waiting;
  result->missed = std::move(step.missed);
  return result;
}

Result<void> Worker::AnswerRequests(const ClusterView* view,
                                    store::RunStore::Transaction& transaction,
                                    std::vector<TriggerId>& settled,
                                    announcement::PostedReports& posted) {
  for (const Trigger& trigger : waiting_) {
    const bool test = std::holds_alternative<TestMailRequest>(trigger.body);
    const auto* request = std::get_if<ReportRequest>(&trigger.body);
    if (std::holds_alternative<Alert>(trigger.body)) continue;
    if (!test && view == nullptr) continue;  // an event or a report needs a look
    settled.push_back(trigger.id);
    if (!test && request == nullptr) continue;
    Result<Report> report = announcement::TestReport(view, parts_.clock.Now());
    if (request != nullptr) {
      report =
          announcement::ReportOnRequest(*view, tracker_->memory(), settings_.rules, request->plan,
                                        [&](const backup_monitor::Run& run, Time as_of) {
                                          return transaction.HistoryOf(run, as_of);
                                        });
      if (!report) return Fail(report.error());
      report->contradictions = Contradictions(*view);
      if (request->plan) {
        std::erase_if(report->contradictions, [&](const AlertContradiction& contradiction) {
          return contradiction.plan != *request->plan;
        });
      }
    }
    const announcement::MessageWriter::Address address{{}, {}, trigger.id};
    const auto message = parts_.writer.Write(report::FactsOf(*report), address);
    if (!message) return Fail(message.error());
    posted.subjects.push_back(message->subject);
    if (auto done = transaction.Post(*message); !done) return Fail(done.error());
  }
  return {};
}

void Worker::Count(const StepResult& result) {
  CountStep(result, parts_.metrics);
  if (!result.posted.outcomes.empty()) last_successes_.Read();
  last_successes_.Show();
}

/// What is older than `store.keep_days` leaves the store, by and by.
void Worker::Forget(const ClusterView& view) {
  if (auto done = retention_.Work(view.records); !done) {
    LogWarning("cannot remove what is old from the store: " + done.error().message);
  }
}

void Worker::SayStoreError(const std::string& error) {
  const MutexLock lock{mutex_};
  if (!error.empty() && status_.store_error != error)
    LogError("cannot store, trying again: " + error);
  if (error.empty() && !status_.store_error.empty()) LogInfo("the store takes steps again");
  status_.store_error = error;
}

}  // namespace backup_monitor::app
