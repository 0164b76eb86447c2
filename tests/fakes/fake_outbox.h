#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "notify/outbox.h"

namespace backup_monitor::testing {

/// An outbox in memory. Any thread.
class FakeOutbox final : public Outbox {
 public:
  struct Row {
    DueDelivery delivery;
    Time next_attempt;
    DeliveryState state = DeliveryState::kWaiting;
    std::vector<Attempt> attempts;
  };

  /// What RunStore::Transaction::Post does: all recipients wait and are due at once.
  MessageId Post(Message message) {
    const std::lock_guard lock{mutex_};
    return PostLocked(std::move(message));
  }

  /// From now on writing fails, as on a full disk, or reading does, until Heal().
  void SetWriteFault(const Error& fault) {
    const std::lock_guard lock{mutex_};
    write_fault_ = fault;
  }
  void SetReadFault(const Error& fault) {
    const std::lock_guard lock{mutex_};
    read_fault_ = fault;
  }
  void Heal() {
    const std::lock_guard lock{mutex_};
    write_fault_.reset();
    read_fault_.reset();
  }

  /// How the recipient of a message stands. Both must exist.
  [[nodiscard]] Row At(MessageId message, const std::string& recipient) const {
    const std::lock_guard lock{mutex_};
    return rows_.at({message, recipient});
  }

  [[nodiscard]] std::vector<Message> Messages() const {
    const std::lock_guard lock{mutex_};
    std::vector<Message> all;
    for (const auto& [id, message] : messages_) all.push_back(message);
    return all;
  }

  Result<std::vector<DueDelivery>> Due(Time now, int limit) override {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    auto due = Select([now](const Row& row) { return row.next_attempt <= now; });
    if (due.size() > static_cast<std::size_t>(limit)) due.resize(static_cast<std::size_t>(limit));
    return due;
  }

  Result<std::optional<Time>> NextDue() override {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    std::optional<Time> next;
    for (const auto& [key, row] : rows_) {
      if (row.state != DeliveryState::kWaiting) continue;
      next = std::min(next.value_or(row.next_attempt), row.next_attempt);
    }
    return next;
  }

  Result<Message> Fetch(MessageId message) override {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    const auto found = messages_.find(message);
    if (found == messages_.end()) return Fail(ErrorCode::kNotFound, "no such message");
    return found->second;
  }

  Result<void> Record(MessageId message, const std::string& recipient, const Attempt& attempt,
                      DeliveryState state, Time next_attempt) override {
    const std::lock_guard lock{mutex_};
    if (write_fault_) return Fail(*write_fault_);
    const auto found = rows_.find({message, recipient});
    if (found == rows_.end()) return Fail(ErrorCode::kNotFound, "no such delivery");
    Row& row = found->second;
    row.attempts.push_back(attempt);
    row.state = state;
    row.next_attempt = next_attempt;
    if (attempt.result != AttemptResult::kDisabled) ++row.delivery.attempts;
    return {};
  }

  Result<std::vector<DueDelivery>> WaitingSince(Time before) override {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    return Select([before](const Row& row) { return row.delivery.created_at < before; });
  }

  Result<void> Summarize(const std::vector<DueDelivery>& told, const Message& summary) override {
    const std::lock_guard lock{mutex_};
    if (write_fault_) return Fail(*write_fault_);
    for (const auto& delivery : told) {
      rows_.at({delivery.message, delivery.recipient}).state = DeliveryState::kSummarized;
    }
    PostLocked(summary);
    return {};
  }

  Result<void> WakeAll(Time now) override {
    const std::lock_guard lock{mutex_};
    if (write_fault_) return Fail(*write_fault_);
    for (auto& [key, row] : rows_) {
      if (row.state == DeliveryState::kWaiting) row.next_attempt = now;
    }
    return {};
  }

  Result<OutboxCounts> Count() override {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    OutboxCounts counts;
    for (const auto& [key, row] : rows_) {
      counts.waiting += row.state == DeliveryState::kWaiting ? 1 : 0;
      counts.failed += row.state == DeliveryState::kFailed ? 1 : 0;
    }
    return counts;
  }

 private:
  using Key = std::pair<MessageId, std::string>;

  MessageId PostLocked(Message message) {
    message.id = MessageId{++last_id_};
    for (const auto& recipient : message.recipients) {
      rows_[{message.id, recipient}] =
          Row{{message.id, recipient, message.created_at, 0}, message.created_at,
              DeliveryState::kWaiting, {}};
    }
    const auto id = message.id;
    messages_.emplace(id, std::move(message));
    return id;
  }

  template <typename Predicate>
  std::vector<DueDelivery> Select(Predicate wanted) const {
    std::vector<DueDelivery> found;
    for (const auto& [key, row] : rows_) {
      if (row.state == DeliveryState::kWaiting && wanted(row)) found.push_back(row.delivery);
    }
    return found;
  }

  mutable std::mutex mutex_;
  std::map<Key, Row> rows_;
  std::map<MessageId, Message> messages_;
  std::optional<Error> write_fault_;
  std::optional<Error> read_fault_;
  std::int64_t last_id_ = 0;
};

}  // namespace backup_monitor::testing
