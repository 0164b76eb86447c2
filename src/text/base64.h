#pragma once

#include <string>
#include <string_view>

namespace backup_monitor {

/// Base64 in one line, padded (RFC 4648, section 4).
[[nodiscard]] std::string EncodeBase64(std::string_view bytes);

}  // namespace backup_monitor
