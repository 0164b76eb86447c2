#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>

#include "adapters/http/http_message.h"
#include "adapters/http/http_server.h"
#include "base/descriptor.h"
#include "base/mutex.h"

namespace backup_monitor::http {

/// What the loops and connections of one server share. Outlives the server where a Respond does.
struct ServerState {
  enum class Phase {
    kServing,
    kFinishing,  ///< No new connection, no further request on an old one.
    kClosed,     ///< Every connection is to be closed now.
  };

  HttpServerSettings settings;
  HttpHandler handler;
  Descriptor listener;
  std::atomic<Phase> phase{Phase::kServing};
  std::atomic<std::size_t> buffered_bytes{0};  ///< Unfinished requests and unsent answers.
  std::atomic<std::size_t> unsent_bytes{0};    ///< The answers' part.

  void Enter() { ++in_work_; }
  void Leave() {
    // Whoever waits has changed the phase first, and then sees either zero or this.
    if (--in_work_ > 0 || phase == Phase::kServing) return;
    const MutexLock lock{mutex_};
    changed_.notify_all();
  }
  void LoopEmptied() {
    const MutexLock lock{mutex_};
    ++empty_loops_;
    changed_.notify_all();
  }
  /// Until every handler has answered. The phase must not be kServing any more.
  void WaitUntilIdle(std::chrono::milliseconds at_most) {
    MutexLock lock{mutex_};
    changed_.wait_for(lock.native(), at_most, [this] { return in_work_ == 0; });
  }
  void WaitUntilEmpty(int loops) {
    MutexLock lock{mutex_};
    changed_.wait(lock.native(),
                  [this, loops]() REQUIRES(mutex_) { return empty_loops_ >= loops; });
  }

 private:
  Mutex mutex_;
  std::condition_variable changed_;
  std::atomic<int> in_work_{0};  ///< Requests given to the handler and not yet answered.
  int empty_loops_ GUARDED_BY(mutex_) =
      0;  ///< Loops that have closed all their connections for good.
};

}  // namespace backup_monitor::http
