#include "adapters/sqlite/library_versions.h"

#include <sqlite3.h>

namespace backup_monitor::sqlite {

LibraryVersions SqliteLibraries() { return {{"SQLite", sqlite3_libversion()}}; }

}  // namespace backup_monitor::sqlite
