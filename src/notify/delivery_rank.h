#pragma once

#include <cstdint>

#include "model/report.h"

namespace backup_monitor::notify {

/// Who goes first where many messages wait: what is about runs before what is about alerts alone, and both before
/// what people ask for. The values are kept in the store.
enum class DeliveryRank : std::int64_t { kRun = 0, kAlert = 1, kRequest = 2, kTest = 3 };

[[nodiscard]] constexpr DeliveryRank RankOf(ReportKind kind) noexcept {
  switch (kind) {
    case ReportKind::kEarlyNotice:
    case ReportKind::kLateNotice:
    case ReportKind::kFinal:
    case ReportKind::kUpdate:
    case ReportKind::kNeverDue:
    case ReportKind::kRecoveryPoint:
    case ReportKind::kUnprotected:
    case ReportKind::kUndelivered: return DeliveryRank::kRun;
    case ReportKind::kNoStatus:
    case ReportKind::kUnknownPlan:
    case ReportKind::kAlertSummary: return DeliveryRank::kAlert;
    case ReportKind::kOnRequest: return DeliveryRank::kRequest;
    case ReportKind::kTest: return DeliveryRank::kTest;
  }
  return DeliveryRank::kRun;
}

}  // namespace backup_monitor::notify
