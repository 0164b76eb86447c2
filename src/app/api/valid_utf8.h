#pragma once

#include <string>
#include <string_view>

namespace backup_monitor {

/// `text` with every byte that is no part of a UTF-8 character (RFC 3629: no overlong form, no
/// surrogate, nothing above U+10FFFF) replaced by U+FFFD.
[[nodiscard]] std::string ValidUtf8(std::string_view text);

}  // namespace backup_monitor
