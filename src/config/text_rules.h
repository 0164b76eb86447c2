#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace backup_monitor::config {

/// What is wrong with a text, as the end of a message ("is empty"), or nothing.
using Complaint = std::optional<std::string>;

/// What a text must be. Pure: no rule looks at files or the network.
using TextRule = Complaint (*)(const std::string& text);

/// One line: no control characters and no other line separators. May be empty. The floor of every
/// other rule, since each text ends up in a header, a command line or the log.
[[nodiscard]] Complaint OneLine(const std::string& text);
[[nodiscard]] Complaint NonEmptyLine(const std::string& text);

/// A prefix of the subject: one line of at most 100 characters.
[[nodiscard]] Complaint SubjectPrefix(const std::string& text);

/// The path of a Unix socket: at most 107 bytes (`sun_path`, unix(7)). May be empty.
[[nodiscard]] Complaint SocketPath(const std::string& text);

}  // namespace backup_monitor::config
