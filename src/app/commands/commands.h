#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace backup_monitor::app::commands {

/// The commands of the command line. Each prints for people and returns the process's exit code
/// (app/command_line.h).

/// The daemon: until SIGTERM or SIGINT.
[[nodiscard]] int Serve(const std::filesystem::path& file);

/// Reads the configuration and its secret files, prints every fault and after them every warning to standard
/// error, and says that it is good if there is no fault.
[[nodiscard]] int CheckConfig(const std::filesystem::path& config);

/// How things stand now, on standard output: what a mail would say. Reads Redis, and the store
/// where there is one; changes nothing.
///
/// \param format text, html, json or eml
/// \param plan   empty: every plan
[[nodiscard]] int PrintReport(const std::filesystem::path& file, const std::string& format,
                              const std::string& plan);

/// Sends the test mail to every recipient, now and without the outbox, and says how it went. Sends
/// nothing where mail is held (`mail.hold`).
[[nodiscard]] int SendTest(const std::filesystem::path& file);

/// 0 if the daemon that this configuration describes answers GET /health within 5 s.
[[nodiscard]] int HealthCheck(const std::filesystem::path& config);

/// Takes over a store that was copied from another instance, before the first start on it: that one
/// reports what it had begun, this one keeps the history. Refuses one that a daemon uses.
[[nodiscard]] int AdoptCopiedStore(const std::filesystem::path& file);

}  // namespace backup_monitor::app::commands
