#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace backup_monitor {

/// A header's text as RFC 2047 wants it: as it is if it is printable ASCII that fits its line, else as
/// folded encoded-words of at most 75 bytes, none of which splits a character. `column` is where in
/// its line the text begins. Broken UTF-8 is repaired first.
[[nodiscard]] std::string EncodeHeaderText(std::string_view text, std::size_t column);

}  // namespace backup_monitor
