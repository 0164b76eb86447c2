#include "base/program.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace backup_monitor {
namespace {

bool IsExecutable(const std::filesystem::path& file) {
  std::error_code unknown;
  return std::filesystem::is_regular_file(file, unknown) && ::access(file.c_str(), X_OK) == 0;
}

}  // namespace

bool IsProgram(const std::string& program) {
  if (program.empty()) return false;
  if (program.find('/') != std::string::npos) return IsExecutable(program);
  const char* const set = std::getenv("PATH");
  std::string_view folders =
      set != nullptr ? set : "/bin:/usr/bin";  // glibc 2.36, confstr(_CS_PATH)
  while (true) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    const std::string_view folder = folders.substr(0, end);
    // An empty folder is the current one.
    if (IsExecutable(std::filesystem::path{folder.empty() ? std::string_view{"."} : folder} /
                     program))
      return true;
    if (end == folders.size()) return false;
    folders.remove_prefix(end + 1);
  }
}

}  // namespace backup_monitor
