#pragma once

#include "base/metrics.h"
#include "notify/outbox.h"

namespace backup_monitor::notify {

/// What delivery counts. The families are there from the first scrape on.
class DeliveryMetrics {
 public:
  /// `metrics` must outlive this. Declares the `backup_monitor_delivery_*`, `_messages_*` and
  /// `_relay_reachable` families.
  explicit DeliveryMetrics(Metrics& metrics);

  /// Counts one attempt. The relay counts as reachable if it gave an answer, whatever it said.
  void Count(const Attempt& attempt);

  void Show(const OutboxCounts& counts);

 private:
  Metrics& metrics_;
};

}  // namespace backup_monitor::notify
