#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "adapters/redis/redis_timeouts.h"
#include "base/result.h"
#include "base/socket_address.h"

namespace backup_monitor::redis {

/// The addresses of `host`, IPv4 before IPv6: an address in text is itself, `localhost` is this machine's, every
/// other name is looked up in /etc/hosts and DNS (c-ares). getaddrinfo(3) would hang for as long as a name
/// server is silent, and nothing could stop it. Where one family has answered, the other is waited for half a
/// second more.
///
/// \return kTimeout if nobody answers in time; kUnavailable if there is no such name, or at a stop
[[nodiscard]] Result<std::vector<SocketAddress>> Resolve(
    const std::string& host, std::uint16_t port, const RedisTimeouts& timeouts,
    std::chrono::steady_clock::time_point deadline);

}  // namespace backup_monitor::redis
