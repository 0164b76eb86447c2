#include "adapters/smtp/static_smarthost.h"

#include <array>
#include <fstream>

namespace backup_monitor {
namespace {

constexpr std::size_t kLongestPassword = 4096;

Result<Secret> ReadPassword(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  std::array<char, kLongestPassword + 2> bytes{};
  if (in) in.read(bytes.data(), bytes.size());
  if (!in && !in.eof()) {
    return Fail(ErrorCode::kUnavailable, "the password file " + file.string() + " cannot be read");
  }
  std::string password{bytes.data(), static_cast<std::size_t>(in.gcount())};
  if (password.ends_with('\n')) password.pop_back();
  if (password.ends_with('\r')) password.pop_back();
  if (password.size() > kLongestPassword || password.find('\0') != std::string::npos) {
    return Fail(ErrorCode::kUnavailable, "the password file " + file.string() + " holds no password");
  }
  return Secret{std::move(password)};
}

}  // namespace

Result<Smarthost> StaticSmarthost::Read() {
  Smarthost relay;
  relay.enabled = true;
  relay.host = config_.host;
  relay.port = config_.port;
  relay.encryption = config_.encryption;
  relay.tls_verify = config_.tls_verify;
  relay.username = config_.username;
  if (!config_.password_file.empty()) {
    auto password = ReadPassword(config_.password_file);
    if (!password) return Fail(std::move(password).error());
    relay.password = *std::move(password);
  }
  return relay;
}

}  // namespace backup_monitor
