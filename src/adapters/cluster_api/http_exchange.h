#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace backup_monitor::cluster_api {

/// A request to NS8's API server.
struct ApiRequest {
  std::string url;    ///< http:// only.
  std::string body;   ///< JSON: makes it a POST. Empty: a GET.
  Secret bearer;      ///< Empty: none.
  bool once = false;  ///< It must not be sent again when it is not known whether it arrived.
};

struct ApiReply {
  int status = 0;
  std::string body;  ///< At most 17 MiB.
  std::optional<std::chrono::seconds> retry_after;
};

/// One request and its answer, on a connection of its own, without proxies and without following
/// redirects. Blocks until `deadline` at most; `stop` cuts it short within 1 s.
///
/// \return kTimeout; kUnavailable if there is no answer; kInvalidInput if it is too long
[[nodiscard]] Result<ApiReply> Exchange(const ApiRequest& request,
                                        std::chrono::steady_clock::time_point deadline,
                                        const std::stop_token& stop);

}  // namespace backup_monitor::cluster_api
