#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/message.h"

namespace backup_monitor::notify {

/// One recipient of one message whose time has come.
struct DueDelivery {
  MessageId message{};
  std::string recipient;
  Time since;  ///< When the message was made, or was to be sent again. By the wall clock of then.
  seconds counted{0};  ///< How long it has waited by OutboxTime::counted; may be a minute too much.
  int attempts = 0;    ///< So far, those with a disabled relay not counted.
};

/// One recipient of a message, beside the others.
struct Delivery {
  std::string recipient;
  DeliveryState state = DeliveryState::kWaiting;
  std::string answer;  ///< Attempt::answer of the last attempt.
};

struct OutboxCounts {
  int waiting = 0;  ///< Recipients of messages.
  int failed = 0;
  int refused = 0;      ///< Of those waiting: the last attempt was kRefused.
  std::string refusal;  ///< What the relay said at the newest of these; empty if there is none.
};

/// The outbox's own reckoning of time, which no jump of the wall clock moves.
struct OutboxTime {
  seconds counted{0};            ///< Time that has passed while something waited.
  std::optional<Time> read_at;   ///< The wall clock when it was last moved on.
  std::optional<Time> woken_at;  ///< And when WakeAll() last made something due.
};

/// Messages until they are delivered. Written by the worker (RunStore::Transaction::Post), worked
/// off by the delivery thread.
class Outbox {
 public:
  virtual ~Outbox() = default;

  /// By rank (notify/delivery_rank.h), the fewest attempts first, then the oldest; at most `limit`.
  /// \param oldest  what has waited longer, by its own count and by the wall clock, is left out
  [[nodiscard]] virtual Result<std::vector<DueDelivery>> Due(Time now, int limit,
                                                             seconds oldest = seconds::max()) = 0;

  /// The earliest time at which something waiting is due; none if nothing waits.
  [[nodiscard]] virtual Result<std::optional<Time>> NextDue() = 0;

  /// With the mail's bytes. \return kNotFound.
  [[nodiscard]] virtual Result<Message> Fetch(MessageId message) = 0;

  /// Every recipient of a message, in their order. Empty if there is no such message.
  [[nodiscard]] virtual Result<std::vector<Delivery>> DeliveriesOf(MessageId message) = 0;

  /// Keeps what an attempt led to; on disk when it returns. `next_attempt` matters for kWaiting.
  [[nodiscard]] virtual Result<void> Record(MessageId message, const std::string& recipient,
                                            const Attempt& attempt, DeliveryState state,
                                            Time next_attempt) = 0;

  /// Waiting deliveries that have waited longer than `patience` by DueDelivery::counted, whatever their
  /// next attempt; oldest message first.
  [[nodiscard]] virtual Result<std::vector<DueDelivery>> WaitingLongerThan(seconds patience) = 0;

  /// Ends `waiting` as kSummarized and posts `summary`, both or neither.
  [[nodiscard]] virtual Result<void> Summarize(const std::vector<DueDelivery>& waiting,
                                               const Message& summary) = 0;

  /// Makes a message due now for all its recipients, also for those who have got it.
  ///
  /// \return kNotFound
  [[nodiscard]] virtual Result<void> SendAgain(MessageId message, Time now) = 0;

  /// Makes everything waiting due now: the relay's settings have changed.
  ///
  /// \return how many deliveries this brought forward
  [[nodiscard]] virtual Result<int> WakeAll(Time now) = 0;

  /// Moves OutboxTime::counted by `by`, which may be negative.
  [[nodiscard]] virtual Result<void> CountTime(seconds by, Time now) = 0;
  [[nodiscard]] virtual Result<OutboxTime> ReadTime() = 0;

  [[nodiscard]] virtual Result<OutboxCounts> Count() = 0;
};

}  // namespace backup_monitor::notify
