#pragma once

#include <string_view>
#include <variant>

#include "app/api/api.h"

namespace backup_monitor::app::api {

enum class Method { kGet, kPost };

struct Api::Asked {
  const http::HttpRequest& request;
  const ApiSettings& settings;
};

/// One row of the table: everything that is said of an endpoint.
struct Api::Route {
  using Trigger = void (Api::*)(const Asked& asked, const http::Respond& respond);
  using AtOnce = http::HttpAnswer (Api::*)() const;
  using Stored = http::HttpAnswer (Api::*)(std::string_view id, std::string_view query) const;

  Method method;
  std::string_view path;  ///< With '/' at its end it is followed by an id.
  Access access;
  std::string_view
      counter;  ///< `kind` in backup_monitor_triggers_total; empty where nothing counts.
  std::variant<std::monostate, Trigger, AtOnce, Stored> handler;
  bool is_probe = false;     ///< Answered without a Host, too.
  std::string_view id = {};  ///< What follows `path`.

  [[nodiscard]] bool found() const noexcept { return handler.index() != 0; }
};

}  // namespace backup_monitor::app::api
