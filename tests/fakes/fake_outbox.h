#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "notify/outbox.h"

namespace backup_monitor::testing {

/// An outbox held in memory. Any thread.
class FakeOutbox final : public Outbox {
 public:
  struct Row {
    DueDelivery delivery;
    Time next_attempt;
    DeliveryState state = DeliveryState::kWaiting;
    std::vector<Attempt> attempts;
  };

  /// A run that messages may report.
  void AddRun(RunId run) {
    const std::lock_guard lock{mutex_};
    runs_.insert(run);
  }

  /// What RunStore::Transaction::Post() does. Throws std::invalid_argument where that refuses.
  MessageId Post(Message message) {
    const std::lock_guard lock{mutex_};
    for (const RunId run : message.runs) {
      if (!runs_.contains(run)) throw std::invalid_argument{"the message reports a run that does not exist"};
    }
    return Add(std::move(message));
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

  /// How the recipient of a message stands. Throws std::out_of_range if there is none.
  [[nodiscard]] Row At(MessageId message, const std::string& recipient) const {
    const std::lock_guard lock{mutex_};
    for (const Row& row : rows_) {
      if (row.delivery.message == message && row.delivery.recipient == recipient) return row;
    }
    throw std::out_of_range{"there is no delivery to " + recipient};
  }

  [[nodiscard]] std::vector<Message> Messages() const {
    const std::lock_guard lock{mutex_};
    std::vector<Message> all;
    for (const auto& [id, message] : messages_) all.push_back(message);
    return all;
  }

  Result<std::vector<DueDelivery>> Due(Time now, int limit) override {
    auto due = Waiting([now](const Row& row) { return row.next_attempt <= now; });
    const auto most = static_cast<std::size_t>(limit);
    if (due && due->size() > most) due->resize(most);
    return due;
  }

  Result<std::vector<DueDelivery>> WaitingSince(Time before) override {
    return Waiting([before](const Row& row) { return row.delivery.created_at < before; });
  }

  Result<std::optional<Time>> NextDue() override {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    std::optional<Time> next;
    for (const Row& row : rows_) {
      if (row.state != DeliveryState::kWaiting) continue;
      next = std::min(next.value_or(row.next_attempt), row.next_attempt);
    }
    return next;
  }

  Result<Message> Fetch(MessageId message) override {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    const auto found = messages_.find(message);
    if (found == messages_.end()) return Fail(ErrorCode::kNotFound, "there is no such message");
    return found->second;
  }

  Result<void> Record(MessageId message, const std::string& recipient, const Attempt& attempt,
                      DeliveryState state, Time next_attempt) override {
    const std::lock_guard lock{mutex_};
    if (write_fault_) return Fail(*write_fault_);
    Row* row = Find(message, recipient);
    if (row == nullptr) return Fail(ErrorCode::kNotFound, "there is no such delivery");
    if (row->state != DeliveryState::kDelivered) row->state = state;
    row->next_attempt = next_attempt;
    row->attempts.push_back(attempt);
    if (row->attempts.size() > 50) row->attempts.erase(row->attempts.begin());
    if (attempt.result != AttemptResult::kDisabled) ++row->delivery.attempts;
    return {};
  }

  Result<void> Summarize(const std::vector<DueDelivery>& told, const Message& summary) override {
    const std::lock_guard lock{mutex_};
    if (write_fault_) return Fail(*write_fault_);
    for (const DueDelivery& due : told) {
      Row* row = Find(due.message, due.recipient);
      if (row == nullptr || row->state != DeliveryState::kWaiting) continue;
      row->state = DeliveryState::kSummarized;
    }
    Add(summary);
    return {};
  }

  Result<void> SendAgain(MessageId message, Time now) override {
    const std::lock_guard lock{mutex_};
    if (write_fault_) return Fail(*write_fault_);
    bool found = false;
    for (Row& row : rows_) {
      if (row.delivery.message != message) continue;
      found = true;
      row.state = DeliveryState::kWaiting;
      row.next_attempt = now;
      row.delivery.created_at = now;
      row.delivery.attempts = 0;
    }
    if (!found) return Fail(ErrorCode::kNotFound, "no such message");
    return {};
  }

  Result<void> WakeAll(Time now) override {
    const std::lock_guard lock{mutex_};
    if (write_fault_) return Fail(*write_fault_);
    for (Row& row : rows_) {
      if (row.state != DeliveryState::kWaiting) continue;
      row.next_attempt = std::min(row.next_attempt, now);
    }
    return {};
  }

  Result<OutboxCounts> Count() override {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    OutboxCounts counts;
    for (const Row& row : rows_) {
      counts.waiting += row.state == DeliveryState::kWaiting ? 1 : 0;
      counts.failed += row.state == DeliveryState::kFailed ? 1 : 0;
    }
    return counts;
  }

 private:
  Row* Find(MessageId message, const std::string& recipient) {
    for (Row& row : rows_) {
      if (row.delivery.message == message && row.delivery.recipient == recipient) return &row;
    }
    return nullptr;
  }

  MessageId Add(Message message) {
    message.id = MessageId{++newest_};
    const std::vector<std::string> named = std::exchange(message.recipients, {});
    for (const std::string& name : named) {
      if (Find(message.id, name) != nullptr) continue;
      message.recipients.push_back(name);
      rows_.push_back({{message.id, name, message.created_at, 0}, message.created_at, {}, {}});
    }
    const MessageId id = message.id;
    messages_.emplace(id, std::move(message));
    return id;
  }

  template <typename Wanted>
  Result<std::vector<DueDelivery>> Waiting(Wanted wanted) {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    std::vector<DueDelivery> found;
    for (const Row& row : rows_) {
      if (row.state == DeliveryState::kWaiting && wanted(row)) found.push_back(row.delivery);
    }
    return found;
  }

  mutable std::mutex mutex_;
  std::vector<Row> rows_;  ///< Oldest message first, recipients as they were named.
  std::map<MessageId, Message> messages_;
  std::set<RunId> runs_;
  std::optional<Error> write_fault_;
  std::optional<Error> read_fault_;
  std::int64_t newest_ = 0;
};

}  // namespace backup_monitor::testing
