#pragma once

#include <filesystem>

#include "base/result.h"

namespace backup_monitor {

/// One daemon per store: two would each mail everything. Held until the process ends, however it ends.
class InstanceLock {
 public:
  /// \return kUnavailable if another process holds the lock of this store, or its file cannot be made.
  [[nodiscard]] static Result<InstanceLock> Take(const std::filesystem::path& store);

  InstanceLock(InstanceLock&& other) noexcept;
  InstanceLock& operator=(InstanceLock&&) = delete;
  ~InstanceLock();

 private:
  explicit InstanceLock(int file) noexcept : file_{file} {}

  int file_;
};

}  // namespace backup_monitor
