#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/message.h"

namespace backup_monitor {

/// One recipient of one message whose time has come.
struct DueDelivery {
  MessageId message{};
  std::string recipient;
  Time created_at;   ///< Of the message, or when it was to be sent again: 3 days from then it is given up.
  int attempts = 0;  ///< So far, those with a disabled relay not counted.
};

struct OutboxCounts {
  int waiting = 0;    ///< Recipients of messages.
  int failed = 0;
};

/// Messages until they are delivered. Written by the worker (RunStore::Transaction::Post), worked
/// off by the delivery thread.
class Outbox {
 public:
  virtual ~Outbox() = default;

  /// Oldest first, at most `limit`.
  [[nodiscard]] virtual Result<std::vector<DueDelivery>> Due(Time now, int limit) = 0;

  /// The earliest time at which something waiting is due; none if nothing waits.
  [[nodiscard]] virtual Result<std::optional<Time>> NextDue() = 0;

  /// With the mail's bytes. \return kNotFound.
  [[nodiscard]] virtual Result<Message> Fetch(MessageId message) = 0;

  /// Keeps what an attempt led to; on disk when it returns. `next_attempt` matters for kWaiting.
  [[nodiscard]] virtual Result<void> Record(MessageId message, const std::string& recipient,
                                            const Attempt& attempt, DeliveryState state,
                                            Time next_attempt) = 0;

  /// Waiting deliveries of messages created before `before`, whatever their next attempt. Without
  /// the mail's bytes.
  [[nodiscard]] virtual Result<std::vector<DueDelivery>> WaitingSince(Time before) = 0;

  /// Ends `told` as kSummarized and posts `summary`, both or neither.
  [[nodiscard]] virtual Result<void> Summarize(const std::vector<DueDelivery>& told,
                                               const Message& summary) = 0;

  /// Makes a message due now for all its recipients, also for those who have got it.
  ///
  /// \return kNotFound
  [[nodiscard]] virtual Result<void> SendAgain(MessageId message, Time now) = 0;

  /// Makes everything waiting due now: the relay's settings have changed.
  [[nodiscard]] virtual Result<void> WakeAll(Time now) = 0;

  [[nodiscard]] virtual Result<OutboxCounts> Count() = 0;
};

}  // namespace backup_monitor
