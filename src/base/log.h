#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace backup_monitor {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

/// Where log lines go besides standard output, and which.
struct LogSettings {
  LogLevel level = LogLevel::kInfo;
  std::filesystem::path file;  ///< Rotating, 5 MB x 3. Empty: standard output only.
};

/// Applies `settings` to the whole process and opens the file anew, so that a file moved away by
/// someone else is created again. Until the first call lines go to standard output from kInfo on.
///
/// \return kUnavailable if the file cannot be opened; standard output is then still in use.
[[nodiscard]] Result<void> ConfigureLog(const LogSettings& settings);

/// Writes one line. Any thread. Control characters and bytes that are no UTF-8 are escaped: a
/// foreign name cannot forge a line.
void LogDebug(std::string_view message);
void LogInfo(std::string_view message);
void LogWarning(std::string_view message);
void LogError(std::string_view message);

}  // namespace backup_monitor
