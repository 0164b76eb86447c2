#include "notify/delivery_metrics.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"

namespace backup_monitor::notify {
namespace {

constexpr auto kAttempts = "backup_monitor_delivery_attempts_total";
constexpr auto kDelivered = "backup_monitor_messages_delivered_total";
constexpr auto kWaiting = "backup_monitor_messages_waiting";
constexpr auto kRefused = "backup_monitor_messages_refused";
constexpr auto kFailed = "backup_monitor_messages_failed";
constexpr auto kReachable = "backup_monitor_relay_reachable";

constexpr std::array kResults{AttemptResult::kDelivered, AttemptResult::kTemporary,
                              AttemptResult::kPermanent, AttemptResult::kDisabled,
                              AttemptResult::kRefused};

/// A relay's own answer starts with its three-digit code; our own words for a fault never do.
bool IsAnswer(const std::string& detail) {
  return detail.size() >= 3 && std::all_of(detail.begin(), detail.begin() + 3, IsDigit);
}

}  // namespace

DeliveryMetrics::DeliveryMetrics(Metrics& metrics) : metrics_{metrics} {
  metrics_.DeclareCounter(kAttempts, "Attempts to deliver a message to one recipient, by result.");
  metrics_.DeclareCounter(kDelivered, "Messages the relay took, each recipient counted.");
  metrics_.DeclareGauge(kWaiting, "Messages not yet delivered, each recipient counted.");
  metrics_.DeclareGauge(
      kRefused,
      "Messages not yet delivered that the mail relay refused at the last attempt, each "
      "recipient counted. An administrator must change something; see mail in /api/status.");
  metrics_.DeclareGauge(kFailed, "Undeliverable messages, each recipient counted.");
  metrics_.DeclareGauge(
      kReachable, "1 if the mail relay answered at the last attempt. No value before the first.");
  for (const auto result : kResults)
    metrics_.Add(kAttempts, {{"result", std::string{Name(result)}}}, 0);
  metrics_.Add(kDelivered, {}, 0);
}

void DeliveryMetrics::Count(const Attempt& attempt) {
  metrics_.Add(kAttempts, {{"result", std::string{Name(attempt.result)}}});
  const bool delivered = attempt.result == AttemptResult::kDelivered;
  if (delivered) metrics_.Add(kDelivered, {});
  const bool answered =
      delivered || attempt.result == AttemptResult::kRefused || IsAnswer(attempt.detail);
  metrics_.Set(kReachable, {}, answered ? 1 : 0);
}

void DeliveryMetrics::Show(const OutboxCounts& counts) {
  metrics_.Set(kWaiting, {}, counts.waiting);
  metrics_.Set(kRefused, {}, counts.refused);
  metrics_.Set(kFailed, {}, counts.failed);
}

}  // namespace backup_monitor::notify
