#pragma once

#include <optional>

#include "base/clock.h"
#include "notify/outbox.h"

namespace backup_monitor::notify {

/// How long deliveries have waited, whatever the wall clock does meanwhile.
///
/// While this process runs, time is what has passed. For the time when none ran there is only the wall
/// clock: it is believed as far as a few days, and where that is more than an hour nothing is concluded
/// from it until the clock has kept its pace for ten minutes: a clock that was wrong at the start is put
/// right by then.
class WaitingTime {
 public:
  /// The references must outlive this.
  WaitingTime(Outbox& outbox, const Clock& clock) : outbox_{outbox}, clock_{clock} {}

  /// Moves the outbox's reckoning on, at most once a minute. To be called at each pass.
  [[nodiscard]] Result<void> Count();

  /// How long `delivery` has waited: by the reckoning, and no longer than the wall clock says.
  [[nodiscard]] seconds Of(const DueDelivery& delivery) const;

  /// Time that has passed and is not in DueDelivery::counted yet.
  [[nodiscard]] seconds Uncounted() const {
    return counted_at_ ? clock_.Steady() - *counted_at_ : seconds{0};
  }

  /// False as long as nothing may be given up or summed up.
  [[nodiscard]] bool IsSure() const {
    return counted_at_ && (!unsure_until_ || clock_.Steady() >= *unsure_until_);
  }

 private:
  [[nodiscard]] Result<void> CountAbsence();
  [[nodiscard]] Result<void> ShortenAbsence();

  Outbox& outbox_;
  const Clock& clock_;
  std::optional<seconds> counted_at_;  ///< Clock::Steady() up to which time has been counted.
  Time last_wall_;                     ///< At the last call of Count().
  seconds last_steady_{0};
  seconds absence_{0};                   ///< Counted for the time when no process ran.
  std::optional<seconds> unsure_until_;  ///< Clock::Steady().
};

}  // namespace backup_monitor::notify
