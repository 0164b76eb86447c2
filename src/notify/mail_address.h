#pragma once

#include <string_view>

namespace backup_monitor {

/// True if `address` can stand in an SMTP envelope and on a command line as it is: `local@domain` of
/// printable ASCII without spaces, angle brackets, quotes or a leading hyphen, at most 254 characters
/// (RFC 5321 section 4.5.3.1, RFC 3696 erratum 1690). A check against injection, not of mailboxes.
[[nodiscard]] bool IsMailAddress(std::string_view address) noexcept;

}  // namespace backup_monitor
