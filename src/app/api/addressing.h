#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/http/http_message.h"

namespace backup_monitor::app::api {

/// Is this request meant for us, and did no foreign web page send it? A browser on a machine that
/// reaches us runs pages of strangers: one whose name is made to resolve to our address (DNS rebinding)
/// is of one origin with us as the browser sees it, and only `Host` differs; any other one is recognised
/// by `Origin` or `Sec-Fetch-Site`.
///
/// Ours are: loopback addresses and their usual names; the address on which the request came in; the
/// names by which Podman and Docker let a container reach its host; `host_names`. A page cannot have an
/// address of ours as its host unless we served it. The port does not matter, since a proxy has another.
///
/// \param host_names  further names and addresses, in the form of HttpHost::name.
/// \return the refusal: 421 where the host is not ours (RFC 9110 section 15.5.20), 400 where none is
///         given (HTTP/1.0), 403 where `Origin` is another than the host asked (scheme and port count,
///         "null" is foreign), or `Sec-Fetch-Site` is neither "same-origin" nor "none".
[[nodiscard]] std::optional<http::HttpAnswer> RefuseForeign(
    const http::HttpRequest& request, const std::vector<std::string>& host_names);

}  // namespace backup_monitor::app::api
