#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace backup_monitor {

/// Foreign text for one line that people read: control characters, line separators, marks that turn
/// the direction of writing, and bytes that are no UTF-8 become '?'. Longer text is cut after
/// `most_bytes`, never inside a character, and gets "...".
[[nodiscard]] std::string Printable(std::string_view text, std::size_t most_bytes = 100);

/// The first `most_bytes` bytes of a foreign text, or a little less: never half a character. What
/// nobody can read must not fill memory, store and mail.
[[nodiscard]] std::string_view Clipped(std::string_view text, std::size_t most_bytes = 1000);

}  // namespace backup_monitor
