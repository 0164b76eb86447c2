#pragma once

#include "base/result.h"
#include "model/smarthost.h"

namespace backup_monitor::notify {

/// Where the relay's settings come from at each delivery, so that a change needs no restart.
class SmarthostSource {
 public:
  virtual ~SmarthostSource() = default;

  /// Blocks for at most 15 s. An absent setting is a disabled smarthost, not an error.
  [[nodiscard]] virtual Result<Smarthost> Read() = 0;
};

}  // namespace backup_monitor::notify
