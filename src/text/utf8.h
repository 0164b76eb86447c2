#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace backup_monitor {

/// U+FFFD, which is written in place of what is no text.
inline constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

/// One character of a text.
struct Utf8Step {
  char32_t character = 0;  ///< U+FFFD where `valid` is false.
  std::size_t bytes = 1;   ///< How far to go on, at least 1.
  bool valid = false;
};

/// Reads the character at the beginning of `text`, which must not be empty. Overlong forms,
/// surrogates and values above U+10FFFF are invalid (RFC 3629, section 3).
[[nodiscard]] Utf8Step NextCharacter(std::string_view text) noexcept;

/// Calls `use(step, bytes)` for each character, and for each byte that is part of none.
template <typename Use>
void EachCharacter(std::string_view text, Use use) {
  while (!text.empty()) {
    const Utf8Step step = NextCharacter(text);
    use(step, text.substr(0, step.bytes));
    text.remove_prefix(step.bytes);
  }
}

/// The same text with every byte that is no part of a character replaced by U+FFFD.
[[nodiscard]] std::string RepairUtf8(std::string_view text);

/// A byte that can only stand within a character, never at its beginning.
[[nodiscard]] constexpr bool IsContinuation(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

}  // namespace backup_monitor
