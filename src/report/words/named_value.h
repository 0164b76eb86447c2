#pragma once

#include <string>

namespace backup_monitor::report::words {

/// Name and value of something worth knowing: "Took" "1 h 12 min (run before: 1 h 5 min)".
struct NamedValue {
  std::string name;
  std::string value;
};

}  // namespace backup_monitor::report::words
