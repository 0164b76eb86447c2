#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Text that others wrote (names, labels, error texts), made fit for the place where it is shown: what may not be
// shown there, and where a long text is cut. The classes of characters are those of Unicode 15.

namespace backup_monitor {

/// Ends a line or moves a cursor somewhere: control characters (C0, DEL, C1), separators of lines and paragraphs.
[[nodiscard]] bool BreaksLine(char32_t character) noexcept;

/// Neither breaks a line nor turns the direction of the text around it (section 23.2). What a log or a sentence
/// shows as it is.
[[nodiscard]] bool IsPlain(char32_t character) noexcept;

/// Is plain, and can be seen: neither zero-width (Default_Ignorable_Code_Point) nor without a fixed meaning
/// (private use, specials). What a mail shows as it is.
[[nodiscard]] bool IsVisible(char32_t character) noexcept;

/// The longest beginning of at most `most_bytes` bytes that splits no character.
[[nodiscard]] std::string_view BeginningOf(std::string_view text, std::size_t most_bytes) noexcept;

/// The longest ending of at most `most_bytes` bytes that splits no character.
[[nodiscard]] std::string_view EndingOf(std::string_view text, std::size_t most_bytes) noexcept;

/// The longest beginning of `text` with at most `bytes` bytes that splits no character; "…", which
/// is within `bytes`, says that something was cut. `bytes` must be at least 3.
[[nodiscard]] std::string CutTo(std::string_view text, std::size_t bytes);

/// The longest foreign text that a mail shows, in characters.
inline constexpr std::size_t kForeignLimit = 120;

/// For a mail: one line of valid UTF-8 that can neither break a line nor turn the direction of the text around it.
/// What is not visible and broken UTF-8 become U+FFFD, several in a row one of them. Outer blanks are dropped. More
/// than `limit` characters are cut, with "…" as the last one. HTML is not escaped here: that is the template's work.
[[nodiscard]] std::string ShowForeign(std::string_view text, std::size_t limit = kForeignLimit);

/// For a sentence that people read: one line in which each character that is not plain, and each byte that is no
/// UTF-8, is a '?'. Longer text is cut after `most_bytes`, never inside a character, and gets "...".
[[nodiscard]] std::string Printable(std::string_view text, std::size_t most_bytes = 100);

/// For the log: one line in which each byte of a character that is not plain, or of none, is \xNN.
[[nodiscard]] std::string EscapedLine(std::string_view text);

}  // namespace backup_monitor
