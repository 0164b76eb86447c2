#pragma once

#include <string>

#include "adapters/http/http_message.h"

namespace backup_monitor::http {

/// How an answer is framed.
struct AnswerFraming {
  bool close = false;       ///< `Connection: close`
  bool keep_alive = false;  ///< `Connection: keep-alive`, for HTTP/1.0 peers.
  bool head_only = false;   ///< HEAD: the length of the body, not the body.
};

/// The whole answer as it goes over the wire, HTTP/1.1.
[[nodiscard]] std::string AnswerBytes(const HttpAnswer& answer, AnswerFraming framing);

}  // namespace backup_monitor::http
