#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "notify/outbox.h"
#include "store/run_archive.h"

namespace backup_monitor::testing {

/// An outbox held in memory.
class FakeOutbox final : public Outbox {
 public:
  /// What RunStore::Transaction::Post() does.
  MessageId Post(Message message) {
    const std::lock_guard lock{mutex_};
    return Add(std::move(message));
  }

  /// From now on every call fails, as with a full disk. std::nullopt heals it.
  void SetOutage(std::optional<Error> outage) {
    const std::lock_guard lock{mutex_};
    outage_ = std::move(outage);
  }

  /// How a message stands, as RunArchive tells it. Throws std::out_of_range for an unknown one.
  [[nodiscard]] MessageStatus Status(MessageId message) const {
    const std::lock_guard lock{mutex_};
    return messages_.at(message).status;
  }

  Result<std::vector<DueDelivery>> Due(Time now, int limit) override {
    auto due =
        Waiting([&](const Kept&, const DeliveryStatus& one) { return one.next_attempt <= now; });
    if (due && due->size() > static_cast<std::size_t>(limit))
      due->resize(static_cast<std::size_t>(limit));
    return due;
  }

  Result<std::vector<DueDelivery>> WaitingSince(Time before) override {
    return Waiting([&](const Kept& kept, const DeliveryStatus&) {
      return kept.status.message.created_at < before;
    });
  }

  Result<std::optional<Time>> NextDue() override {
    const std::lock_guard lock{mutex_};
    if (outage_) return Fail(*outage_);
    std::optional<Time> next;
    ForEach([&](Kept&, DeliveryStatus& one) {
      if (one.state != DeliveryState::kWaiting) return;
      next = std::min(next.value_or(one.next_attempt), one.next_attempt);
    });
    return next;
  }

  Result<Message> Fetch(MessageId message) override {
    const std::lock_guard lock{mutex_};
    if (outage_) return Fail(*outage_);
    const auto found = messages_.find(message);
    if (found == messages_.end()) return Fail(ErrorCode::kNotFound, "there is no such message");
    return found->second.status.message;
  }

  Result<void> Record(MessageId message, const std::string& recipient, const Attempt& attempt,
                      DeliveryState state, Time next_attempt) override {
    const std::lock_guard lock{mutex_};
    if (outage_) return Fail(*outage_);
    DeliveryStatus* one = Find(message, recipient);
    if (one == nullptr) return Fail(ErrorCode::kNotFound, "there is no such delivery");
    if (one->state != DeliveryState::kDelivered) one->state = state;
    one->next_attempt = next_attempt;
    one->attempts.push_back(attempt);
    if (one->attempts.size() > 50) one->attempts.erase(one->attempts.begin());
    if (attempt.result != AttemptResult::kDisabled) ++messages_.at(message).counted[recipient];
    return {};
  }

  Result<void> Summarize(const std::vector<DueDelivery>& told, const Message& summary) override {
    const std::lock_guard lock{mutex_};
    if (outage_) return Fail(*outage_);
    for (const DueDelivery& due : told) {
      DeliveryStatus* one = Find(due.message, due.recipient);
      if (one != nullptr && one->state == DeliveryState::kWaiting)
        one->state = DeliveryState::kSummarized;
    }
    Add(summary);
    return {};
  }

  Result<void> WakeAll(Time now) override {
    const std::lock_guard lock{mutex_};
    if (outage_) return Fail(*outage_);
    ForEach([&](Kept&, DeliveryStatus& one) {
      if (one.state == DeliveryState::kWaiting) one.next_attempt = std::min(one.next_attempt, now);
    });
    return {};
  }

  Result<OutboxCounts> Count() override {
    const std::lock_guard lock{mutex_};
    if (outage_) return Fail(*outage_);
    OutboxCounts counts;
    ForEach([&](Kept&, DeliveryStatus& one) {
      counts.waiting += one.state == DeliveryState::kWaiting ? 1 : 0;
      counts.failed += one.state == DeliveryState::kFailed ? 1 : 0;
    });
    return counts;
  }

 private:
  struct Kept {
    MessageStatus status;
    std::map<std::string, int> counted;  ///< Attempts by recipient.
  };

  MessageId Add(Message message) {
    const MessageId id{++newest_};
    Kept& kept = messages_[id];
    std::vector<std::string> recipients;
    for (const std::string& name : message.recipients) {
      if (std::find(recipients.begin(), recipients.end(), name) != recipients.end()) continue;
      recipients.push_back(name);
      kept.status.deliveries.push_back({name, DeliveryState::kWaiting, message.created_at, {}});
    }
    message.id = id;
    message.recipients = std::move(recipients);
    kept.status.message = std::move(message);
    return id;
  }

  template <typename Action>
  void ForEach(Action action) {
    for (auto& [id, kept] : messages_) {
      for (DeliveryStatus& one : kept.status.deliveries) action(kept, one);
    }
  }

  template <typename Wanted>
  Result<std::vector<DueDelivery>> Waiting(Wanted wanted) {
    const std::lock_guard lock{mutex_};
    if (outage_) return Fail(*outage_);
    std::vector<DueDelivery> found;
    ForEach([&](Kept& kept, DeliveryStatus& one) {
      if (one.state != DeliveryState::kWaiting || !wanted(kept, one)) return;
      found.push_back({kept.status.message.id, one.recipient, kept.status.message.created_at,
                       kept.counted[one.recipient]});
    });
    return found;
  }

  DeliveryStatus* Find(MessageId message, const std::string& recipient) {
    const auto found = messages_.find(message);
    if (found == messages_.end()) return nullptr;
    for (DeliveryStatus& one : found->second.status.deliveries) {
      if (one.recipient == recipient) return &one;
    }
    return nullptr;
  }

  mutable std::mutex mutex_;
  std::optional<Error> outage_;
  std::map<MessageId, Kept> messages_;
  std::int64_t newest_ = 0;
};

}  // namespace backup_monitor::testing
