#pragma once

#include "base/library_version.h"

namespace backup_monitor::redis {

/// What this adapter links.
[[nodiscard]] LibraryVersions RedisLibraries();

}  // namespace backup_monitor::redis
