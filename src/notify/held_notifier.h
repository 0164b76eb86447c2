#pragma once

#include <string_view>

#include "notify/notifier.h"

namespace backup_monitor::notify {

/// Why nothing is sent, for the log, the attempts and the command line.
inline constexpr std::string_view kMailIsHeld = "mail is held: mail.hold is true";

/// The way out for mail with `mail.hold`: none. Everything waits in the outbox.
class HeldNotifier final : public Notifier {
 public:
  [[nodiscard]] Attempt Deliver(const Message& /*message*/, const std::string& /*recipient*/,
                                const std::stop_token& /*stop*/) override {
    return {{}, AttemptResult::kDisabled, std::string{kMailIsHeld}};
  }
  [[nodiscard]] bool Enabled() override { return false; }
};

}  // namespace backup_monitor::notify
