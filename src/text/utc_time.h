#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

// A moment in UTC as text, to the second. A moment is what base/clock.h calls a Time.

namespace backup_monitor {

/// "2026-11-22T12:00:00Z" (RFC 3339).
[[nodiscard]] std::string IsoTime(std::chrono::sys_seconds time);

/// "2026-11-22 12:00:00 UTC", as journalctl reads it (systemd.time(7), 252).
[[nodiscard]] std::string JournalTime(std::chrono::sys_seconds time);

/// "Sun, 22 Nov 2026 01:14:00 +0000" (RFC 5322, section 3.3).
[[nodiscard]] std::string HeaderDate(std::chrono::sys_seconds time);

/// Reads an RFC 3339 time such as "2026-11-22T12:00:00.123456789+01:00": 0 to 9 digits of fraction,
/// cut off, and any offset. A leap second counts as the second before it.
///
/// \return nothing if `text` is no such time, or lies before 1970: Go writes its zero time as
///         "0001-01-01T00:00:00Z", which means "not set".
[[nodiscard]] std::optional<std::chrono::sys_seconds> ParseRfc3339(std::string_view text);

/// Reads a moment in UTC alone: "2024-01-15T03:00:05Z". A fraction of any length is cut off, `+00:00` is as
/// good as `Z`, and a leap second counts as the second after it.
///
/// \return nothing for every other text, other offsets and days that do not exist included.
[[nodiscard]] std::optional<std::chrono::sys_seconds> ParseIsoTime(std::string_view text);

}  // namespace backup_monitor
