#pragma once

#include <string>
#include <string_view>

namespace backup_monitor {

/// The text as it may stand in a URL (RFC 3986, section 2.1): letters, digits and the characters of `plain` as they are,
/// every other byte as %XX.
[[nodiscard]] std::string PercentEncoded(std::string_view text, std::string_view plain = {});

}  // namespace backup_monitor
