#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace backup_monitor {

/// A header's text as RFC 2047 wants it: as it is if it is printable ASCII that fits its line, else as
/// folded encoded-words of at most 75 bytes, none of which splits a character. `column` is where in
/// its line the text begins. Broken UTF-8 is repaired first.
[[nodiscard]] std::string EncodeHeaderText(std::string_view text, std::size_t column);

/// "Sun, 22 Nov 2026 01:14:00 +0000" (RFC 5322, section 3.3).
[[nodiscard]] std::string HeaderDate(Time time);

}  // namespace backup_monitor
