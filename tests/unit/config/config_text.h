#pragma once

#include <string>

#include "config/config.h"

namespace backup_monitor::testing {

/// The least that a configuration must say, on lines 1 to 3; `more` begins on line 4.
inline std::string Minimal(const std::string& more = "") {
  return "mail:\n  from: monitor@example.org\n  to: admin@example.org\n" + more;
}

/// What ParseConfig finds wrong with `text`, without the warnings; empty if nothing.
inline std::string FaultsOf(const std::string& text) {
  const auto config = config::ParseConfig(text, "config.yml");
  if (config) return {};
  const std::string& all = config.error().message;
  return all.substr(0, all.find("\nwarning: "));
}

}  // namespace backup_monitor::testing
