#pragma once

#include "base/library_version.h"

namespace backup_monitor::http {

/// What this adapter links.
[[nodiscard]] LibraryVersions HttpLibraries();

}  // namespace backup_monitor::http
