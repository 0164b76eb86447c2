#include "app/api/valid_utf8.h"

namespace backup_monitor {
namespace {

unsigned char ByteAt(std::string_view text, std::size_t index) {
  return index < text.size() ? static_cast<unsigned char>(text[index]) : 0;
}

bool IsContinuation(unsigned char byte) { return (byte & 0xc0U) == 0x80U; }

/// Length of the character at the front (Unicode 15 table 3-7); 0 if there is none.
std::size_t CharacterLength(std::string_view text) {
  const unsigned char lead = ByteAt(text, 0);
  const unsigned char second = ByteAt(text, 1);
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4 || !IsContinuation(second)) return 0;
  if (lead < 0xe0) return 2;
  if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f)) return 0;
  if (!IsContinuation(ByteAt(text, 2))) return 0;
  if (lead < 0xf0) return 3;
  if ((lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) return 0;
  return IsContinuation(ByteAt(text, 3)) ? 4 : 0;
}

}  // namespace

std::string ValidUtf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = CharacterLength(text);
    valid += length == 0 ? std::string_view{"\xef\xbf\xbd"} : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return valid;
}

}  // namespace backup_monitor
