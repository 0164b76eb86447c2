#include "base/secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include "base/descriptor.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kMostBytes = 4096;

tl::unexpected<Error> SystemFault(const std::filesystem::path& file, int fault) {
  const ErrorCode code = fault == ENOENT || fault == ENOTDIR ? ErrorCode::kNotFound
                         : fault == EACCES || fault == EPERM ? ErrorCode::kDenied
                                                             : ErrorCode::kUnavailable;
  return Fail(code, "cannot read " + file.string() + ": " + std::generic_category().message(fault));
}

tl::unexpected<Error> Refuse(const std::filesystem::path& file, const char* why) {
  return Fail(ErrorCode::kInvalidInput, file.string() + " " + why);
}

}  // namespace

Result<Secret> ReadSecretText(const std::filesystem::path& file) {
  // A FIFO without a writer would hold us up; so would a terminal that becomes ours.
  const Descriptor open{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  if (!open.open()) return SystemFault(file, errno);
  struct stat status {};
  if (::fstat(open.get(), &status) != 0) return SystemFault(file, errno);
  if (S_ISDIR(status.st_mode)) return Refuse(file, "is a directory");
  if (!S_ISREG(status.st_mode)) return Refuse(file, "is not a regular file");
  std::array<char, kMostBytes + 1> bytes{};
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = ::read(open.get(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemFault(file, errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > kMostBytes) return Refuse(file, "is over 4 KiB");
  return Secret{std::string{bytes.data(), size}};
}

Result<Secret> ReadSecretFile(const std::filesystem::path& file) {
  auto read = ReadSecretText(file);
  if (!read) return read;
  std::string_view text = read->Reveal();
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  if (text.empty()) return Refuse(file, "is empty");
  if (text.find_first_of(std::string_view{"\n\r\0", 3}) != std::string_view::npos) {
    return Refuse(file, "holds more than one line of text");
  }
  return Secret{std::string{text}};
}

std::optional<std::string> WhoElseReads(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::nullopt;
  const char* const credentials = std::getenv("CREDENTIALS_DIRECTORY");
  if (credentials != nullptr && file.string().starts_with(std::string{credentials} + "/"))
    return std::nullopt;
  if ((status.st_mode & S_IROTH) != 0) return "can be read by every user";
  if ((status.st_mode & S_IRGRP) != 0) return "can be read by its group";
  return std::nullopt;
}

}  // namespace backup_monitor
