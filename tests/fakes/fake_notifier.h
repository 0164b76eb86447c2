#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "notify/notifier.h"
#include "notify/smtp_answer.h"
#include "text/mail_address.h"

namespace backup_monitor::testing {

/// A relay in memory that takes everything until told otherwise. Any thread.
class FakeNotifier final : public notify::Notifier {
 public:
  struct Delivered {
    std::string recipient;
    Message message;
  };

  /// How the relay answers this recipient from now on.
  void Answer(const std::string& recipient, AttemptResult result, std::string detail) {
    const std::lock_guard lock{mutex_};
    Attempt answer{{}, result, std::move(detail), {}};
    if (result == AttemptResult::kPermanent) answer.answer = notify::AnswerCodes(answer.detail);
    answers_[recipient] = std::move(answer);
  }
  void SetEnabled(bool enabled) {
    const std::lock_guard lock{mutex_};
    enabled_ = enabled;
  }
  /// Deliveries hang until they are stopped.
  void SetHanging(bool hanging) {
    const std::lock_guard lock{mutex_};
    hanging_ = hanging;
  }

  [[nodiscard]] std::vector<Delivered> AcceptedMails() const {
    const std::lock_guard lock{mutex_};
    return delivered_;
  }
  /// Every recipient tried, in order.
  [[nodiscard]] std::vector<std::string> Tried() const {
    const std::lock_guard lock{mutex_};
    return tried_;
  }

  Attempt Deliver(const Message& message, const std::string& recipient,
                  const std::stop_token& stop) override {
    std::unique_lock lock{mutex_};
    if (!enabled_) return {{}, AttemptResult::kDisabled, "the mail relay is disabled"};
    if (!IsMailAddress(recipient)) return {{}, AttemptResult::kPermanent, "not a mail address"};
    tried_.push_back(recipient);
    changed_.notify_all();
    if (hanging_) stopped_.wait(lock, stop, [] { return false; });
    if (stop.stop_requested()) return {{}, AttemptResult::kTemporary, "cut short"};
    const auto answer = answers_.find(recipient);
    if (answer != answers_.end() && answer->second.result != AttemptResult::kDelivered) {
      return answer->second;
    }
    delivered_.push_back({recipient, message});
    changed_.notify_all();
    return {{}, AttemptResult::kDelivered, "250 2.0.0 taken"};
  }

  bool Enabled() override {
    const std::lock_guard lock{mutex_};
    return enabled_;
  }

  /// Waits until at least `count` attempts were begun or 5 s are over.
  [[nodiscard]] bool WaitForAttempts(std::size_t count) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, seconds{5}, [&] { return tried_.size() >= count; });
  }
  /// Waits until at least `count` mails were taken or 5 s are over.
  [[nodiscard]] bool WaitForMails(std::size_t count) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, seconds{5}, [&] { return delivered_.size() >= count; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::condition_variable_any stopped_;
  std::map<std::string, Attempt> answers_;
  std::vector<Delivered> delivered_;
  std::vector<std::string> tried_;
  bool enabled_ = true;
  bool hanging_ = false;
};

}  // namespace backup_monitor::testing
