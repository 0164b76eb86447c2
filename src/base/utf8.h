#pragma once

#include <cstddef>
#include <string_view>

namespace backup_monitor {

/// One character of a text.
struct Utf8Step {
  char32_t character = 0;  ///< U+FFFD where `valid` is false.
  std::size_t bytes = 1;   ///< How far to go on, at least 1.
  bool valid = false;
};

/// Reads the character at the beginning of `text`, which must not be empty. Overlong forms,
/// surrogates and values above U+10FFFF are invalid (RFC 3629, section 3).
[[nodiscard]] Utf8Step NextCharacter(std::string_view text) noexcept;

}  // namespace backup_monitor
