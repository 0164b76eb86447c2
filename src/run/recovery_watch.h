#pragma once

#include <optional>

#include "base/clock.h"
#include "run/run_book.h"

namespace backup_monitor::run {

/// Sees to it that people hear once when the newest data of an application becomes older than its target, and once when
/// it is within it again: in the report of a run where there is one, else in a message of its own. While a run of the
/// application goes on, or is due and not settled, nothing is said: its report will say it. Nor before a plan that has been
/// given a schedule, or been enabled, has been due.
class RecoveryWatch {
 public:
  /// To be called with each complete look, when closed runs have been announced.
  void Settle(RunBook& book);

  /// When the next data becomes too old if nothing comes.
  [[nodiscard]] std::optional<Time> NextDue() const noexcept { return next_; }

 private:
  std::optional<Time> next_;
};

}  // namespace backup_monitor::run
