#include "text/utf8.h"

namespace backup_monitor {
namespace {

constexpr Utf8Step kBroken{.character = U'\uFFFD', .bytes = 1, .valid = false};

constexpr bool Allowed(char32_t character, std::size_t bytes) {
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  return character >= kSmallest[bytes] && character <= 0x10FFFF && !surrogate;
}

}  // namespace

Utf8Step NextCharacter(std::string_view text) noexcept {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return {first, 1, true};
  const std::size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < bytes) return kBroken;
  char32_t character = first & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if (!IsContinuation(text[i])) return kBroken;
    character = (character << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return Allowed(character, bytes) ? Utf8Step{character, bytes, true} : kBroken;
}

std::string RepairUtf8(std::string_view text) {
  std::string repaired;
  repaired.reserve(text.size());
  EachCharacter(text, [&repaired](const Utf8Step& step, std::string_view bytes) {
    repaired += step.valid ? bytes : kReplacementCharacter;
  });
  return repaired;
}

}  // namespace backup_monitor
