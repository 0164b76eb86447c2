#include "app/api/history_thread.h"

#include <exception>
#include <string>
#include <utility>

#include "base/log.h"

namespace backup_monitor::app::api {

HistoryThread::HistoryThread(std::size_t most_waiting)
    : most_waiting_{most_waiting}, thread_{[this] { Run(); }} {}

HistoryThread::~HistoryThread() { Stop(); }

bool HistoryThread::Submit(std::function<void()> job) {
  {
    const MutexLock lock{mutex_};
    if (stopping_ || waiting_.size() >= most_waiting_) return false;
    waiting_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

void HistoryThread::Stop() {
  std::deque<std::function<void()>> dropped;  // outside the lock: a dropped job answers its peer
  {
    const MutexLock lock{mutex_};
    stopping_ = true;
    dropped.swap(waiting_);
  }
  changed_.notify_one();
  dropped.clear();
  if (thread_.joinable()) thread_.join();
}

void HistoryThread::Run() {
  MutexLock lock{mutex_};
  for (;;) {
    changed_.wait(lock.native(),
                  [this]() REQUIRES(mutex_) { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    auto job = std::move(waiting_.front());
    waiting_.pop_front();
    const MutexUnlock unlocked{mutex_};
    try {
      std::exchange(job, nullptr)();
    } catch (const std::exception& failure) {
      LogError(std::string{"read the history: "} + failure.what());
    }
  }
}

}  // namespace backup_monitor::app::api
