#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "notify/notifier.h"

namespace backup_monitor::process {

/// Delivers by running a command, `mail.sendmail_command`, once for each recipient.
class SendmailNotifier final : public notify::Notifier {
 public:
  /// \param command  program and arguments, not empty; "ns8-sendmail" is spoken to in its own way
  SendmailNotifier(std::vector<std::string> command, std::chrono::milliseconds timeout)
      : command_{std::move(command)}, timeout_{timeout} {}

  [[nodiscard]] Attempt Deliver(const Message& message, const std::string& recipient,
                                const std::stop_token& stop) override;

  /// What the last delivery found: a command cannot be asked.
  [[nodiscard]] bool Enabled() override { return enabled_; }

 private:
  const std::vector<std::string> command_;
  const std::chrono::milliseconds timeout_;
  bool enabled_ = true;
};

}  // namespace backup_monitor::process
