#include "config/text_rules.h"

#include "config/faults.h"
#include "text/fit_text.h"
#include "text/utf8.h"

namespace backup_monitor::config {
namespace {

constexpr std::size_t kLongestPrefixCharacters = 100;
constexpr std::size_t kLongestSocketPathBytes = 107;

/// Characters of a one-line text, or nothing if it is none.
std::optional<std::size_t> CountCharacters(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const Utf8Step step = NextCharacter(text);
    if (!step.valid || BreaksLine(step.character)) return std::nullopt;
    text.remove_prefix(step.bytes);
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

}  // namespace backup_monitor::config
