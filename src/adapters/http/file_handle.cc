#include "adapters/http/file_handle.h"

#include <unistd.h>

namespace backup_monitor {

void FileHandle::Close() noexcept {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

}  // namespace backup_monitor
