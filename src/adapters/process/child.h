#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backup_monitor::process {

/// A command to run, and what it may cost. No shell is involved.
struct ChildCommand {
  std::vector<std::string> arguments;  ///< The first is the program, looked up in PATH.
  std::string_view input;              ///< Its standard input. Must stay until RunChild() returns.
  std::chrono::milliseconds time_limit{60'000};
  std::chrono::milliseconds grace{1'000};  ///< Between SIGTERM and SIGKILL.
  /// At a stop: no SIGKILL. A second after SIGTERM it is left to itself, so that it can clean up.
  bool left_at_stop = false;
  std::size_t output_limit_bytes =
      65'536;  ///< Of its standard output; what is beyond is thrown away.
  std::size_t errors_limit_bytes =
      65'536;  ///< Of its standard error; the end is kept: why it ended comes last.
};

enum class ChildEnd {
  kExited,     ///< By itself, with `status`.
  kSignalled,  ///< By a signal that was not ours; `status` is its number.
  kTimedOut,   ///< We ended it: the time limit was over.
  kStopped,    ///< We ended it: a stop was requested.
};

/// How a command ended, and what it said.
struct ChildResult {
  ChildEnd end = ChildEnd::kExited;
  int status = 0;
  std::string output;
  std::string errors;
  bool cut = false;         ///< There was more `output` than is kept.
  bool errors_cut = false;  ///< There were more `errors` than are kept.
};

/// Runs a command in its own process group and waits for it. It inherits the environment, and of the
/// open files only its standard input and outputs; signals are set to their defaults. At a time limit
/// or stop the whole group gets SIGTERM, and what is left of it SIGKILL after `grace` (but see
/// `left_at_stop`). What the command left running in the background when it ended by itself is left alone.
///
/// \return kNotFound if there is no such program, kDenied if it may not be run, kUnavailable if no
///         process can be made
[[nodiscard]] Result<ChildResult> RunChild(const ChildCommand& command,
                                           const std::stop_token& stop);

}  // namespace backup_monitor::process
