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

#include "notify/delivery_rank.h"
#include "notify/outbox.h"

namespace backup_monitor::testing {

/// An outbox held in memory. Any thread.
class FakeOutbox final : public notify::Outbox {
 public:
  struct Row {
    notify::DueDelivery delivery;
    Time next_attempt;
    DeliveryState state = DeliveryState::kWaiting;
    std::vector<Attempt> attempts;
    notify::DeliveryRank rank = notify::DeliveryRank::kRun;
    seconds counted_from{0};
    std::string answer;
    std::string refusal;
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
      if (!runs_.contains(run))
        throw std::invalid_argument{"the message reports a run that does not exist"};
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

  Result<std::vector<notify::DueDelivery>> Due(Time now, int limit, seconds oldest) override {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    std::vector<const Row*> due;
    for (const Row& row : rows_) {
      const bool young = Counted(row) <= oldest ||
                         (row.delivery.since <= now && now - row.delivery.since <= oldest);
      if (row.state == DeliveryState::kWaiting && row.next_attempt <= now && young)
        due.push_back(&row);
    }
    std::ranges::stable_sort(due, {}, [](const Row* row) {
      return std::pair{row->rank, row->delivery.attempts};
    });
    std::vector<notify::DueDelivery> found;
    for (const Row* row : due) {
      if (static_cast<int>(found.size()) == limit) break;
      found.push_back(Shown(*row));
    }
    return found;
  }

  Result<std::vector<notify::DueDelivery>> WaitingLongerThan(seconds patience) override {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    std::vector<notify::DueDelivery> found;
    for (const Row& row : rows_) {
      if (row.state == DeliveryState::kWaiting && Counted(row) > patience)
        found.push_back(Shown(row));
    }
    return found;
  }

  Result<std::vector<notify::Delivery>> DeliveriesOf(MessageId message) override {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    std::vector<notify::Delivery> found;
    for (const Row& row : rows_) {
      if (row.delivery.message == message)
        found.push_back({row.delivery.recipient, row.state, row.answer});
    }
    return found;
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
    row->answer = attempt.answer;
    row->refusal = attempt.result == AttemptResult::kRefused ? attempt.detail : "";
    row->attempts.push_back(attempt);
    if (row->attempts.size() > 50) row->attempts.erase(row->attempts.begin());
    if (attempt.result != AttemptResult::kDisabled) ++row->delivery.attempts;
    return {};
  }

  Result<void> Summarize(const std::vector<notify::DueDelivery>& told,
                         const Message& summary) override {
    const std::lock_guard lock{mutex_};
    if (write_fault_) return Fail(*write_fault_);
    for (const notify::DueDelivery& due : told) {
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
    BeginToWait(now);
    for (Row& row : rows_) {
      if (row.delivery.message != message) continue;
      found = true;
      row.counted_from = time_.counted;
      row.answer.clear();
      row.refusal.clear();
      row.state = DeliveryState::kWaiting;
      row.next_attempt = now;
      row.delivery.since = now;
      row.delivery.attempts = 0;
    }
    if (!found) return Fail(ErrorCode::kNotFound, "no such message");
    return {};
  }

  Result<int> WakeAll(Time now) override {
    const std::lock_guard lock{mutex_};
    if (write_fault_) return Fail(*write_fault_);
    int woken = 0;
    for (Row& row : rows_) {
      if (row.state != DeliveryState::kWaiting || row.next_attempt <= now) continue;
      row.next_attempt = now;
      ++woken;
    }
    if (woken > 0) time_.woken_at = now;
    return woken;
  }

  Result<void> CountTime(seconds by, Time now) override {
    const std::lock_guard lock{mutex_};
    if (write_fault_) return Fail(*write_fault_);
    time_.counted += by;
    time_.read_at = now;
    for (Row& row : rows_) row.counted_from = std::min(row.counted_from, time_.counted);
    return {};
  }

  Result<notify::OutboxTime> ReadTime() override {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    return time_;
  }

  Result<notify::OutboxCounts> Count() override {
    const std::lock_guard lock{mutex_};
    if (read_fault_) return Fail(*read_fault_);
    notify::OutboxCounts counts;
    Time newest{};
    for (const Row& row : rows_) {
      counts.waiting += row.state == DeliveryState::kWaiting ? 1 : 0;
      counts.failed += row.state == DeliveryState::kFailed ? 1 : 0;
      if (row.state != DeliveryState::kWaiting || row.refusal.empty()) continue;
      ++counts.refused;
      if (row.next_attempt < newest) continue;
      newest = row.next_attempt;
      counts.refusal = row.refusal;
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
    BeginToWait(message.created_at);
    const std::vector<std::string> named = std::exchange(message.recipients, {});
    for (const std::string& name : named) {
      if (Find(message.id, name) != nullptr) continue;
      message.recipients.push_back(name);
      Row& row = rows_.emplace_back();
      row.delivery = {message.id, name, message.created_at, {}, 0};
      row.next_attempt = message.created_at;
      row.rank = notify::RankOf(message.kind);
      row.counted_from = time_.counted;
    }
    const MessageId id = message.id;
    messages_.emplace(id, std::move(message));
    return id;
  }

  /// While nothing waits, no time is counted.
  void BeginToWait(Time now) {
    const bool waits = std::ranges::any_of(
        rows_, [](const Row& row) { return row.state == DeliveryState::kWaiting; });
    if (!waits) time_.read_at = now;
  }

  [[nodiscard]] seconds Counted(const Row& row) const { return time_.counted - row.counted_from; }
  [[nodiscard]] notify::DueDelivery Shown(const Row& row) const {
    auto delivery = row.delivery;
    delivery.counted = Counted(row);
    return delivery;
  }

  mutable std::mutex mutex_;
  std::vector<Row> rows_;  ///< Oldest message first, recipients as they were named.
  std::map<MessageId, Message> messages_;
  std::set<RunId> runs_;
  std::optional<Error> write_fault_;
  std::optional<Error> read_fault_;
  notify::OutboxTime time_;
  std::int64_t newest_ = 0;
};

}  // namespace backup_monitor::testing
