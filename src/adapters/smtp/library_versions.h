#pragma once

#include "base/library_version.h"

namespace backup_monitor::smtp {

/// What this adapter links.
[[nodiscard]] LibraryVersions SmtpLibraries();

}  // namespace backup_monitor::smtp
