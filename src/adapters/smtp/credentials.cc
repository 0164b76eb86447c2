#include "adapters/smtp/credentials.h"

#include "notify/attempt_detail.h"
#include "text/base64.h"

namespace backup_monitor::smtp {

std::string WithoutPassword(std::string text, const Smarthost& relay) {
  const auto& password = relay.password.Reveal();
  if (password.empty()) return text;
  const auto plain = std::string{'\0'} + relay.username + '\0' + password;
  for (const auto& secret : {password, EncodeBase64(password), EncodeBase64(plain)}) {
    text = notify::Redacted(std::move(text), secret);
  }
  return text;
}

}  // namespace backup_monitor::smtp
