#pragma once

#include <algorithm>
#include <string>
#include <string_view>

// What ASCII says of a byte, whatever the locale. Bytes of other characters are none of these and stay as they
// are.

namespace backup_monitor {

[[nodiscard]] constexpr bool IsDigit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool IsLower(char c) noexcept { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool IsUpper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool IsLetter(char c) noexcept { return IsLower(c) || IsUpper(c); }
[[nodiscard]] constexpr bool IsAlphanumeric(char c) noexcept { return IsLetter(c) || IsDigit(c); }
/// A letter, a digit or a sign: neither a blank nor a control character.
[[nodiscard]] constexpr bool IsGraphic(char c) noexcept { return c > ' ' && c < '\x7f'; }
[[nodiscard]] constexpr bool IsAsciiControl(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
}

[[nodiscard]] constexpr char Lower(char c) noexcept {
  return IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] inline std::string LowerCase(std::string_view text) {
  std::string lower{text};
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

[[nodiscard]] constexpr bool EqualInAnyCase(std::string_view one, std::string_view other) noexcept {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return Lower(a) == Lower(b); });
}

/// Has no byte of another character. Without a branch, so that the compiler takes many bytes at once.
[[nodiscard]] constexpr bool IsAscii(std::string_view text) noexcept {
  unsigned char bits = 0;
  for (const char c : text) bits |= static_cast<unsigned char>(c);
  return bits < 0x80;
}

}  // namespace backup_monitor
