#include "notify/waiting_time.h"

#include <algorithm>

namespace backup_monitor::notify {
namespace {

constexpr seconds kLongestAbsence = std::chrono::days{4};
constexpr seconds kAbsenceBelievedAtOnce{3600};
constexpr seconds kProbation{600};
constexpr seconds kPace{
    60};  // how often it is written down, and how far two clocks may part in between

}  // namespace

Result<void> WaitingTime::Count() {
  if (!counted_at_) return CountAbsence();
  if (auto shortened = ShortenAbsence(); !shortened) return shortened;
  last_wall_ = clock_.Now();
  last_steady_ = clock_.Steady();
  const auto passed = last_steady_ - *counted_at_;
  if (passed < kPace) return {};
  const auto next = outbox_.NextDue();
  if (!next) return Fail(next.error());
  if (*next) {
    if (auto counted = outbox_.CountTime(passed, last_wall_); !counted) return counted;
  }
  counted_at_ = last_steady_;
  return {};
}

Result<void> WaitingTime::CountAbsence() {
  const auto time = outbox_.ReadTime();
  if (!time) return Fail(time.error());
  const Time now = clock_.Now();
  absence_ =
      time->read_at ? std::clamp(now - *time->read_at, seconds{0}, kLongestAbsence) : seconds{0};
  if (auto counted = outbox_.CountTime(absence_, now); !counted) return counted;
  if (absence_ > kAbsenceBelievedAtOnce) unsure_until_ = clock_.Steady() + kProbation;
  counted_at_ = last_steady_ = clock_.Steady();
  last_wall_ = now;
  return {};
}

Result<void> WaitingTime::ShortenAbsence() {
  if (IsSure() || absence_ == seconds{0}) return {};
  const auto back = (clock_.Steady() - last_steady_) - (clock_.Now() - last_wall_);
  if (back <= kPace) return {};
  // The clock was ahead when the absence was measured.
  const auto too_much = std::min(back, absence_);
  if (auto counted = outbox_.CountTime(-too_much, clock_.Now()); !counted) return counted;
  absence_ -= too_much;
  return {};
}

seconds WaitingTime::Of(const DueDelivery& delivery) const {
  const auto counted = delivery.counted + Uncounted();
  const auto by_wall = clock_.Now() - delivery.since;
  // Made in what is the future now: the clock was ahead then, so it says nothing.
  return by_wall < seconds{0} ? counted : std::min(counted, by_wall);
}

}  // namespace backup_monitor::notify
