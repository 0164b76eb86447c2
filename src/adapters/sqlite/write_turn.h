#pragma once

#include <chrono>
#include <condition_variable>
#include <list>
#include <optional>
#include <utility>

#include "base/mutex.h"

namespace backup_monitor::sqlite {

class StoreHealth;

/// Whose turn it is to write. SQLite lets one connection write at a time and makes the others poll,
/// the unlucky one for ever; here our own threads queue first come, first served.
class WriteTurn {
 public:
  /// Holds the turn until destroyed, on whatever thread.
  class Lock {
   public:
    explicit Lock(WriteTurn& turn) noexcept : turn_{&turn} {}
    Lock(Lock&& other) noexcept : turn_{std::exchange(other.turn_, nullptr)} {}
    Lock& operator=(Lock&&) = delete;
    ~Lock() {
      if (turn_ != nullptr) turn_->Pass();
    }
    /// Is asked before writing, and gets the result; may be null.
    [[nodiscard]] StoreHealth* health() const noexcept {
      return turn_ == nullptr ? nullptr : turn_->health_;
    }

   private:
    WriteTurn* turn_;
  };

  WriteTurn() = default;
  explicit WriteTurn(StoreHealth* health) noexcept : health_{health} {}

  /// Waits for the turn. \return none if it has not come within `patience`.
  [[nodiscard]] std::optional<Lock> Acquire(std::chrono::milliseconds patience);

 private:
  void Pass();

  Mutex mutex_;
  std::condition_variable moved_;
  StoreHealth* health_ = nullptr;
  std::list<int> queue_ GUARDED_BY(mutex_);  ///< The first has the turn. Only the places matter.
};

}  // namespace backup_monitor::sqlite
