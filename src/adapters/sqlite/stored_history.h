#pragma once

#include <filesystem>
#include <memory>

#include "base/clock.h"
#include "base/result.h"
#include "model/run_memory.h"
#include "store/run_archive.h"

namespace backup_monitor::sqlite {

/// A store that belongs to another process, for reading: it is neither created nor brought to a newer schema,
/// and no transaction of ours writes.
class StoredHistory {
 public:
  virtual ~StoredHistory() = default;

  /// As RunStore::Load().
  [[nodiscard]] virtual Result<RunMemory> Load(Time now) = 0;
  [[nodiscard]] virtual store::RunArchive& archive() noexcept = 0;
};

/// \return kUnavailable if there is no file, it cannot be read, or it is no store of this program's schema;
///         kCorrupt if it is damaged. The message names the file.
[[nodiscard]] Result<std::unique_ptr<StoredHistory>> OpenStoredHistory(
    const std::filesystem::path& path);

}  // namespace backup_monitor::sqlite
