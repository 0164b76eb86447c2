#include "app/instance_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace backup_monitor {

Result<InstanceLock> InstanceLock::Take(const std::filesystem::path& store) {
  // A file of its own: SQLite's locks on the store would go when any descriptor of it closes.
  const std::string path = store.string() + ".lock";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return Fail(ErrorCode::kUnavailable,
                "open " + path + ": " + std::generic_category().message(errno) +
                    "; the folder of store.path must exist and be writable");
  }
  InstanceLock lock{file};
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    return Fail(ErrorCode::kUnavailable,
                "another backup-monitor uses " + store.string() + "; stop it, or give this one its own store.path");
  }
  return lock;
}

InstanceLock::InstanceLock(InstanceLock&& other) noexcept : file_{std::exchange(other.file_, -1)} {}

InstanceLock::~InstanceLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace backup_monitor
