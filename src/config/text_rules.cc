#include "config/text_rules.h"

#include <algorithm>

#include "config/faults.h"
#include "config/file_text.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kLongestPrefixCharacters = 100;
constexpr std::size_t kLongestSocketPathBytes = 107;

bool IsControl(std::string_view character) {
  const auto first = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  // U+0080 to U+009F, and the separators U+2028 and U+2029: each can end a line somewhere.
  if (first == 0xC2) return static_cast<unsigned char>(character[1]) < 0xA0;
  return character == "\u2028" || character == "\u2029";
}

/// Characters of a one-line text, or nothing if it is none.
std::optional<std::size_t> CountCharacters(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const std::size_t bytes = Utf8CharacterBytes(text);
    if (bytes == 0 || IsControl(text.substr(0, bytes))) return std::nullopt;
    text.remove_prefix(bytes);
    ++count;
  }
  return count;
}

}  // namespace

Complaint OneLine(const std::string& text) {
  if (CountCharacters(text)) return {};
  return Shown(text) + " holds a line end or another control character";
}

Complaint NonEmptyLine(const std::string& text) {
  if (text.empty()) return "is empty";
  return OneLine(text);
}

Complaint SubjectPrefix(const std::string& text) {
  if (auto complaint = OneLine(text)) return complaint;
  const std::size_t characters = CountCharacters(text).value_or(0);
  if (characters <= kLongestPrefixCharacters) return {};
  return std::to_string(characters) + " characters are more than " +
         std::to_string(kLongestPrefixCharacters);
}

Complaint SocketPath(const std::string& text) {
  if (auto complaint = OneLine(text)) return complaint;
  if (text.size() <= kLongestSocketPathBytes) return {};
  return Shown(text) + " is longer than " + std::to_string(kLongestSocketPathBytes) +
         " bytes, the most that a socket's path may have";
}

std::string LowerCase(std::string_view text) {
  std::string lower{text};
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

}  // namespace backup_monitor
