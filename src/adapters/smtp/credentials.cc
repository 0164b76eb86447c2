#include "adapters/smtp/credentials.h"

#include <string_view>

#include "notify/attempt_detail.h"

namespace backup_monitor {
namespace {

std::string Base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned int group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8U | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      text += i + j > bytes.size() ? '=' : kDigits[group >> (18 - 6 * j) & 63U];
    }
  }
  return text;
}

}  // namespace

std::string WithoutPassword(std::string text, const Smarthost& relay) {
  const auto& password = relay.password.Reveal();
  if (password.empty()) return text;
  const auto plain = std::string{'\0'} + relay.username + '\0' + password;
  for (const auto& secret : {password, Base64(password), Base64(plain)}) {
    text = Redacted(std::move(text), secret);
  }
  return text;
}

}  // namespace backup_monitor
