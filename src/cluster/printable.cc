#include "cluster/printable.h"

#include <array>
#include <cstdint>

namespace backup_monitor {
namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

Character Decode(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  std::uint32_t code = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text[i])) return {};
    code = code << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[length] || surrogate || code > 0x10FFFF) return {};
  return {code, length, true};
}

bool IsShowable(std::uint32_t code) {
  if (code < 0x20 || (code >= 0x7F && code < 0xA0)) return false;        // C0, delete, C1
  if (code == 0x200E || code == 0x200F || code == 0x061C) return false;  // direction marks
  if (code >= 0x2028 && code <= 0x202E) return false;  // separators, direction embeddings
  return code < 0x2066 || code > 0x2069;               // direction isolates
}

}  // namespace

std::string Printable(std::string_view text, std::size_t most_bytes) {
  const std::string_view kept = Clipped(text, most_bytes);
  std::string shown;
  for (std::size_t at = 0; at < kept.size();) {
    const Character next = Decode(kept.substr(at));
    if (next.valid && IsShowable(next.code)) {
      shown.append(kept.substr(at, next.bytes));
    } else {
      shown.push_back('?');
    }
    at += next.bytes;
  }
  if (kept.size() < text.size()) shown.append("...");
  return shown;
}

std::string_view Clipped(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return text;
  std::size_t end = most_bytes;
  while (end > 0 && most_bytes - end < 3 && IsContinuation(text[end])) --end;
  return text.substr(0, end);
}

}  // namespace backup_monitor
