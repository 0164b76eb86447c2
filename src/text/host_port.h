#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace backup_monitor {

struct HostPort {
  std::string host;  ///< A name or an address, without brackets.
  std::uint16_t port = 0;
};

/// Reads `host:port`, with brackets around an IPv6 address: "127.0.0.1:6379", "[::1]:6379". The host is a host name
/// or an address (text/host_name.h), the port 1 to 65535 without leading zeros.
[[nodiscard]] std::optional<HostPort> ParseHostPort(std::string_view text);

}  // namespace backup_monitor
