#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/logged_pass.h"

namespace backup_monitor::journal {

/// What restic has written since the last step ended: its last words, and which files it could not read. All are kept
/// quotable: without secrets, in one line, at most FailedStep::kMostWords long.
///
/// Sources: restic v0.19.1-213 (a80be1478) cmd/restic/main.go printExitError() ("Fatal: …"; of a locked repository its
/// error as it is; `exit_error`), internal/ui/backup/text.go Error() ("error: …"), internal/ui/backup/json.go Error()
/// (`{"message_type":"error",…}`).
class StepWords {
 public:
  /// Any line that may be restic's.
  void Note(std::string_view message);
  /// The step at which what was noted ended. Afterwards nothing is noted.
  ///
  /// \param words  what the line itself says of the error: a Python exception, in which a command's exit status may
  ///               stand (CPython 3.11 Lib/subprocess.py CalledProcessError)
  [[nodiscard]] FailedStep Fail(BackupStep step, Time at, std::string_view words);
  void Forget();

 private:
  void NoteJson(std::string_view message);
  void NoteUnread(std::string_view words);

  std::string last_;
  std::vector<std::string> unread_;
};

}  // namespace backup_monitor::journal
