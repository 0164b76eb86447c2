#pragma once

#include <string>

namespace backup_monitor {

/// True if posix_spawnp(3) would find `program`: with a slash in it an executable file, else one in a folder
/// of $PATH.
[[nodiscard]] bool IsProgram(const std::string& program);

}  // namespace backup_monitor
