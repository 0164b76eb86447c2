#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "adapters/redis/redis_timeouts.h"
#include "base/result.h"

namespace backup_monitor {

/// Where to connect to: an IPv4 or IPv6 address with its port.
struct PeerAddress {
  sockaddr_storage bytes{};
  socklen_t size = 0;
};

/// The addresses of `host`, IPv4 before IPv6: an address in text is itself, `localhost` is this machine's, every
/// other name is looked up in /etc/hosts and DNS (c-ares). getaddrinfo(3) would hang for as long as a name
/// server is silent, and nothing could stop it. Where one family has answered, the other is waited for half a
/// second more.
///
/// \return kTimeout if nobody answers in time; kUnavailable if there is no such name, or at a stop
[[nodiscard]] Result<std::vector<PeerAddress>> Resolve(
    const std::string& host, std::uint16_t port, const RedisTimeouts& timeouts,
    std::chrono::steady_clock::time_point deadline);

}  // namespace backup_monitor
