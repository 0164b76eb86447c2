#pragma once

#include "base/library_version.h"

namespace backup_monitor::sqlite {

/// What this adapter links.
[[nodiscard]] LibraryVersions SqliteLibraries();

}  // namespace backup_monitor::sqlite
