#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "adapters/redis/redis_timeouts.h"
#include "base/descriptor.h"
#include "base/result.h"

namespace backup_monitor::redis {

/// A connected, non-blocking stream socket to the server at a Unix path.
///
/// \return kTimeout or kUnavailable
[[nodiscard]] Result<Descriptor> ConnectToPath(const std::filesystem::path& path,
                                               const RedisTimeouts& timeouts,
                                               std::chrono::steady_clock::time_point deadline);

/// The same over TCP, to the first address of `host` that takes the connection.
[[nodiscard]] Result<Descriptor> ConnectToHost(const std::string& host, std::uint16_t port,
                                               const RedisTimeouts& timeouts,
                                               std::chrono::steady_clock::time_point deadline);

}  // namespace backup_monitor::redis
