#pragma once

#include <map>
#include <string>
#include <utility>

#include "notify/outbox.h"

namespace backup_monitor::notify {

/// Results of attempts that the outbox could not keep, because the disk is full or the file busy.
/// As long as they are only here, nothing the relay has taken is sent again.
class Unrecorded {
 public:
  /// Records in `outbox`, or keeps the result here until Flush() succeeds. Logs when it cannot.
  void Record(Outbox& outbox, const DueDelivery& delivery, const Attempt& attempt,
              DeliveryState state, Time next_attempt);

  /// Tries again to record everything.
  void Flush(Outbox& outbox);

  /// True if `delivery` must not be tried at `now`, although the outbox says that it is due.
  [[nodiscard]] bool Holds(const DueDelivery& delivery, Time now) const;

  /// Attempts made, those that the outbox does not know of included.
  [[nodiscard]] int Attempts(const DueDelivery& delivery) const;

  [[nodiscard]] std::size_t size() const noexcept { return results_.size(); }
  [[nodiscard]] bool empty() const noexcept { return results_.empty(); }

 private:
  struct Kept {
    Attempt attempt;
    DeliveryState state = DeliveryState::kWaiting;
    Time next_attempt;
    int attempts = 0;
  };
  std::map<std::pair<MessageId, std::string>, Kept> results_;
};

}  // namespace backup_monitor::notify
