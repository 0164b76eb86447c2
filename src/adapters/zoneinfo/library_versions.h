#pragma once

#include "base/library_version.h"

namespace backup_monitor::zoneinfo {

/// What this adapter links.
[[nodiscard]] LibraryVersions ZoneLibraries();

}  // namespace backup_monitor::zoneinfo
