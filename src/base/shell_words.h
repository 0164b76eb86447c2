#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backup_monitor {

/// Splits a line of flags into words as a POSIX shell does (Shell Command Language, 2.2 Quoting): blanks
/// part words, '…' keeps everything, "…" keeps all but \" \\ \$ and \`, a backslash keeps the next
/// character. Nothing is ever expanded: `$HOME`, `*` and `$(id)` stay what they are.
///
/// \return kInvalidInput for a quote that is not closed, or a backslash at the end
[[nodiscard]] Result<std::vector<std::string>> SplitShellWords(std::string_view line);

}  // namespace backup_monitor
