#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <thread>

#include "base/mutex.h"

namespace backup_monitor::app::api {

/// The one thread that reads the history for the HTTP interface, so that no HTTP thread waits for the
/// store: an alert is answered beside any number of readers.
class HistoryThread {
 public:
  /// \param most_waiting  jobs that may wait while one runs.
  explicit HistoryThread(std::size_t most_waiting = 100);
  ~HistoryThread();
  HistoryThread(const HistoryThread&) = delete;
  HistoryThread& operator=(const HistoryThread&) = delete;

  /// Runs `job` after those that wait. Any thread, returns at once.
  ///
  /// \return false where too many wait, or after Stop(): then `job` is not run.
  [[nodiscard]] bool Submit(std::function<void()> job);

  /// Drops what waits and returns when the present job has ended. Not from a job; a second call does
  /// nothing.
  void Stop();

 private:
  void Run();

  const std::size_t most_waiting_;
  Mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_ GUARDED_BY(mutex_);
  bool stopping_ GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace backup_monitor::app::api
