#include "app/alert_puller.h"

#include <future>
#include <utility>

#include "base/heartbeat.h"
#include "base/log.h"

namespace backup_monitor::app {
namespace {

constexpr const char* kPulled = "backup_monitor_alerts_pulled_total";
constexpr const char* kQuestions = "backup_monitor_alertmanager_reads_total";

}  // namespace

void AlertPuller::DeclareMetrics(Metrics& metrics) {
  metrics.DeclareCounter(kQuestions, "Questions which alerts fire, by result.");
  metrics.DeclareCounter(kPulled, "Alerts accepted from its answers.");
  for (const char* result : {"ok", "failed"}) metrics.Add(kQuestions, {{"result", result}}, 0);
  metrics.Add(kPulled, {}, 0);
}

void AlertPuller::Start() {
  thread_ = std::jthread{[this](const std::stop_token& stop) { Run(stop); }};
}

void AlertPuller::Stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void AlertPuller::RunHasClosed() {
  const MutexLock lock{mutex_};
  run_closed_ = true;
  woken_.notify_all();
}

void AlertPuller::Run(const std::stop_token& stop) {
  NameThread("alerts");
  bool run_closed = false;
  while (!stop.stop_requested()) {
    const bool asked = Ask(run_closed, stop);
    const bool is_owed = run_closed && !asked;
    run_closed =
        Rest(is_owed ? std::min(parts_.shortest, parts_.interval) : parts_.interval, stop) ||
        is_owed;
  }
}

/// Until the next question. True if a run has closed.
bool AlertPuller::Rest(std::chrono::milliseconds pause, const std::stop_token& stop) {
  MutexLock lock{mutex_};
  woken_.wait_for(lock.native(), stop, pause, [this]() REQUIRES(mutex_) { return run_closed_; });
  return std::exchange(run_closed_, false);
}

bool AlertPuller::Ask(bool run_closed, const std::stop_token& stop) {
  const auto question = parts_.next(run_closed);
  if (question && !*question) return false;
  auto answer = question ? (*question)->source.Firing(
                               std::chrono::steady_clock::now() + (*question)->timeout, stop)
                         : Fail(question.error());
  if (stop.stop_requested()) return true;
  if (!answer) parts_.not_answered();
  parts_.metrics.Add(kQuestions, {{"result", answer ? "ok" : "failed"}});
  if (answer) parts_.witnesses.Answered("alerts", parts_.clock.Now());
  else parts_.witnesses.Failed("alerts", parts_.clock.Now(), answer.error().code);
  const std::string error = answer ? std::string{} : answer.error().message;
  // On most nodes there is none: that is worth one line.
  if (!answer && error_ != error) LogInfo("alerts are not read: " + error);
  if (answer && !error_.empty()) LogInfo("alerts are read again");
  error_ = error;
  if (!answer) return true;
  parts_.witnesses.SetFiring({parts_.clock.Now(), answer->firing});
  Accept(std::move(answer->firing));
  return true;
}

void AlertPuller::Accept(std::vector<Alert> firing) {
  std::set<std::string> firing_now;
  std::vector<TriggerBody> fresh;
  for (Alert& alert : firing) {
    std::string identity = alert.identity();
    if (identity.empty()) continue;  // each such is its own, and would be one at each question
    if (!accepted_.contains(identity) && !firing_now.contains(identity))
      fresh.emplace_back(std::move(alert));
    firing_now.insert(std::move(identity));
  }
  if (fresh.empty()) {
    accepted_ = std::move(firing_now);
    return;
  }
  const auto count = fresh.size();
  std::promise<bool> stored;
  parts_.inbox.Accept(
      std::move(fresh), parts_.clock.Now(),
      [&stored](const Result<std::vector<TriggerId>>& ids) { stored.set_value(ids.has_value()); });
  if (!stored.get_future().get()) return;  // the next question tries again
  accepted_ = std::move(firing_now);
  parts_.metrics.Add(kPulled, {}, static_cast<double>(count));
  LogInfo("accepted " + std::to_string(count) + (count == 1 ? " alert" : " alerts") +
          " that Alertmanager has firing");
  parts_.wake();
}

}  // namespace backup_monitor::app
