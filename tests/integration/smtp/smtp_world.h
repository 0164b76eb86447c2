#pragma once

#include <stop_token>
#include <string>

#include "adapters/smtp/smtp_notifier.h"
#include "integration/smtp/smtp_peer.h"

namespace backup_monitor::testing {

/// Settings that a test may change between deliveries.
class ChangingSmarthost final : public notify::SmarthostSource {
 public:
  Result<Smarthost> value = Smarthost{};
  [[nodiscard]] Result<Smarthost> Read() override { return value; }
};

/// The real notifier and a scripted relay.
struct SmtpWorld {
  explicit SmtpWorld(Encryption encryption = Encryption::kNone) : peer{encryption} {
    smarthost.value = peer.relay();
    manner.ca_bundle = peer.ca_bundle();
    manner.helo_name = "monitor.example.org";
  }

  static constexpr auto kPassword = "s3cret/Passw0rd";

  void UsePassword(const std::string& password) {
    smarthost.value->username = "relay";
    smarthost.value->password = Secret{password};
  }

  static Message Mail(std::string mail = "Subject: hello\r\n\r\nbody\r\n") {
    Message message;
    message.sender = "monitor@example.org";
    message.mail = std::move(mail);
    return message;
  }

  Attempt Deliver(const std::string& recipient = "a@example.org", const Message& message = Mail()) {
    return smtp::SmtpNotifier{smarthost, manner}.Deliver(message, recipient, stop.get_token());
  }

  SmtpPeer peer;
  ChangingSmarthost smarthost;
  smtp::SmtpManner manner;
  std::stop_source stop;
};

}  // namespace backup_monitor::testing
