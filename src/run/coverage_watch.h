#pragma once

#include <optional>

#include "base/clock.h"
#include "run/run_book.h"

namespace backup_monitor::run {

/// Remembers since when each application is in no enabled plan, and sees to it that people hear of it once, when that has
/// been so for a day. An exemption keeps it quiet while it lasts; its end is news again. What has been remembered belongs
/// to the UUID: another application with the same id begins anew.
class CoverageWatch {
 public:
  /// To be called with each complete look.
  void Settle(RunBook& book);

  /// When the next application has been in no plan for a day.
  [[nodiscard]] std::optional<Time> NextDue() const noexcept { return next_; }

  static constexpr seconds kPatience = std::chrono::hours{24};

 private:
  std::optional<Time> next_;
};

}  // namespace backup_monitor::run
