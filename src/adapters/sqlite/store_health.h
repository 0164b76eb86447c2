#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/mutex.h"
#include "base/result.h"

namespace backup_monitor::sqlite {

/// Whether what is written into the open store will be found again. Any thread.
class StoreHealth {
 public:
  /// Of a file that is open, and has its log, so that the names stand for what is open.
  explicit StoreHealth(std::filesystem::path path);

  /// A file that is removed, moved or replaced while it is open takes everything that is still written
  /// with it. \return kUnavailable if the name or that of its log is now another file, or none.
  [[nodiscard]] Result<void> InPlace() const;

  /// Called with the result of each transaction that was to be stored: the last one counts.
  void Stored(const Result<void>& result);

  /// InPlace(), then the last Stored() that failed, then a disk without room.
  [[nodiscard]] Result<void> Check() const;

  /// Of the disk, to this user. None if it cannot be read.
  [[nodiscard]] std::optional<std::uint64_t> FreeBytes() const;
  /// Of the file and its log.
  [[nodiscard]] std::uint64_t Bytes() const;

  /// With less a store does not count as usable.
  static constexpr std::uint64_t kLeastFree = 1U << 20U;

 private:
  struct Identity {
    std::string name;
    dev_t device = 0;
    ino_t number = 0;
  };
  [[nodiscard]] static std::optional<Identity> IdentityOf(const std::string& name);

  std::filesystem::path path_;
  std::array<std::optional<Identity>, 2> files_;  ///< The file and its log.
  mutable Mutex mutex_;
  std::string failure_ GUARDED_BY(mutex_);  ///< Of the last transaction; empty if it was stored.
};

}  // namespace backup_monitor::sqlite
