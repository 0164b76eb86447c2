#pragma once

#include <string_view>

#include "app/api/api_settings.h"

namespace backup_monitor::app::api {

/// Who may use an endpoint.
enum class Access {
  kOpen,   ///< Everybody: health, readiness, metrics.
  kAlert,  ///< The token, unless `receiver.alert_token` is false and only loopback is listened on.
  kToken,  ///< The token, where one is configured.
};

/// Decides on one request. Beyond loopback nothing but kOpen goes without a token, even if none is
/// configured. Takes the same time for every wrong token of the right length.
///
/// \param header the value of `Authorization`, "Bearer <token>" (RFC 6750 section 2.1).
[[nodiscard]] bool IsAllowed(Access access, std::string_view header, const ApiSettings& settings);

}  // namespace backup_monitor::app::api
