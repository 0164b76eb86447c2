#include "report/foreign_text.h"

#include <algorithm>

#include "base/utf8.h"

namespace backup_monitor {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "…";

struct Range {
  char32_t first;
  char32_t last;
};

// What draws nothing, breaks the line or reorders its surroundings.
constexpr Range kUnfit[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},       {0x34F, 0x34F},      {0x61C, 0x61C},
    {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F},   {0x200B, 0x200F},    {0x2028, 0x202E},
    {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},    {0xFFF0, 0xFFFD},
    {0xFFFE, 0xFFFF}, {0xE000, 0xF8FF}, {0x1D173, 0x1D17A}, {0xE0000, 0x10FFFF},
};

bool Fit(char32_t character) {
  return std::none_of(std::begin(kUnfit), std::end(kUnfit), [character](const Range& range) {
    return range.first <= character && character <= range.last;
  });
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::string ShowForeign(std::string_view text, std::size_t limit) {
  text = Trimmed(text);
  std::string shown;
  std::size_t characters = 0;
  std::size_t last_but_one = 0;  // Where the cut goes if one more character comes than fits.
  bool replaced = false;
  while (!text.empty()) {
    const Utf8Step step = NextCharacter(text);
    const bool fit = step.valid && Fit(step.character);
    if (fit || !replaced) {
      if (characters == limit) return shown.substr(0, last_but_one) + std::string{kEllipsis};
      if (++characters == limit) last_but_one = shown.size();
      shown += fit ? text.substr(0, step.bytes) : kReplacement;
    }
    replaced = !fit;
    text.remove_prefix(step.bytes);
  }
  return shown;
}

std::string RepairUtf8(std::string_view text) {
  std::string repaired;
  while (!text.empty()) {
    const Utf8Step step = NextCharacter(text);
    repaired += step.valid ? text.substr(0, step.bytes) : kReplacement;
    text.remove_prefix(step.bytes);
  }
  return repaired;
}

std::string CutTo(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string{text};
  std::size_t kept = 0;
  while (kept < text.size()) {
    const std::size_t next = kept + NextCharacter(text.substr(kept)).bytes;
    if (next > bytes - kEllipsis.size()) break;
    kept = next;
  }
  return std::string{text.substr(0, kept)} + std::string{kEllipsis};
}

}  // namespace backup_monitor
