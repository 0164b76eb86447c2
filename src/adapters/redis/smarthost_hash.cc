#include "adapters/redis/smarthost_hash.h"

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

namespace backup_monitor::redis {
namespace {

std::string_view Field(const cluster::Reply& hash, std::string_view name) {
  for (std::size_t i = 0; i + 1 < hash.items.size(); i += 2) {
    if (hash.items[i].text_or_empty() == name) return hash.items[i + 1].text_or_empty();
  }
  return {};
}

Result<std::uint16_t> Port(std::string_view text) {
  std::uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, port);
  if (failure != std::errc{} || stop != end || port == 0) {
    return Fail(ErrorCode::kInvalidInput, "'port' is not between 1 and 65535");
  }
  return port;
}

Result<Encryption> ParseEncryption(std::string_view text) {
  if (text == "none") return Encryption::kNone;
  if (text == "starttls") return Encryption::kStartTls;
  if (text == "tls") return Encryption::kTls;
  return Fail(ErrorCode::kInvalidInput, "'encrypt_smtp' is not none, starttls or tls");
}

}  // namespace

Result<Smarthost> ParseSmarthost(const cluster::Reply& hash) {
  if (hash.kind != cluster::Reply::Kind::kList) return Fail(ErrorCode::kInvalidInput, "not a hash");
  Smarthost smarthost;
  smarthost.host = Field(hash, "host");
  smarthost.enabled = Field(hash, "enabled") == "1" && !smarthost.host.empty();
  if (!smarthost.enabled) return smarthost;
  const auto port = Port(Field(hash, "port"));
  if (!port) return Fail(port.error());
  const auto encryption = ParseEncryption(Field(hash, "encrypt_smtp"));
  if (!encryption) return Fail(encryption.error());
  smarthost.port = *port;
  smarthost.encryption = *encryption;
  smarthost.tls_verify = Field(hash, "tls_verify") != "0";
  smarthost.username = Field(hash, "username");
  smarthost.password = Secret{std::string{Field(hash, "password")}};
  return smarthost;
}

}  // namespace backup_monitor::redis
