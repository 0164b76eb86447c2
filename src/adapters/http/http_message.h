#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/http/http_host.h"

namespace backup_monitor::http {

/// One request as a handler sees it: complete, within the limits, framed without doubt.
struct HttpRequest {
  std::string method;  ///< "GET"; as sent, any token.
  std::string path;    ///< "/api/runs/7"; not percent-decoded, begins with '/' ("*" for OPTIONS *).
  std::string query;   ///< What follows '?', not decoded.
  HttpHost host;       ///< Whom it is addressed to. Without name only in HTTP/1.0.
  std::string
      local_address;  ///< The end of the connection that is ours, in the form of HttpHost::name.
  std::string authorization;  ///< Header values; empty where the header is missing.
  std::string content_type;
  std::string content_encoding;  ///< All of them, "gzip, br"; empty where the body is as it is.
  std::string origin;  ///< Which page sent it, as browsers say: "http://localhost:3000", "null".
  std::string
      sec_fetch_site;  ///< How that page is related to us: "cross-site", "none" (W3C Fetch Metadata).
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

/// A 503 that says when to come again (RFC 9110 section 10.2.3): in two seconds.
[[nodiscard]] HttpAnswer BusyAnswer(std::string_view reason);

}  // namespace backup_monitor::http
