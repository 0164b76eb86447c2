#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace backup_monitor {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

/// Where log lines go besides standard output, and which.
struct LogSettings {
  LogLevel level = LogLevel::kInfo;
  /// Empty: standard output only. Else it rotates at 5 MB and keeps three old files beside the current one.
  /// Readable by its owner alone: foreign names and error texts stand in it.
  std::filesystem::path file;
};

/// Applies `settings` to the whole process and opens the file anew, so that a file moved away by
/// someone else is created again. Until the first call lines go to standard output from kInfo on.
///
/// \return kUnavailable if the file cannot be opened; standard output is then still in use.
[[nodiscard]] Result<void> ConfigureLog(const LogSettings& settings);

/// Writes one line. Any thread. Control characters (C1 too), separators of lines, marks of direction and bytes
/// that are no UTF-8 are escaped: a foreign name cannot forge a line.
void LogDebug(std::string_view message);
void LogInfo(std::string_view message);
void LogWarning(std::string_view message);
void LogError(std::string_view message);

}  // namespace backup_monitor
