#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backup_monitor {

/// A line of flags in words, or why it is none.
struct ShellWords {
  std::vector<std::string> words;  ///< Empty if there is a fault.
  std::string
      fault;  ///< A quote that is not closed, or a backslash at the end: "a ' is not closed".
};

/// Splits a line of flags into words as a POSIX shell does (Shell Command Language, 2.2 Quoting): blanks
/// part words, '…' keeps everything, "…" keeps all but \" \\ \$ and \`, a backslash keeps the next
/// character. Nothing is ever expanded: `$HOME`, `*` and `$(id)` stay what they are.
[[nodiscard]] ShellWords SplitShellWords(std::string_view line);

}  // namespace backup_monitor
