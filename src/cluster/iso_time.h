#pragma once

#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace backup_monitor {

/// Reads a moment in ISO 8601, UTC: `2024-01-15T03:00:05Z`. A fraction of a second is cut off;
/// `+00:00` is as good as `Z`.
///
/// \return kInvalidInput for every other text, other offsets and days that do not exist included.
[[nodiscard]] Result<Time> ParseIsoTime(std::string_view text);

}  // namespace backup_monitor
