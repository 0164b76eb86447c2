#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backup_monitor::probe {

/// One line that a command has written to its standard error.
struct ResticLine {
  std::string
      text;  ///< restic's own message, which may have several lines, where it was given as JSON.
  bool exit_error =
      false;  ///< `{"message_type":"exit_error",…}`: why the command ended (restic 0.17 and later).
  int code = 0;  ///< With exit_error: restic's exit status.
};

/// The lines that say something; blank ones are left out.
///
/// Sources: restic v0.18.1 cmd/restic/main.go printExitError(); before 0.17, and without --json, it
/// is the message itself.
[[nodiscard]] std::vector<ResticLine> LinesOf(std::string_view errors);

/// A fault that restic tries to get over, or has got over: "… returned error, retrying after 1.2s:
/// …" and "… operation successful after 3 retries" (restic v0.14.0 and v0.18.1
/// cmd/restic/global.go). Never why a command ended.
[[nodiscard]] bool IsOfRetry(std::string_view line);

/// What a client that restic runs says: "subprocess ssh: …", "rclone: …" (restic v0.18.1
/// internal/backend/sftp/sftp.go, internal/backend/rclone/backend.go).
[[nodiscard]] bool IsOfSubprocess(std::string_view line);

}  // namespace backup_monitor::probe
