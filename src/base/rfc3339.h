#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace backup_monitor {

/// Reads an RFC 3339 time such as "2026-11-22T12:00:00.123456789+01:00": 0 to 9 digits of fraction,
/// cut off, and any offset. A leap second counts as the second before it.
///
/// \return nothing if `text` is no such time, or lies before 1970: Go writes its zero time as
///         "0001-01-01T00:00:00Z", which means "not set".
[[nodiscard]] std::optional<Time> ParseRfc3339(std::string_view text);

/// The same in UTC: "2026-11-22T12:00:00Z".
[[nodiscard]] std::string IsoTime(Time time);

}  // namespace backup_monitor
