#pragma once

#include <cstdint>
#include <filesystem>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/write_turn.h"
#include "base/result.h"

namespace backup_monitor::sqlite {

/// Files over this are not rewritten at a start, which must not take long.
inline constexpr std::uint64_t kRewriteBytes = 256U << 20U;

/// Makes a store of an earlier version give room back (auto_vacuum=INCREMENTAL), which takes rewriting it
/// once: about 0.1 s for 10 MB. Its only connection. Does nothing to a file that is too large, or whose disk
/// has not three times its size free; says so in the log, as after a failure: the file is then used as it
/// is and the next start tries again.
void MakeShrinkable(Database& database, const std::filesystem::path& path);

/// Pages that stay free in the file: the next rows go there.
inline constexpr std::int64_t kKeptFreePages = 512;
/// One step, and for how much others wait: a megabyte.
inline constexpr std::int64_t kPagesPerStep = 256;

/// One step of what RunStore::GiveBackRoom() says.
[[nodiscard]] Result<bool> GiveBackFreePages(Database& database, WriteTurn& turn);

}  // namespace backup_monitor::sqlite
