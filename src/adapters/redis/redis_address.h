#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace backup_monitor {

struct RedisAddress {
  std::string host;  ///< A name or an address, without brackets.
  std::uint16_t port = 0;
};

/// Reads `host:port`, with brackets around an IPv6 address: "127.0.0.1:6379", "[::1]:6379".
///
/// \return kInvalidInput, naming what is wrong.
[[nodiscard]] Result<RedisAddress> ParseRedisAddress(std::string_view text);

}  // namespace backup_monitor
