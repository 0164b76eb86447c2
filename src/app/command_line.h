#pragma once

namespace backup_monitor::app {

/// Exit codes beyond 0 and 1 (sysexits.h).
inline constexpr int kExitUsage = 64;
inline constexpr int kExitData = 65;
inline constexpr int kExitUnavailable = 69;
inline constexpr int kExitConfig = 78;

/// Runs the command that the arguments name.
///
/// \return the process's exit code: 0 done, 1 the command failed, 64 wrong usage, 65 the store given
///         cannot be read (adopt-store), 69 a service that it
///         needs is away, 78 the configuration is bad.
[[nodiscard]] int RunCommandLine(int argc, char** argv);

}  // namespace backup_monitor::app
