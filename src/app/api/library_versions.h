#pragma once

#include "base/library_version.h"

namespace backup_monitor {

/// What reads and writes JSON, here and in the stages.
[[nodiscard]] LibraryVersions JsonLibraries();

}  // namespace backup_monitor
