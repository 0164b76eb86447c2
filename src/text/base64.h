#pragma once

#include <string>
#include <string_view>

namespace backup_monitor {

/// Base64 in one line, padded (RFC 4648, section 4).
[[nodiscard]] std::string EncodeBase64(std::string_view bytes);

/// The bytes of a Base64 text. Line ends, padding and whatever else is none of its 64 digits are skipped
/// (RFC 2045, section 6.8); digits at the end that make no whole byte are left out.
[[nodiscard]] std::string DecodeBase64(std::string_view text);

}  // namespace backup_monitor
