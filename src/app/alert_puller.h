#pragma once

#include <condition_variable>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "app/alert_route.h"
#include "app/witness_board.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "base/mutex.h"
#include "store/inbox.h"

namespace backup_monitor::app {

/// The thread that asks what fires, since nothing may make Alertmanager tell us: NS8 writes its configuration anew at
/// each start. What fires is accepted as if it had been posted. An alert is accepted once, and once more after a
/// restart; it is the same alert then.
class AlertPuller {
 public:
  struct Parts {
    const Clock& clock;
    /// AlertRoute::Next(). Called on this thread.
    std::function<Result<std::optional<AlertQuestion>>(bool run_closed)> next;
    std::function<void()> not_answered = [] {};  ///< AlertRoute::NotAnswered(). Likewise.
    store::Inbox& inbox;
    Metrics& metrics;
    WitnessBoard& witnesses;
    std::function<void()> wake;  ///< Alerts have been accepted. Called on this thread.
    std::chrono::milliseconds interval{
        300'000};  ///< From one question to the next; the first is asked at once.
    std::chrono::milliseconds shortest{
        AlertRoute::kClusterShortest};  ///< Where a run has closed and it was too early.
  };

  static void DeclareMetrics(Metrics& metrics);

  explicit AlertPuller(Parts parts) : parts_{std::move(parts)} {}
  ~AlertPuller() { Stop(); }

  void Start();
  /// Within 2 s.
  void Stop();
  /// A run has closed: the next question comes now, if its time may have come. Any thread, returns at once.
  void RunHasClosed();

 private:
  void Run(const std::stop_token& stop);
  [[nodiscard]] bool Rest(std::chrono::milliseconds pause, const std::stop_token& stop);
  /// False if it is too early.
  [[nodiscard]] bool Ask(bool run_closed, const std::stop_token& stop);
  void Accept(std::vector<Alert> firing);

  const Parts parts_;
  std::set<std::string> accepted_;  ///< Identities, of what fired at the last answer.
  std::string error_;               ///< Of the last question; empty: there was an answer.
  Mutex mutex_;
  std::condition_variable_any woken_;
  bool run_closed_ GUARDED_BY(mutex_) = false;
  std::jthread thread_;
};

}  // namespace backup_monitor::app
