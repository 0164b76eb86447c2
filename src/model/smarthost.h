#pragma once

#include <cstdint>
#include <string>

#include "base/secret.h"

namespace backup_monitor {

enum class Encryption { kNone, kStartTls, kTls };

/// An SMTP relay. With kStartTls and kTls nothing is sent in the clear: no silent downgrade.
struct Smarthost {
  bool enabled = false;  ///< False: messages wait.
  std::string host;
  std::uint16_t port = 25;
  Encryption encryption = Encryption::kNone;
  bool tls_verify = true;
  std::string username;  ///< Empty: no authentication.
  Secret password;
};

}  // namespace backup_monitor
