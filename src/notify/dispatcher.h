#pragma once

#include <condition_variable>
#include <thread>

#include "base/mutex.h"
#include "notify/courier.h"

namespace backup_monitor::notify {

/// The delivery thread: lets the courier pass whenever something may be due.
///
/// Wake(), RelayChanged() and Stop() may be called from any thread, Start() and Stop() from one.
class Dispatcher {
 public:
  /// The references in `parts` must outlive this.
  explicit Dispatcher(CourierParts parts);
  ~Dispatcher();
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  /// `notifier` must stay until Stop(). After Stop() this may be started again, with another
  /// notifier: what could not be stored yet is not forgotten in between, which is why a reload of
  /// the configuration keeps its dispatcher.
  void Start(Notifier& notifier);

  /// Cuts a delivery that is under way short and returns when the thread has ended, within 2 s if
  /// the notifier and the outbox keep their word. A delivery cut short stays due.
  void Stop();

  /// A message was posted.
  void Wake();

  /// The relay's settings have changed: everything that waits is tried now.
  void RelayChanged();

 private:
  void Run(Notifier& notifier, const std::stop_token& stop);
  void WaitUntil(Time next, const std::stop_token& stop);

  const Clock& clock_;
  Courier courier_;  ///< Used by the thread only while one runs.
  Mutex mutex_;
  std::condition_variable_any changed_;
  bool woken_ GUARDED_BY(mutex_) = false;
  bool relay_changed_ GUARDED_BY(mutex_) = false;
  std::jthread thread_;
};

}  // namespace backup_monitor::notify
