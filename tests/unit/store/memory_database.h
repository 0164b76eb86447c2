#pragma once

#include <sqlite3.h>

#include "adapters/sqlite/database.h"

namespace backup_monitor::testing {

/// An empty database that lives in memory.
inline sqlite::Database InMemory() {
  return sqlite::Database::Open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE).value();
}

}  // namespace backup_monitor::testing
