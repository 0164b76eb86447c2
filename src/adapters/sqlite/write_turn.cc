#include "adapters/sqlite/write_turn.h"

namespace backup_monitor::sqlite {

std::optional<WriteTurn::Lock> WriteTurn::Acquire(std::chrono::milliseconds patience) {
  MutexLock lock{mutex_};
  const auto place = queue_.insert(queue_.end(), 0);
  const bool mine = moved_.wait_for(lock.native(), patience,
                                    [&]() REQUIRES(mutex_) { return place == queue_.begin(); });
  if (!mine) {
    queue_.erase(place);
    return std::nullopt;
  }
  return Lock{*this};
}

void WriteTurn::Pass() {
  {
    const MutexLock lock{mutex_};
    queue_.pop_front();
  }
  moved_.notify_all();
}

}  // namespace backup_monitor::sqlite
