#include "config/file_text.h"

#include <algorithm>
#include <string>

namespace backup_monitor {
namespace {

struct Form {
  unsigned char first_low, first_high;    ///< Range of the first byte.
  unsigned char second_low, second_high;  ///< Range of the second, where overlong forms hide.
  std::size_t bytes;
};

// RFC 3629, section 4: the only well-formed sequences of more than one byte.
constexpr Form kForms[] = {
    {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
};

unsigned char Byte(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

bool Matches(std::string_view text, const Form& form) {
  if (text.size() < form.bytes) return false;
  if (Byte(text, 0) < form.first_low || Byte(text, 0) > form.first_high) return false;
  if (Byte(text, 1) < form.second_low || Byte(text, 1) > form.second_high) return false;
  const auto rest = text.substr(2, form.bytes - 2);
  return std::all_of(rest.begin(), rest.end(),
                     [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; });
}

bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

}  // namespace

std::size_t Utf8CharacterBytes(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (Byte(text, 0) < 0x80) return 1;
  for (const Form& form : kForms) {
    if (Matches(text, form)) return form.bytes;
  }
  return 0;
}

bool CheckFileText(std::string_view text, Faults& faults) {
  if (text.size() > kMostConfigBytes) {
    faults.Add(1, "the file is larger than " + std::to_string(kMostConfigBytes) + " bytes");
    return false;
  }
  int line = 1;
  bool clean = true;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t bytes = Utf8CharacterBytes(text.substr(i));
    if (bytes == 0) {
      faults.Add(line, "this is not UTF-8 text");
      return false;
    }
    if (IsControl(text[i]) && clean) {
      faults.Add(line, "a control character (byte " + std::to_string(Byte(text, i)) +
                           ") does not belong in this file");
      clean = false;
    }
    if (text[i] == '\n') ++line;
    i += bytes;
  }
  return clean;
}

}  // namespace backup_monitor
