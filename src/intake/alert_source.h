#pragma once

#include <chrono>
#include <stop_token>

#include "base/result.h"
#include "intake/alert_payload.h"

namespace backup_monitor::intake {

/// What fires now, asked of whoever keeps the alerts.
class AlertSource {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  virtual ~AlertSource() = default;

  /// Every alert that fires, silenced and inhibited ones too; nothing is resolved in it. Blocks until `deadline` at
  /// most; `stop` cuts it short within 1 s.
  ///
  /// \return kUnavailable if nobody answers there, or who answers has nobody to ask; kTimeout; kDenied; kInvalidInput
  ///         if it is no list of alerts; kNotFound if there is nobody to ask; kTooLarge
  [[nodiscard]] virtual Result<AlertIntake> Firing(Deadline deadline,
                                                   const std::stop_token& stop) = 0;
};

}  // namespace backup_monitor::intake
