#include "notify/unrecorded.h"

#include "base/log.h"

namespace backup_monitor::notify {

void Unrecorded::Record(Outbox& outbox, const DueDelivery& delivery, const Attempt& attempt,
                        DeliveryState state, Time next_attempt) {
  const int counted = attempt.result == AttemptResult::kDisabled ? 0 : 1;
  const int attempts = Attempts(delivery) + counted;
  const auto key = std::pair{delivery.message, delivery.recipient};
  const auto recorded =
      outbox.Record(delivery.message, delivery.recipient, attempt, state, next_attempt);
  if (recorded) {
    results_.erase(key);
    return;
  }
  LogError("the result of a delivery to " + delivery.recipient +
           " cannot be stored and is kept in memory: " + recorded.error().message);
  results_.insert_or_assign(key, Kept{attempt, state, next_attempt, attempts});
}

void Unrecorded::Flush(Outbox& outbox) {
  for (auto at = results_.begin(); at != results_.end();) {
    const auto& [key, kept] = *at;
    const auto recorded =
        outbox.Record(key.first, key.second, kept.attempt, kept.state, kept.next_attempt);
    // One refusal counts for all: a full disk is not asked a thousand times.
    if (!recorded && recorded.error().code != ErrorCode::kNotFound) return;
    at = results_.erase(at);
  }
}

bool Unrecorded::Holds(const DueDelivery& delivery, Time now) const {
  const auto found = results_.find({delivery.message, delivery.recipient});
  if (found == results_.end()) return false;
  return found->second.state != DeliveryState::kWaiting || found->second.next_attempt > now;
}

int Unrecorded::Attempts(const DueDelivery& delivery) const {
  const auto found = results_.find({delivery.message, delivery.recipient});
  return found == results_.end() ? delivery.attempts : found->second.attempts;
}

}  // namespace backup_monitor::notify
