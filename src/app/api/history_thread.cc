#include "app/api/history_thread.h"

#include <exception>
#include <string>
#include <utility>

#include "base/log.h"

namespace backup_monitor {

HistoryThread::HistoryThread(std::size_t most_waiting)
    : most_waiting_{most_waiting}, thread_{[this] { Run(); }} {}

HistoryThread::~HistoryThread() { Stop(); }

bool HistoryThread::Submit(std::function<void()> job) {
  {
    const std::lock_guard lock{mutex_};
    if (stopping_ || waiting_.size() >= most_waiting_) return false;
    waiting_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

void HistoryThread::Stop() {
  std::deque<std::function<void()>> dropped;  // outside the lock: a dropped job answers its peer
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    dropped.swap(waiting_);
  }
  changed_.notify_one();
  dropped.clear();
  if (thread_.joinable()) thread_.join();
}

void HistoryThread::Run() {
  std::unique_lock lock{mutex_};
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    auto job = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    try {
      job();
    } catch (const std::exception& failure) {
      LogError(std::string{"read the history: "} + failure.what());
    }
    job = nullptr;
    lock.lock();
  }
}

}  // namespace backup_monitor
