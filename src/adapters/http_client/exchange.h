#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace backup_monitor::http_client {

/// For HTTP's basic authentication (RFC 7617).
struct Login {
  std::string user;
  Secret password;
};

struct HttpRequest {
  std::string url;                               ///< http:// only.
  std::string body{};                            ///< JSON: makes it a POST. Empty: a GET.
  Secret bearer{};                               ///< Empty: none.
  std::optional<Login> login{};                  ///< Instead of `bearer`.
  std::size_t most_bytes = 17U * 1024U * 1024U;  ///< Of the answer.
};

struct HttpReply {
  int status = 0;
  std::string body;  ///< At most `most_bytes`.
  std::optional<std::chrono::seconds> retry_after;
};

/// One request and its answer, on a connection of its own, without proxies and without following
/// redirects. Blocks until `deadline` at most; `stop` cuts it short within 1 s.
///
/// \return kTimeout; kUnavailable if there is no answer; kTooLarge
[[nodiscard]] Result<HttpReply> Exchange(const HttpRequest& request,
                                         std::chrono::steady_clock::time_point deadline,
                                         const std::stop_token& stop);

}  // namespace backup_monitor::http_client
