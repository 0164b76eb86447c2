#pragma once

#include <string>

#include "base/result.h"

namespace backup_monitor {

/// Has an interface of this machine, or of this network namespace, that address?
///
/// \param address  IPv4 or IPv6 in text; anything else is nobody's
/// \return kUnavailable if the interfaces cannot be listed
[[nodiscard]] Result<bool> IsOwnAddress(const std::string& address);

}  // namespace backup_monitor
