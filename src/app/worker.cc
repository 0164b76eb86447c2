#include "app/worker.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "app/report_builder.h"
#include "app/request_desk.h"
#include "app/step_counters.h"
#include "base/log.h"

namespace backup_monitor {
namespace {

constexpr int kMostTriggers = 5000;  // in one step: a flood stays on the disk, not in our memory
constexpr seconds kShortest{1};  // between two looks, however often we are woken
constexpr std::array<seconds, 5> kRetry{seconds{1}, seconds{2}, seconds{5}, seconds{15}, seconds{30}};

double Seconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

void Worker::DeclareMetrics(Metrics& metrics) {
  DeclareStepCounters(metrics);
  LastSuccesses::DeclareMetrics(metrics);
}

Worker::Worker(Parts parts, Settings settings)
    : parts_{std::move(parts)},
      settings_{settings},
      announcer_{parts_.writer,
                 settings.notify_on,
                 {settings.probe_mode, settings.probe_run_timeout, parts_.desk}},
      last_successes_{parts_.archive, parts_.metrics, settings.rules.reconcile} {}

Worker::~Worker() { Stop(); }

void Worker::Start() {
  thread_ = std::jthread{[this](const std::stop_token& stop) { Run(stop); }};
}

void Worker::Stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void Worker::Wake() {
  const std::lock_guard lock{mutex_};
  if (!std::exchange(wake_, true)) woken_.notify_all();  // a flood of alerts wakes it once
}

void Worker::WakeForFindings() {
  const std::lock_guard lock{mutex_};
  findings_ = true;
  woken_.notify_all();
}

WorkerStatus Worker::status() const {
  const std::lock_guard lock{mutex_};
  return status_;
}

void Worker::Run(const std::stop_token& stop) {
  using std::chrono::steady_clock;
  NameThread("worker");
  heartbeat_.Beat();
  last_successes_.Show();
  steady_clock::time_point next_look = steady_clock::now();
  while (!stop.stop_requested()) {
    const bool look = steady_clock::now() >= next_look;
    if (look || !TakeFindings()) {
      const seconds rest = Work(stop);
      next_look = steady_clock::now() + rest;
    }
    if (RestUntil(next_look, stop)) next_look = steady_clock::now();
  }
  heartbeat_.End();
}

/// At least the shortest time, then until somebody wakes us or the next look is due. True if a look is wanted
/// now.
bool Worker::RestUntil(std::chrono::steady_clock::time_point next_look, const std::stop_token& stop) {
  using std::chrono::steady_clock;
  std::unique_lock lock{mutex_};
  woken_.wait_for(lock, stop, kShortest, [] { return false; });
  for (auto now = steady_clock::now(); !stop.stop_requested() && now < next_look; now = steady_clock::now()) {
    heartbeat_.Beat();
    const auto until = std::min(next_look, now + kHeartbeatInterval);
    if (woken_.wait_until(lock, stop, until, [this] { return wake_ || findings_; })) break;
  }
  heartbeat_.Beat();
  findings_ = false;
  return std::exchange(wake_, false);
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
  Result<void> taken;
  for (bool more = true; more && taken && !stop.stop_requested();) {
    heartbeat_.Beat();
    auto read = ReadInbox();
    more = read && *read && view;
    taken = read ? Take(view ? view->get() : nullptr) : Fail(std::move(read.error()).While("read the inbox"));
  }
  if (!taken) {
    // What the state machine concluded is not on disk: forget it and conclude it again.
    tracker_.reset();
    SayStoreError(taken.error().message);
  } else {
    SayStoreError({});
  }
  if (!taken || !view) {
    seconds retry = RetryPause();
    if (held_until_) retry = std::min<seconds>(retry, *held_until_ - parts_.clock.Now());
    return std::max(retry, 2 * kShortest);
  }
  failures_ = 0;
  heartbeat_.Beat();
  Forget(**view);
  const Time now = parts_.clock.Now();
  seconds rest = settings_.rules.reconcile;
  if (const auto due = tracker_->NextDue()) rest = std::min<seconds>(rest, *due - now);
  if (held_until_) rest = std::min<seconds>(rest, *held_until_ - now);
  return std::max(rest, 2 * kShortest);
}

/// What the desk has found goes to the disk, and the reports that it completes are sent. False if only a look
/// helps: there is no state, or it could not be stored.
bool Worker::TakeFindings() {
  if (!tracker_) return false;
  const auto taken = [this]() -> Result<void> {
    auto transaction = parts_.store.Begin();
    if (!transaction) return Fail(std::move(transaction.error()).While("begin a step"));
    if (auto kept = KeepFindings(**transaction); !kept) return kept;
    auto announced = announcer_.TellHeld(*tracker_, LastMoment(), **transaction);
    if (!announced) return Fail(announced.error());
    if (auto done = (*transaction)->Commit(); !done)
      return Fail(std::move(done.error()).While("store a step"));
    Conclude(*announced);
    return {};
  }();
  if (taken) return true;
  tracker_.reset();
  SayStoreError(taken.error().message);
  return false;
}

Result<void> Worker::Restore() {
  if (tracker_) return {};
  auto memory = parts_.store.Load(parts_.clock.Now());
  if (!memory) return Fail(std::move(memory.error()).While("load the runs"));
  tracker_.emplace(settings_.rules, *std::move(memory));
  newest_read_ = TriggerId{};
  waiting_.clear();
  return {};
}

/// True if there may be more than what was read.
Result<bool> Worker::ReadInbox() {
  const int room = kMostTriggers - static_cast<int>(waiting_.size());
  if (room <= 0) return true;  // a look must come first
  auto fresh = parts_.inbox.Pending(newest_read_, room);
  if (!fresh) return Fail(std::move(fresh.error()));
  if (!fresh->empty()) newest_read_ = fresh->back().id;
  waiting_.insert(waiting_.end(), fresh->begin(), fresh->end());

  const std::lock_guard lock{mutex_};
  for (const Trigger& trigger : *fresh) {
    if (std::holds_alternative<Alert>(trigger.body)) status_.last_alert = trigger.received_at;
    if (std::holds_alternative<BackupEvent>(trigger.body)) status_.last_event = trigger.received_at;
  }
  return static_cast<int>(fresh->size()) == room;
}

Result<std::shared_ptr<const ClusterView>> Worker::Look() {
  const auto begin = std::chrono::steady_clock::now();
  auto view = parts_.cluster.Look(parts_.clock.Now());
  parts_.metrics.Add("backup_monitor_cluster_reads_total", {{"result", view ? "ok" : "failed"}});
  parts_.metrics.Add("backup_monitor_cluster_read_seconds_total", {},
                     Seconds(std::chrono::steady_clock::now() - begin));
  parts_.metrics.Set("backup_monitor_redis_reachable", {}, view ? 1 : 0);

  LogDebug(ReadingText(view, Seconds(std::chrono::steady_clock::now() - begin)));

  const std::lock_guard lock{mutex_};
  const std::string error = view ? std::string{} : view.error().message;
  if (!view && status_.cluster_error != error) LogWarning("cannot read the cluster, trying again: " + error);
  if (view && !status_.cluster_error.empty()) LogInfo("the cluster can be read again");
  status_.cluster_reachable = view.has_value();
  status_.cluster_error = error;
  if (!view) return Fail(view.error());
  for (const std::string& complaint : view->complaints) {
    const auto& known = status_.complaints;
    if (std::find(known.begin(), known.end(), complaint) == known.end()) LogWarning(complaint);
  }
  status_.last_look = view->looked_at;
  status_.complaints = view->complaints;
  status_.watch = BuildWatchSummary(*view);
  parts_.metrics.Set("backup_monitor_last_look_timestamp_seconds", {},
                     static_cast<double>(view->looked_at.time_since_epoch().count()));
  status_.view = std::make_shared<const ClusterView>(*std::move(view));
  last_successes_.Note(*status_.view);
  return status_.view;
}

/// Takes what the look, the inbox and the desk say to its end. Without a view requests are answered, and
/// what is held back is seen to.
Result<void> Worker::Take(const ClusterView* view) {
  auto transaction = parts_.store.Begin();
  if (!transaction) return Fail(std::move(transaction.error()).While("begin a step"));
  if (auto kept = KeepFindings(**transaction); !kept) return kept;
  auto announced = StepOn(view, **transaction);
  if (!announced) return Fail(announced.error());
  RunChanges settled;
  if (auto done = AnswerRequests(view, **transaction, settled.settled, announced->told); !done) return done;
  if (!settled.settled.empty()) {
    if (auto done = (*transaction)->Save(settled); !done) return done;
  }
  if (auto done = (*transaction)->Commit(); !done) return Fail(std::move(done.error()).While("store a step"));
  std::erase_if(waiting_, [&](const Trigger& trigger) {
    return std::find(settled.settled.begin(), settled.settled.end(), trigger.id) != settled.settled.end();
  });
  Conclude(*announced);
  return {};
}

/// What a step that is on disk leads to.
void Worker::Conclude(const Announced& announced) {
  found_.clear();
  Count(announced);
  SendProbes(announced);
  if (!announced.told.subjects.empty()) parts_.wake_delivery();
}

/// Now, and the last look if the cluster could be read then.
Moment Worker::LastMoment() const {
  const std::lock_guard lock{mutex_};
  return {parts_.clock.Now(), status_.cluster_reachable ? status_.view.get() : nullptr};
}

/// What the desk has found goes into the memory before a step and to the disk with it. A step that is
/// not stored leaves it here for the next.
Result<void> Worker::KeepFindings(RunStore::Transaction& transaction) {
  if (parts_.desk != nullptr) {
    for (Found& found : parts_.desk->Collect()) found_.push_back(std::move(found));
  }
  for (const Found& found : found_) {
    tracker_->Found(found.record, found.finding);
    if (auto kept = transaction.Keep(found.record, found.finding); !kept) return kept;
  }
  return {};
}

Result<Announced> Worker::StepOn(const ClusterView* view, RunStore::Transaction& transaction) {
  if (view == nullptr)
    return announcer_.TellHeld(*tracker_, {parts_.clock.Now(), nullptr}, transaction);
  RunStep step = tracker_->Step(*view, waiting_);  // it keeps the alerts
  std::erase_if(waiting_, [](const Trigger& trigger) { return std::holds_alternative<Alert>(trigger.body); });
  auto announced = announcer_.Tell(step, *tracker_, *view, transaction);
  if (!announced) return Fail(std::move(announced.error()).While("keep a step"));
  announced->told.runs_held = step.runs_held;
  announced->told.alerts_summarized = static_cast<int>(
      std::count_if(step.answers.begin(), step.answers.end(), [](const AlertAnswer& answer) {
        return answer.kind == AlertAnswer::Kind::kSummarized;
      }));
  return announced;
}

/// Only now, when what waits for them is on disk: a report that is not stored has no number yet.
void Worker::SendProbes(const Announced& announced) {
  held_until_ = announced.held_until;
  parts_.metrics.Set("backup_monitor_reports_held", {}, announced.held);
  {
    const std::lock_guard lock{mutex_};
    status_.reports_held = announced.held;
  }
  if (parts_.desk == nullptr) return;
  for (const HeldId report : announced.let_go) parts_.desk->Drop(report);
  for (const ProbeJob& job : announced.to_probe) parts_.desk->Take(job);
}

Result<void> Worker::AnswerRequests(const ClusterView* view, RunStore::Transaction& transaction,
                                    std::vector<TriggerId>& settled, Told& told) {
  for (const Trigger& trigger : waiting_) {
    const bool test = std::holds_alternative<TestMailRequest>(trigger.body);
    const auto* request = std::get_if<ReportRequest>(&trigger.body);
    if (std::holds_alternative<Alert>(trigger.body)) continue;
    if (!test && view == nullptr) continue;  // an event or a report needs a look
    settled.push_back(trigger.id);
    if (!test && request == nullptr) continue;
    Result<Report> report = TestReport(view, parts_.clock.Now());
    if (request != nullptr) {
      report = StandingReport(
          *view, tracker_->memory(), settings_.rules, request->plan,
          [&](const backup_monitor::Run& run) { return transaction.HistoryOf(run); });
      if (!report) return Fail(report.error());
    }
    MessageWriter::Address address;
    address.request = trigger.id;
    const auto message = parts_.writer.Write(*report, address);
    if (!message) return Fail(message.error());
    told.subjects.push_back(message->subject);
    if (auto posted = transaction.Post(*message); !posted) return Fail(posted.error());
  }
  return {};
}

void Worker::Count(const Announced& announced) {
  CountStep(announced, parts_.metrics);
  if (!announced.told.outcomes.empty()) last_successes_.Read();
  last_successes_.Show();
}

/// Once a day what is older than `store.keep_days` leaves the store.
void Worker::Forget(const ClusterView& view) {
  if (forgot_at_ && view.looked_at - *forgot_at_ < std::chrono::days{1} && *forgot_at_ <= view.looked_at) return;
  forgot_at_ = view.looked_at;
  std::set<RecordKey> in_redis;
  for (const StatusRecord& record : view.records) in_redis.insert(record.key());
  if (auto done = parts_.store.Forget(view.looked_at - settings_.keep, in_redis); !done) {
    LogWarning("cannot remove what is old from the store: " + done.error().message);
  }
}

void Worker::SayStoreError(const std::string& error) {
  const std::lock_guard lock{mutex_};
  if (!error.empty() && status_.store_error != error) LogError("cannot store, trying again: " + error);
  if (error.empty() && !status_.store_error.empty()) LogInfo("the store takes steps again");
  status_.store_error = error;
}

}  // namespace backup_monitor
