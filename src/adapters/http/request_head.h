#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "adapters/http/http_message.h"
#include "adapters/http/refusal.h"

namespace backup_monitor::http {

/// Everything of a request before its body.
struct RequestHead {
  HttpRequest request;           ///< Without body.
  std::uint64_t body_bytes = 0;  ///< By Content-Length; 0 without one.
  bool chunked = false;          ///< The body comes in chunks (RFC 9112 section 7.1).
  bool keep_alive = true;        ///< The peer wants the connection to go on.
  bool says_keep_alive = false;  ///< HTTP/1.0 peers wait for a `Connection: keep-alive` in return.
  bool expects_continue = false;
};

/// Reads a request head, from the request line to the empty line, strictly (RFC 9112): where two
/// readers could disagree on where a request ends, whom it is addressed to, who sends it or what its
/// body is, it is refused, not guessed.
///
/// Pistache 0.0.5's own parser is not used: it reads header names across line ends, takes a
/// negative Content-Length for 2^64 - n and reserves that much memory, one that is no number for
/// none, accepts two, and forgets what follows a request in the same segment (src/common/http.cc,
/// http_header.cc; all tried).
///
/// \return 400: malformed; HTTP/1.1 without Host (RFC 9112 section 3.2); a second Host, Content-Length,
///         Transfer-Encoding, Content-Type, Authorization, Origin or Sec-Fetch-Site; Content-Length
///         beside Transfer-Encoding (section 6.3); Transfer-Encoding in HTTP/1.0 (section 6.1).
///         417; 431; 501: another transfer coding than chunked; 505.
[[nodiscard]] std::variant<RequestHead, Refusal> ParseRequestHead(std::string_view text);

}  // namespace backup_monitor::http
