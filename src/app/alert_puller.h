#pragma once

#include <condition_variable>
#include <functional>
#include <set>
#include <string>
#include <thread>

#include "app/witness_board.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "intake/alert_source.h"
#include "store/inbox.h"

namespace backup_monitor::app {

/// The thread that asks Alertmanager what fires, since nothing may make it tell us: NS8 writes its configuration anew
/// at each start. What fires is accepted as if it had been posted. An alert is accepted once, and once more after a
/// restart; it is the same alert then.
class AlertPuller {
 public:
  struct Parts {
    const Clock& clock;
    intake::AlertSource& source;
    /// Whether the source is to be asked now; else why not.
    std::function<Result<void>()> may_ask;
    store::Inbox& inbox;
    Metrics& metrics;
    WitnessBoard& witnesses;
    std::function<void()> wake;  ///< Alerts have been accepted. Called on this thread.
    std::chrono::milliseconds interval{
        300'000};  ///< From one question to the next; the first is asked at once.
  };

  static constexpr seconds kTimeout{10};  ///< Of one question.

  static void DeclareMetrics(Metrics& metrics);

  explicit AlertPuller(Parts parts) : parts_{std::move(parts)} {}
  ~AlertPuller() { Stop(); }

  void Start();
  /// Within 2 s.
  void Stop();

 private:
  void Run(const std::stop_token& stop);
  void Ask(const std::stop_token& stop);
  void Accept(std::vector<Alert> firing);

  const Parts parts_;
  std::set<std::string> accepted_;  ///< Identities, of what fired at the last answer.
  std::string error_;               ///< Of the last question; empty: there was an answer.
  std::jthread thread_;
};

}  // namespace backup_monitor::app
