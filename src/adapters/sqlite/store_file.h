#pragma once

#include <filesystem>

#include "adapters/sqlite/database.h"
#include "base/result.h"

namespace backup_monitor::sqlite {

/// Opens the store's file for its first connection, a new one with mode 0600, and looks whether it
/// can be used: a store of ours, not newer than us, not damaged. A file over kQuickCheckBytes is only
/// checked in its small tables, so that opening takes a bounded time.
///
/// \return kCorrupt if a person must look at the file, which is then left exactly as it was;
///         kUnavailable if it cannot be created, read or written. The message says what to do.
[[nodiscard]] Result<Database> OpenStoreFile(const std::filesystem::path& path);

/// Settings that every connection of the store wants.
[[nodiscard]] Result<void> Configure(Database& database);

/// `quick_check` reads the whole file: 23 MB took 60 ms, all of it processor time.
inline constexpr std::uintmax_t kQuickCheckBytes = 16U << 20U;

}  // namespace backup_monitor::sqlite
