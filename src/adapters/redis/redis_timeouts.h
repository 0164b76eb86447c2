#pragma once

#include <chrono>
#include <stop_token>
#include <string>

namespace backup_monitor::redis {

/// How long to wait for what. Every wait ends within 0.1 s once `stop` is requested: kUnavailable.
struct RedisTimeouts {
  std::chrono::milliseconds resolve{5'000};   ///< For the addresses of a name.
  std::chrono::milliseconds connect{1'500};   ///< For each address.
  std::chrono::milliseconds silence{10'000};  ///< Between two pieces of an answer.
  std::stop_token stop = {};
  std::string name_servers =
      {};  ///< "address:port", several with commas. Empty: those of resolv.conf(5).
};

/// No look waits longer in one go before it asks whether to stop.
inline constexpr std::chrono::milliseconds kStopCheck{100};

}  // namespace backup_monitor::redis
