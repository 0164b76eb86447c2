#pragma once

#include <cstdint>
#include <optional>

#include "adapters/http/http_message.h"

namespace backup_monitor::app::api {

/// What a POST may carry: at most `most_bytes`, without compression, as `application/json`, so that no web
/// page can make a browser send it unasked.
///
/// \return the refusal: 413, or 415 with what would be accepted
[[nodiscard]] std::optional<http::HttpAnswer> RefuseBody(const http::HttpRequest& request,
                                                         std::uint64_t most_bytes);

}  // namespace backup_monitor::app::api
