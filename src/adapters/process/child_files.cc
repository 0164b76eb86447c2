#include "adapters/process/child_files.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace backup_monitor::process {
namespace {

auto SystemFault(const char* what) {
  return Fail(ErrorCode::kUnavailable,
              std::string{what} + ": " + std::generic_category().message(errno));
}

}  // namespace

Result<Descriptor> HoldInMemory(std::string_view bytes) {
  Descriptor file{::memfd_create("input", MFD_CLOEXEC)};
  if (!file.open()) return SystemFault("hold the input in memory");
  while (!bytes.empty()) {
    const auto written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return SystemFault("hold the input in memory");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::lseek(file.get(), 0, SEEK_SET) != 0) return SystemFault("hold the input in memory");
  return file;
}

Result<Pipe> OpenPipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return SystemFault("open a pipe");
  Pipe pipe{Descriptor{ends[0]}, Descriptor{ends[1]}};
  if (::fcntl(pipe.read.get(), F_SETFL, O_NONBLOCK) != 0) return SystemFault("open a pipe");
  return pipe;
}

bool ReadAvailable(Descriptor& from, std::string& text, std::size_t limit, Keep keep) {
  std::array<char, 16'384> bytes{};
  bool cut = false;
  // Bounded: a child that never stops writing must not keep us here.
  for (int i = 0; i < 64 && from.open(); ++i) {
    const auto got = ::read(from.get(), bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) break;
    if (got <= 0) {
      from.Close();
      break;
    }
    const auto length = static_cast<std::size_t>(got);
    const auto kept =
        keep == Keep::kEnd ? length : std::min(length, limit - std::min(limit, text.size()));
    text.append(bytes.data(), kept);
    cut = cut || kept < length || text.size() > limit;
    if (text.size() > limit) text.erase(0, text.size() - limit);
  }
  return cut;
}

}  // namespace backup_monitor::process
