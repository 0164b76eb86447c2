#pragma once

#include <string_view>

// Names and addresses of machines, as text. Nothing is looked up.

namespace backup_monitor {

[[nodiscard]] bool IsIpv4(std::string_view text);
/// Without brackets.
[[nodiscard]] bool IsIpv6(std::string_view text);

/// Labels of at most 63 letters, digits, hyphens and underscores, 253 bytes in all. The underscore is in no host name
/// by the letter, and in many on private networks. An IPv4 address passes too.
[[nodiscard]] bool IsHostName(std::string_view text);

/// "[192.0.2.1]" or "[IPv6:2001:db8::1]" (RFC 5321, section 4.1.3).
[[nodiscard]] bool IsAddressLiteral(std::string_view text);

/// True if `name` may follow EHLO (RFC 5321, sections 4.1.2 and 4.1.3): a host name with at least one
/// dot and without underscores, or an address literal.
[[nodiscard]] bool IsHeloName(std::string_view name);

/// `localhost` or an address of which no other machine can be the peer: 127.0.0.0/8, however it is written
/// ("::ffff:127.0.0.1"), and ::1 ("0:0:0:0:0:0:0:1"). False for every other name.
[[nodiscard]] bool IsLoopback(std::string_view host);

}  // namespace backup_monitor
