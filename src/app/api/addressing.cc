#include "app/api/addressing.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/host_name.h"

namespace backup_monitor::app::api {
namespace {

/// Debian's and RHEL's /etc/hosts; the last two are written into a container's /etc/hosts or answered
/// by its resolver (podman-run(1), --add-host; Docker's documentation, "Networking"). `internal` is
/// reserved: no public name ends so (ICANN resolution 2024.07.29.06).
constexpr std::array<std::string_view, 8> kUsualNames{"localhost",
                                                      "localhost.localdomain",
                                                      "localhost4",
                                                      "localhost6",
                                                      "ip6-localhost",
                                                      "ip6-loopback",
                                                      "host.containers.internal",
                                                      "host.docker.internal"};

bool IsOurs(const http::HttpRequest& request, const std::vector<std::string>& host_names) {
  const std::string& host = request.host.name;
  return host == request.local_address || IsLoopback(host) ||
         std::find(kUsualNames.begin(), kUsualNames.end(), host) != kUsualNames.end() ||
         std::find(host_names.begin(), host_names.end(), host) != host_names.end();
}

/// \param origin  "https://name:port", as a browser writes it (RFC 6454 section 6.2).
bool IsSameOrigin(std::string_view origin, const http::HttpHost& asked) {
  std::uint16_t usual_port = 0;
  for (const auto& [scheme, port] : {std::pair{"http://", 80}, std::pair{"https://", 443}}) {
    const std::string_view begin{scheme};
    if (origin.substr(0, begin.size()) != begin) continue;
    origin.remove_prefix(begin.size());
    usual_port = static_cast<std::uint16_t>(port);
    break;
  }
  if (usual_port == 0) return false;
  const auto page = http::ParseHost(origin);
  return page && page->name == asked.name &&
         page->port.value_or(usual_port) == asked.port.value_or(usual_port);
}

bool IsOwnPage(std::string_view sec_fetch_site) {
  return sec_fetch_site.empty() || sec_fetch_site == "same-origin" || sec_fetch_site == "none";
}

}  // namespace

std::optional<http::HttpAnswer> RefuseForeign(const http::HttpRequest& request,
                                              const std::vector<std::string>& host_names) {
  if (request.host.name.empty()) return http::ErrorAnswer(400, "a Host header is needed");
  if (!IsOurs(request, host_names)) {
    return http::ErrorAnswer(
        421, "'" + request.host.name +
                 "' is not a name of this receiver: use its address, or add the name to "
                 "receiver.host_names");
  }
  const bool own = (request.origin.empty() || IsSameOrigin(request.origin, request.host)) &&
                   IsOwnPage(request.sec_fetch_site);
  if (!own) return http::ErrorAnswer(403, "web pages of another origin are not served");
  return std::nullopt;
}

}  // namespace backup_monitor::app::api
