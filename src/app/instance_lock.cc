#include "app/instance_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace backup_monitor::app {
namespace {

/// The whole file.
struct flock Exclusive() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

/// " (process 1234)"; nothing where it cannot be said, as of a process in another container.
std::string Holder(int file) {
  struct flock lock = Exclusive();
  if (fcntl(file, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK || lock.l_pid <= 0) return {};
  return " (process " + std::to_string(lock.l_pid) + ")";
}

}  // namespace

Result<InstanceLock> InstanceLock::Acquire(const std::filesystem::path& store) {
  // A file of its own: a process loses such locks on a file when it closes any descriptor of it, and SQLite
  // opens and closes the store.
  const std::string path = store.string() + ".lock";
  Descriptor file{open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  if (!file.open()) {
    return Fail(ErrorCode::kUnavailable,
                "open " + path + ": " + std::generic_category().message(errno) +
                    "; the folder of store.path must exist and be writable");
  }
  const struct flock lock = Exclusive();
  if (fcntl(file.get(), F_SETLK, &lock) == 0) return InstanceLock{std::move(file)};
  if (errno != EACCES && errno != EAGAIN) {
    return Fail(ErrorCode::kUnavailable,
                "lock " + path + ": " + std::generic_category().message(errno));
  }
  return Fail(ErrorCode::kUnavailable, "another backup-monitor" + Holder(file.get()) + " uses " +
                                           store.string() +
                                           "; stop it, or give this one its own store.path");
}

}  // namespace backup_monitor::app
