#include "model/message.h"

namespace backup_monitor {

std::string_view Name(DeliveryState state) noexcept {
  switch (state) {
    case DeliveryState::kWaiting: return "waiting";
    case DeliveryState::kDelivered: return "delivered";
    case DeliveryState::kFailed: return "failed";
    case DeliveryState::kSummarized: return "summarized";
  }
  return "waiting";
}

std::string_view Name(AttemptResult result) noexcept {
  switch (result) {
    case AttemptResult::kDelivered: return "delivered";
    case AttemptResult::kTemporary: return "temporary";
    case AttemptResult::kPermanent: return "permanent";
    case AttemptResult::kDisabled: return "disabled";
    case AttemptResult::kRefused: return "refused";
  }
  return "temporary";
}

}  // namespace backup_monitor
