#pragma once

#include <string>

#include "base/clock.h"

namespace backup_monitor {

/// That an application needs no backup for a while, though NS8 says that it does.
struct Exemption {
  Time until;          ///< It ends then.
  std::string reason;  ///< One line. Not empty.

  friend bool operator==(const Exemption&, const Exemption&) = default;
};

}  // namespace backup_monitor
