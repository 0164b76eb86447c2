#pragma once

#include <string>

namespace backup_monitor::http {

/// A request that cannot be served, before any handler sees it.
struct Refusal {
  int status = 400;
  std::string reason;
};

}  // namespace backup_monitor::http
