#include "adapters/smtp/static_smarthost.h"

#include "base/secret_file.h"

namespace backup_monitor::smtp {
Result<Smarthost> StaticSmarthost::Read() {
  Smarthost relay;
  relay.enabled = true;
  relay.host = config_.host;
  relay.port = config_.port;
  relay.encryption = config_.encryption;
  relay.tls_verify = config_.tls_verify;
  relay.username = config_.username;
  if (!config_.password_file.empty()) {
    auto password = ReadSecretFile(config_.password_file);
    // Whoever mends the file mends it without a restart: until then mail waits.
    if (!password)
      return Fail(ErrorCode::kUnavailable,
                  std::move(password.error()).While("the password file").message);
    relay.password = *std::move(password);
  }
  return relay;
}

}  // namespace backup_monitor::smtp
