#include "notify/courier.h"

#include <algorithm>
#include <map>
#include <random>
#include <utility>

#include "base/log.h"

namespace backup_monitor::notify {
namespace {

constexpr int kMostAtOnce = 500;
constexpr seconds kLongestNap{60};
constexpr seconds kAfterFault{30};
constexpr seconds kClockSlack{60};

std::function<double()> MachineRandom() {
  return [engine = std::minstd_rand{std::random_device{}()}]() mutable {
    return std::uniform_real_distribution{0.0, 1.0}(engine);
  };
}

}  // namespace

Courier::Courier(CourierParts parts)
    : parts_{std::move(parts)}, metrics_{parts_.metrics}, waiting_{parts_.outbox, parts_.clock} {
  if (!parts_.random) parts_.random = MachineRandom();
}

Time Courier::Pass(Notifier& notifier, const std::stop_token& stop) {
  const Time now = parts_.clock.Now();
  unrecorded_.Flush(parts_.outbox);
  if (const auto counted = waiting_.Count(); !counted) Complain(counted.error());
  WakeIfNeeded(now);
  if (paused_until_ && now < *paused_until_) return std::min(*paused_until_, now + kLongestNap);
  paused_until_.reset();
  SummarizeOld(notifier, now);
  const Time next = DeliverDue(notifier, now, stop);
  if (const auto counts = parts_.outbox.Count()) metrics_.Show(*counts);
  return wake_all_ ? std::min(next, now + wake_in_) : next;
}

void Courier::WakeIfNeeded(Time now) {
  // A clock that stepped back has left times of next attempts behind that are far away now.
  const bool stepped_back = last_pass_ && now < *last_pass_ - kClockSlack;
  last_pass_ = now;
  wake_all_ = wake_all_ || stepped_back;
  if (!wake_all_) return;
  // A pause means that nobody was asked, so that asking again is no burden to a relay.
  wake_in_ = paused_until_ ? seconds{0} : UntilNextWake(now);
  if (wake_in_ > seconds{0}) return;
  paused_until_.reset();
  const auto woken = parts_.outbox.WakeAll(now);
  if (!woken) {
    wake_in_ = kAfterFault;
    return Complain(woken.error());
  }
  wake_all_ = false;
  if (*woken > 0) woken_at_ = parts_.clock.Steady();
}

seconds Courier::UntilNextWake(Time now) {
  std::optional<seconds> since;
  if (woken_at_) {
    since = parts_.clock.Steady() - *woken_at_;
  } else if (const auto time = parts_.outbox.ReadTime(); time && time->woken_at) {
    since = now - *time->woken_at;  // by the process before this one
  }
  const auto least = parts_.policy.between_hints;
  if (!since || *since < seconds{0} || *since >= least) return seconds{0};
  return least - *since;
}

Time Courier::DeliverDue(Notifier& notifier, Time started, const std::stop_token& stop) {
  Time now = started;
  while (!stop.stop_requested()) {
    const auto delivery = NextDelivery(now);
    if (!delivery) break;
    if (!DeliverOne(notifier, *delivery, now, stop)) break;
    now = parts_.clock.Now();
  }
  return LookAgain(now);
}

std::optional<DueDelivery> Courier::NextDelivery(Time now) {
  // Only what could not be recorded may have to be passed over.
  const int enough = 1 + static_cast<int>(unrecorded_.size());
  auto due =
      parts_.outbox.Due(now, enough, waiting_.IsSure() ? seconds::max() : parts_.policy.patience);
  if (!due) {
    Complain(due.error());
    return std::nullopt;
  }
  last_complaint_.clear();
  std::erase_if(*due, [&](const auto& delivery) { return unrecorded_.Holds(delivery, now); });
  if (due->empty()) return std::nullopt;
  return due->front();
}

bool Courier::DeliverOne(Notifier& notifier, const DueDelivery& delivery, Time now,
                         const std::stop_token& stop) {
  const auto message = parts_.outbox.Fetch(delivery.message);
  if (!message && message.error().code != ErrorCode::kNotFound) {
    Complain(message.error());
    return false;
  }
  if (!message) {
    const Attempt gone{
        now, AttemptResult::kPermanent, "the message is no longer in the outbox", {}};
    unrecorded_.Record(parts_.outbox, delivery, gone, DeliveryState::kFailed, now);
    return true;
  }
  auto attempt = notifier.Deliver(*message, delivery.recipient, stop);
  attempt.at = parts_.clock.Now();
  // Cut short by our own end: that says nothing about the relay.
  if (stop.stop_requested() && attempt.result == AttemptResult::kTemporary) return false;
  if (attempt.result == AttemptResult::kPermanent && !attempt.answer.empty() &&
      !OthersFareOtherwise(delivery, attempt)) {
    attempt.result = AttemptResult::kRefused;
    attempt.detail += " (so far the same for every recipient)";
  }
  metrics_.Count(attempt);
  if (attempt.result == AttemptResult::kDisabled) {
    Pause(attempt);
    return false;
  }
  noted_disabled_.clear();
  Settle(delivery, attempt);
  return true;
}

void Courier::Settle(const DueDelivery& delivery, const Attempt& attempt) {
  auto state = DeliveryState::kWaiting;
  Time next = attempt.at;
  if (attempt.result == AttemptResult::kDelivered) {
    state = DeliveryState::kDelivered;
    LogInfo("delivered to " + delivery.recipient + ": " + attempt.detail);
  } else if (attempt.result == AttemptResult::kPermanent) {
    state = DeliveryState::kFailed;
    LogError("undeliverable to " + delivery.recipient + ": " + attempt.detail);
  } else if (const auto again = NextAttempt(delivery, attempt.at)) {
    next = *again;
    LogWarning("not delivered to " + delivery.recipient + ", next attempt in " +
               std::to_string((next - attempt.at).count()) + " s: " + attempt.detail);
  } else {
    state = DeliveryState::kFailed;
    LogError("given up, undeliverable to " + delivery.recipient + ": " + attempt.detail);
  }
  unrecorded_.Record(parts_.outbox, delivery, attempt, state, next);
}

std::optional<Time> Courier::NextAttempt(const DueDelivery& delivery, Time now) {
  const auto again = parts_.policy.Next(unrecorded_.Attempts(delivery) + 1, now,
                                        waiting_.Of(delivery), parts_.random());
  return again || waiting_.IsSure() ? again : now + parts_.policy.longest;
}

bool Courier::OthersFareOtherwise(const DueDelivery& delivery, const Attempt& attempt) {
  const auto all = parts_.outbox.DeliveriesOf(delivery.message);
  if (!all) return false;
  return all->size() <= 1 || std::ranges::any_of(*all, [&](const Delivery& other) {
           if (other.recipient == delivery.recipient) return false;
           if (other.state == DeliveryState::kDelivered) return true;
           const bool settled = other.state == DeliveryState::kFailed;
           return !other.answer.empty() && (settled || other.answer != attempt.answer);
         });
}

void Courier::Pause(const Attempt& disabled) {
  const Time now = disabled.at;
  paused_until_ = now + parts_.policy.disabled_recheck;
  const auto due = parts_.outbox.Due(now, kMostAtOnce);
  if (!due) return Complain(due.error());
  if (std::exchange(disabled_because_, disabled.detail) != disabled.detail) noted_disabled_.clear();
  if (noted_disabled_.empty()) {
    LogWarning(disabled.detail + ": " + std::to_string(due->size()) + " deliveries wait");
  }
  // Said once of each: a row every few minutes for days would be of no use to anybody.
  for (const auto& delivery : *due) {
    if (unrecorded_.Holds(delivery, now)) continue;
    if (!noted_disabled_.emplace(delivery.message, delivery.recipient).second) continue;
    unrecorded_.Record(parts_.outbox, delivery, disabled, DeliveryState::kWaiting, *paused_until_);
  }
}

void Courier::SummarizeOld(Notifier& notifier, Time now) {
  if (!waiting_.IsSure()) return;
  auto old = parts_.outbox.WaitingLongerThan(parts_.policy.patience - waiting_.Uncounted());
  if (!old) return Complain(old.error());
  std::erase_if(*old, [&](const auto& delivery) {
    const int attempts = unrecorded_.Attempts(delivery);
    return !parts_.policy.WaitedTooLong(attempts, waiting_.Of(delivery)) ||
           unrecorded_.Holds(delivery, now);
  });
  if (old->empty() || !notifier.Enabled()) return;
  const auto subjects = SubjectsOf(*old);
  if (!subjects) return Complain(subjects.error());
  if (subjects->empty()) return;
  const auto done = parts_.outbox.Summarize(*old, parts_.write_summary(*subjects));
  if (!done) return Complain(done.error());
  LogWarning(std::to_string(subjects->size()) +
             " messages waited over 3 days for the mail relay and are reported in one summary");
}

Result<std::vector<WaitingSubject>> Courier::SubjectsOf(std::vector<DueDelivery>& old) {
  std::map<MessageId, std::optional<WaitingSubject>> found;
  for (const auto& delivery : old) {
    if (found.contains(delivery.message)) continue;
    const auto message = parts_.outbox.Fetch(delivery.message);
    if (!message && message.error().code != ErrorCode::kNotFound) return Fail(message.error());
    // A summary is never summed up: its content would be lost.
    const bool quotable = message && message->kind != ReportKind::kUndelivered;
    found[delivery.message] =
        quotable ? std::optional{WaitingSubject{message->created_at, message->subject}}
                 : std::nullopt;
  }
  std::erase_if(old, [&](const auto& delivery) { return !found[delivery.message]; });
  std::vector<WaitingSubject> subjects;
  for (const auto& [id, subject] : found) {
    if (subject) subjects.push_back(*subject);
  }
  return subjects;
}

Time Courier::LookAgain(Time now) {
  if (!unrecorded_.empty()) return now + kAfterFault;
  if (paused_until_) return std::min(*paused_until_, now + kLongestNap);
  const auto next = parts_.outbox.NextDue();
  if (!next) return now + kAfterFault;
  const Time wanted = next->value_or(now + kLongestNap);
  return wanted <= now ? now + kAfterFault : std::min(wanted, now + kLongestNap);
}

void Courier::Complain(const Error& error) {
  if (error.message == last_complaint_) return;
  last_complaint_ = error.message;
  LogError("the outbox cannot be read or written: " + error.message);
}

}  // namespace backup_monitor::notify
