#include "text/base64.h"

#include <cstddef>
#include <cstdint>

namespace backup_monitor {
namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string EncodeBase64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    const std::string_view three = bytes.substr(at, 3);
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8U | (i < three.size() ? static_cast<unsigned char>(three[i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text += i <= three.size() ? kDigits[group >> (18U - 6U * i) & 0x3FU] : '=';
    }
  }
  return text;
}

}  // namespace backup_monitor
