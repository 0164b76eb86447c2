#pragma once

#include <string_view>

namespace backup_monitor {

/// True if `name` may follow EHLO (RFC 5321, sections 4.1.2 and 4.1.3): a host name with at least one
/// dot, or an address literal, "[192.0.2.1]" or "[IPv6:2001:db8::1]".
[[nodiscard]] bool IsHeloName(std::string_view name);

}  // namespace backup_monitor
