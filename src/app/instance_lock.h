#pragma once

#include <filesystem>
#include <utility>

#include "base/descriptor.h"
#include "base/result.h"

namespace backup_monitor::app {

/// One daemon per store: two would each mail everything. Held until the process ends, however it ends. It is
/// a lock of the process (fcntl(2), "Advisory record locking") and not of the open file, as with flock(2): a
/// command that was being started when the daemon was killed has its descriptors for a moment longer, but
/// never its lock. So a process must not take the lock of one store twice.
class InstanceLock {
 public:
  /// \return kUnavailable if another process holds the lock of this store, or its file cannot be made.
  [[nodiscard]] static Result<InstanceLock> Acquire(const std::filesystem::path& store);

 private:
  explicit InstanceLock(Descriptor file) noexcept : file_{std::move(file)} {}

  Descriptor file_;
};

}  // namespace backup_monitor::app
