#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/write_turn.h"
#include "base/mutex.h"
#include "notify/outbox.h"

namespace backup_monitor::sqlite {

/// The outbox on its own connection. Any thread, one at a time.
class SqliteOutbox final : public notify::Outbox {
 public:
  SqliteOutbox(Database database, WriteTurn& turn) : database_{std::move(database)}, turn_{turn} {}

  Result<std::vector<notify::DueDelivery>> Due(Time now, int limit, seconds oldest) override;
  Result<std::optional<Time>> NextDue() override;
  Result<Message> Fetch(MessageId message) override;
  Result<std::vector<notify::Delivery>> DeliveriesOf(MessageId message) override;
  /// A delivery that has once been delivered stays so. \return kNotFound.
  Result<void> Record(MessageId message, const std::string& recipient, const Attempt& attempt,
                      DeliveryState state, Time next_attempt) override;
  Result<std::vector<notify::DueDelivery>> WaitingLongerThan(seconds patience) override;
  Result<void> Summarize(const std::vector<notify::DueDelivery>& waiting,
                         const Message& summary) override;
  Result<void> SendAgain(MessageId message, Time now) override;
  Result<int> WakeAll(Time now) override;
  Result<void> CountTime(seconds by, Time now) override;
  Result<notify::OutboxTime> ReadTime() override;
  Result<notify::OutboxCounts> Count() override;

 private:
  /// Does `work` in one transaction, with `mutex_` locked; `attempt` leads the message of a failure.
  [[nodiscard]] Result<void> Write(std::string_view attempt,
                                   const std::function<Result<void>()>& work);
  [[nodiscard]] Result<void> UpdateDelivery(MessageId message, const std::string& recipient,
                                            const Attempt& attempt, DeliveryState state,
                                            Time next_attempt) REQUIRES(mutex_);
  [[nodiscard]] Result<void> AddAttempt(MessageId message, const std::string& recipient,
                                        const Attempt& attempt) REQUIRES(mutex_);

  Mutex mutex_;
  Database database_ GUARDED_BY(mutex_);
  WriteTurn& turn_;
};

}  // namespace backup_monitor::sqlite
