#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace backup_monitor {

/// One request as a handler sees it: complete, within the limits, framed without doubt.
struct HttpRequest {
  std::string method;  ///< "GET"; as sent, any token.
  std::string path;    ///< "/api/runs/7"; not percent-decoded, begins with '/' ("*" for OPTIONS *).
  std::string query;   ///< What follows '?', not decoded.
  std::string authorization;  ///< Header values; empty where the header is missing.
  std::string content_type;
  std::string user_agent;
  std::string body;
};

/// One answer. Sent in one piece, never a redirect: Alertmanager follows 301 and 302 as a GET
/// without body and takes its 200 for a delivery (measured with 0.25.0).
struct HttpAnswer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  ///< Further ones, our own text only.
};

/// Gives the answer: once, from any thread, at any later time. It never blocks and never throws;
/// where the peer has gone, or the server has stopped, it does nothing. If every copy is destroyed
/// uncalled, the peer gets a 500.
using Respond = std::function<void(HttpAnswer)>;

/// Called on a server thread, and must not block it.
using HttpHandler = std::function<void(HttpRequest, Respond)>;

/// `{"error": reason}`. Bytes of `reason` that are not printable ASCII become '?'.
[[nodiscard]] HttpAnswer ErrorAnswer(int status, std::string_view reason);

}  // namespace backup_monitor
