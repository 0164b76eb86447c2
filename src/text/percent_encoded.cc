#include "text/percent_encoded.h"

#include "text/ascii.h"

namespace backup_monitor {

std::string PercentEncoded(std::string_view text, std::string_view plain) {
  constexpr std::string_view kHexDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (IsAlphanumeric(c) || plain.find(c) != std::string_view::npos) {
      encoded.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded.append({'%', kHexDigits[byte >> 4U], kHexDigits[byte & 15U]});
  }
  return encoded;
}

}  // namespace backup_monitor
