#include "adapters/sqlite/store_health.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include <utility>

namespace backup_monitor::sqlite {

StoreHealth::StoreHealth(std::filesystem::path path)
    : path_{std::move(path)},
      files_{IdentityOf(path_.string()), IdentityOf(path_.string() + "-wal")} {}

std::optional<StoreHealth::Identity> StoreHealth::IdentityOf(const std::string& name) {
  struct stat status {};
  if (::stat(name.c_str(), &status) != 0) return std::nullopt;
  return Identity{name, status.st_dev, status.st_ino};
}

Result<void> StoreHealth::InPlace() const {
  for (const auto& opened : files_) {
    if (!opened) continue;
    const auto now = IdentityOf(opened->name);
    if (now && now->device == opened->device && now->number == opened->number) continue;
    return Fail(ErrorCode::kUnavailable,
                opened->name + (now ? " was replaced" : " was removed or moved") +
                    " while the daemon uses it; nothing can be stored. Stop the daemon, put the "
                    "file and those "
                    "that belong to it (-wal, -shm, -journal) back, and start the daemon");
  }
  return {};
}

void StoreHealth::Stored(const Result<void>& result) {
  const MutexLock lock{mutex_};
  if (result) failure_.clear();
  else failure_ = result.error().message;
}

Result<void> StoreHealth::Check() const {
  if (auto in_place = InPlace(); !in_place) return in_place;
  {
    const MutexLock lock{mutex_};
    if (!failure_.empty()) return Fail(ErrorCode::kUnavailable, failure_);
  }
  const auto free = FreeBytes();
  if (free && *free < kLeastFree) {
    return Fail(ErrorCode::kUnavailable, "the disk of " + path_.string() + " is full");
  }
  return {};
}

std::optional<std::uint64_t> StoreHealth::FreeBytes() const {
  struct statvfs disk {};
  const auto folder = path_.has_parent_path() ? path_.parent_path() : std::filesystem::path{"."};
  if (::statvfs(folder.c_str(), &disk) != 0) return std::nullopt;
  return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

std::uint64_t StoreHealth::Bytes() const {
  std::uint64_t bytes = 0;
  for (const char* suffix : {"", "-wal"}) {
    struct stat status {};
    if (::stat((path_.string() + suffix).c_str(), &status) == 0)
      bytes += static_cast<std::uint64_t>(status.st_size);
  }
  return bytes;
}

}  // namespace backup_monitor::sqlite
