#pragma once

#include <string_view>

namespace backup_monitor {

/// May this be the name of a time zone, "Europe/Rome"? Letters, digits, `-`, `_`, `+` and single slashes inside; at
/// most 64 bytes. Nothing is looked up.
///
/// Source: systemd 252, src/basic/time-util.c, verify_timezone.
[[nodiscard]] bool IsZoneName(std::string_view name) noexcept;

}  // namespace backup_monitor
