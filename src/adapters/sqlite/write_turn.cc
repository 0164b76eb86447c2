#include "adapters/sqlite/write_turn.h"

namespace backup_monitor {

std::optional<WriteTurn::Held> WriteTurn::Take(std::chrono::milliseconds patience) {
  std::unique_lock lock{mutex_};
  const auto place = queue_.insert(queue_.end(), 0);
  const bool mine = moved_.wait_for(lock, patience, [&] { return place == queue_.begin(); });
  if (!mine) {
    queue_.erase(place);
    return std::nullopt;
  }
  return Held{*this};
}

void WriteTurn::Pass() {
  {
    const std::lock_guard lock{mutex_};
    queue_.pop_front();
  }
  moved_.notify_all();
}

}  // namespace backup_monitor
