#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/secret.h"

namespace backup_monitor::app::api {

/// What of the configuration the endpoints need.
struct ApiSettings {
  Secret token;                  ///< Content of `receiver.token_file`; empty: none.
  bool alert_token = true;       ///< `receiver.alert_token`
  bool beyond_loopback = false;  ///< `receiver.host` is no loopback address.
  /// What callers may call this receiver, besides what RefuseForeign() knows; in the form of HttpHost::name.
  std::vector<std::string> host_names;
  std::uint64_t max_body_bytes = 1'048'576;  ///< `receiver.max_body_bytes`
  std::vector<std::string> alert_names;      ///< `correlator.alert_names`
};

}  // namespace backup_monitor::app::api
