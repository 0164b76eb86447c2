#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/status_record.h"
#include "store/run_store.h"

namespace backup_monitor::app {

/// Decides how much of the history is removed, and when: what is older than `store.keep_days`, by the
/// clock of the data and by time that has really passed. No reading of the wall clock alone removes
/// anything: docs/architecture.md, section "Forgetting". The worker's thread.
class Retention {
 public:
  /// `keep`: `store.keep_days`.
  Retention(const Clock& clock, store::RunStore& store, std::chrono::days keep);

  /// To be called with every look at the cluster; does something once an hour. Not before the first
  /// hour, and not within a day after the wall clock was set.
  ///
  /// \param in_redis  their records are not removed.
  /// \return what the store says. Nothing is lost then: what was not removed is removed an hour later.
  [[nodiscard]] Result<void> Work(const std::vector<StatusRecord>& in_redis);

  /// Gives back to the disk what a flood or the past took: step by step, so that others can store in between.
  /// \return what the store says.
  [[nodiscard]] Result<void> GiveBackRoom(const std::stop_token& stop);

  /// Between two times that something is removed.
  static constexpr seconds kInterval = std::chrono::hours{1};
  /// A day of running removes at most so many days of history; more running does not save up for later.
  static constexpr int kDaysPerDay = 3;
  static constexpr seconds kMostSaved = std::chrono::days{1};
  /// A wall clock that has moved by so much more or less than time has passed was set.
  static constexpr seconds kSet = std::chrono::minutes{10};
  static constexpr seconds kDistrust = std::chrono::days{1};

 private:
  [[nodiscard]] bool IsTrusted(Time now, seconds steady);
  [[nodiscard]] Result<void> Remove(Time now, seconds passed,
                                    const std::vector<StatusRecord>& in_redis);

  const Clock& clock_;
  store::RunStore& store_;
  std::chrono::days keep_;
  Time last_now_;
  seconds last_steady_;
  seconds worked_at_;  ///< By the steady clock.
  std::optional<seconds> distrusted_until_;
};

}  // namespace backup_monitor::app
