#include "text/fit_text.h"

#include <algorithm>
#include <iterator>

#include "text/utf8.h"

namespace backup_monitor {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr std::size_t kMostContinuations = 3;

struct Range {
  char32_t first;
  char32_t last;
};

constexpr Range kBreaks[] = {{0x00, 0x1F}, {0x7F, 0x9F}, {0x2028, 0x2029}};

constexpr Range kTurns[] = {{0x61C, 0x61C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}};

constexpr Range kInvisible[] = {
    {0xAD, 0xAD},     {0x34F, 0x34F},   {0x115F, 0x1160}, {0x17B4, 0x17B5},   {0x180B, 0x180F},
    {0x200B, 0x200D}, {0x2060, 0x2065}, {0x206A, 0x206F}, {0x3164, 0x3164},   {0xE000, 0xF8FF},
    {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFF}, {0x1D173, 0x1D17A}, {0xE0000, 0x10FFFF},
};

template <std::size_t count>
bool Holds(const Range (&ranges)[count], char32_t character) noexcept {
  return std::any_of(std::begin(ranges), std::end(ranges), [character](const Range& range) {
    return range.first <= character && character <= range.last;
  });
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

bool BreaksLine(char32_t character) noexcept { return Holds(kBreaks, character); }

bool IsPlain(char32_t character) noexcept {
  return !BreaksLine(character) && !Holds(kTurns, character);
}

bool IsVisible(char32_t character) noexcept {
  return IsPlain(character) && !Holds(kInvisible, character);
}

std::string_view BeginningOf(std::string_view text, std::size_t most_bytes) noexcept {
  if (text.size() <= most_bytes) return text;
  std::size_t end = most_bytes;
  while (end > 0 && most_bytes - end < kMostContinuations && IsContinuation(text[end])) --end;
  return text.substr(0, end);
}

std::string_view EndingOf(std::string_view text, std::size_t most_bytes) noexcept {
  if (text.size() <= most_bytes) return text;
  text.remove_prefix(text.size() - most_bytes);
  for (std::size_t i = 0; i < kMostContinuations && !text.empty(); ++i) {
    if (!IsContinuation(text.front())) break;
    text.remove_prefix(1);
  }
  return text;
}

std::string CutTo(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string{text};
  return std::string{BeginningOf(text, bytes - kEllipsis.size())} + std::string{kEllipsis};
}

std::string ShowForeign(std::string_view text, std::size_t limit) {
  text = Trimmed(text);
  std::string shown;
  std::size_t characters = 0;
  std::size_t last_but_one = 0;  // Where the cut goes if one more character comes than fits.
  bool replaced = false;
  while (!text.empty()) {
    const Utf8Step step = NextCharacter(text);
    const bool fit = step.valid && IsVisible(step.character);
    if (fit || !replaced) {
      if (characters == limit) return shown.substr(0, last_but_one) + std::string{kEllipsis};
      if (++characters == limit) last_but_one = shown.size();
      shown += fit ? text.substr(0, step.bytes) : kReplacementCharacter;
    }
    replaced = !fit;
    text.remove_prefix(step.bytes);
  }
  return shown;
}

std::string Printable(std::string_view text, std::size_t most_bytes) {
  const std::string_view kept = BeginningOf(text, most_bytes);
  std::string shown;
  EachCharacter(kept, [&shown](const Utf8Step& step, std::string_view bytes) {
    shown += step.valid && IsPlain(step.character) ? bytes : std::string_view{"?"};
  });
  if (kept.size() < text.size()) shown += "...";
  return shown;
}

std::string EscapedLine(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string line;
  line.reserve(text.size());
  EachCharacter(text, [&line](const Utf8Step& step, std::string_view bytes) {
    if (step.valid && IsPlain(step.character)) {
      line += bytes;
      return;
    }
    for (const char c : bytes) {
      const auto byte = static_cast<unsigned char>(c);
      line += "\\x";
      line += kHex[byte >> 4U];
      line += kHex[byte & 0xFU];
    }
  });
  return line;
}

}  // namespace backup_monitor
