#include <array>

#include "app/api/route.h"

namespace backup_monitor::app::api {

Api::Route Api::RouteOf(std::string_view path) {
  constexpr auto kGet = Method::kGet;
  constexpr auto kPost = Method::kPost;
  constexpr auto kToken = Access::kToken;
  static constexpr bool kProbe = true;
  static const std::array kRoutes{
      Route{kPost, "/alert", Access::kAlert, "alert", &Api::Alert},
      Route{kPost, "/event", kToken, "event", &Api::Event},
      Route{kPost, "/event/backup-status-changed", kToken, "event", &Api::Event},
      Route{kPost, "/event/backup-schedule-changed", kToken, "event", &Api::LookNow},
      Route{kPost, "/event/backup-destination-changed", kToken, "event", &Api::LookNow},
      Route{kPost, "/event/module-added", kToken, "event", &Api::LookNow},
      Route{kPost, "/event/module-removed", kToken, "event", &Api::LookNow},
      Route{kPost, "/event/leader-changed", kToken, "event", &Api::LookNow},
      Route{kPost, "/event/smarthost-changed", kToken, "event", &Api::RelayChanged},
      Route{kPost, "/api/test-mail", kToken, "request", &Api::TestMail},
      Route{kPost, "/api/report", kToken, "request", &Api::Report},
      Route{kPost, "/api/send-again/", kToken, "request", &Api::SendAgain},
      Route{kGet, "/health", Access::kOpen, "", &Api::Health, kProbe},
      Route{kGet, "/ready", Access::kOpen, "", &Api::Ready, kProbe},
      Route{kGet, "/metrics", Access::kOpen, "", &Api::ShowMetrics},
      Route{kGet, "/api/status", kToken, "", &Api::Status},
      Route{kGet, "/api/overview", kToken, "", &Api::Overview},
      Route{kGet, "/api/results", kToken, "", &Api::Results},
      Route{kGet, "/api/runs", kToken, "", &Api::Runs},
      Route{kGet, "/api/runs/", kToken, "", &Api::Run},
      Route{kGet, "/api/messages/", kToken, "", &Api::Message},
      Route{kGet, "/api/requests/", kToken, "", &Api::Request},
  };
  const bool slash = path.size() > 1 && path.ends_with('/');
  const std::string_view bare = slash ? path.substr(0, path.size() - 1) : path;
  for (const Route& route : kRoutes) {
    if (bare == route.path) return route;
  }
  for (Route route : kRoutes) {
    if (!route.path.ends_with('/') || !path.starts_with(route.path)) continue;
    route.id = path.substr(route.path.size());
    return route;
  }
  // Who may not look must not learn which paths exist either.
  const bool secret = path.starts_with("/api/") || path.starts_with("/event/");
  return {kGet, {}, secret ? kToken : Access::kOpen, {}, {}};
}

}  // namespace backup_monitor::app::api
