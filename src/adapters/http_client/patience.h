#pragma once

#include <chrono>
#include <stop_token>

#include "adapters/http_client/exchange.h"

namespace backup_monitor::http_client {

/// Whoever asks is not let in: 401, 403.
[[nodiscard]] bool IsDenial(int status) noexcept;

struct Patience {
  std::chrono::milliseconds first_pause{500};  ///< Doubles, or as long as the server says.
  bool once = false;  ///< Not again when it is not known whether the request arrived.
};

/// 429, and what a server or a proxy before it says when it cannot answer now: 500, 502, 503, 504.
[[nodiscard]] bool IsTemporary(int status) noexcept;

/// Exchange(), and again while the answer is temporary or there is none, as long as there is time.
///
/// \return the last answer, which may be a temporary one; else as Exchange()
[[nodiscard]] Result<HttpReply> ExchangePatiently(const HttpRequest& request, Patience patience,
                                                  std::chrono::steady_clock::time_point deadline,
                                                  const std::stop_token& stop);

/// Waits that long. False if `stop` cut it short.
[[nodiscard]] bool Pause(std::chrono::milliseconds time, const std::stop_token& stop);

}  // namespace backup_monitor::http_client
