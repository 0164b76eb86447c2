#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace backup_monitor {

/// The longest foreign text that a mail shows, in characters.
inline constexpr std::size_t kForeignLimit = 120;

/// Makes text that others wrote (names, labels, error texts) fit to be shown: one line of valid
/// UTF-8 that can neither break a line nor turn the direction of the text around it.
///
/// Broken UTF-8, control characters, line separators, directional and zero-width characters (Unicode
/// 15, Bidi_Control and Default_Ignorable_Code_Point) become U+FFFD, several in a row one of them.
/// Outer blanks are dropped. More than `limit` characters are cut, with "…" as the last one.
/// HTML is not escaped here: that is the template's work.
[[nodiscard]] std::string ShowForeign(std::string_view text, std::size_t limit = kForeignLimit);

/// The same text with every broken sequence replaced by U+FFFD. Nothing else changes.
[[nodiscard]] std::string RepairUtf8(std::string_view text);

/// The longest beginning of `text` with at most `bytes` bytes that splits no character; "…", which
/// is within `bytes`, says that something was cut. `bytes` must be at least 3.
[[nodiscard]] std::string CutTo(std::string_view text, std::size_t bytes);

}  // namespace backup_monitor
