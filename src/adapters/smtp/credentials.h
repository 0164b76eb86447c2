#pragma once

#include <string>

#include "model/smarthost.h"

namespace backup_monitor::smtp {

/// `text` with the relay's password replaced by "***", as it is and as AUTH PLAIN and AUTH LOGIN carry
/// it (RFC 4616, Base64).
[[nodiscard]] std::string WithoutPassword(std::string text, const Smarthost& relay);

}  // namespace backup_monitor::smtp
