#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "adapters/http/http_message.h"

namespace backup_monitor {

/// A request that cannot be served, before any handler sees it.
struct Refusal {
  int status = 400;
  std::string reason;
};

/// What stands above the body.
struct RequestHead {
  HttpRequest request;  ///< Without body.
  std::uint64_t body_bytes = 0;
  bool keep_alive = true;        ///< The peer wants the connection to go on.
  bool says_keep_alive = false;  ///< HTTP/1.0 peers wait for a `Connection: keep-alive` in return.
  bool expects_continue = false;
};

/// Reads a request head, from the request line to the empty line, strictly (RFC 9112): where two
/// readers could disagree on where a request ends, it is refused, not guessed.
///
/// Pistache 0.0.5's own parser is not used: it reads header names across line ends, takes a
/// negative Content-Length for 2^64 - n and reserves that much memory, one that is no number for
/// none, accepts two, and forgets what follows a request in the same segment (src/common/http.cc,
/// http_header.cc; all tried).
///
/// \return 400 malformed, or more than one Content-Length; 411 a Transfer-Encoding, since a length
///         is needed and Alertmanager always sends one; 417; 505.
[[nodiscard]] std::variant<RequestHead, Refusal> ParseRequestHead(std::string_view text);

}  // namespace backup_monitor
