#pragma once

#include <stop_token>
#include <string>

#include "base/result.h"
#include "model/message.h"

namespace backup_monitor::notify {

/// Takes a message to one recipient. One call, one SMTP transaction: what a relay says of one
/// recipient does not touch the others.
class Notifier {
 public:
  virtual ~Notifier() = default;

  /// Blocks for at most the transport's timeout (`mail.timeout`); `stop` cuts it short within 2 s, as
  /// a kTemporary result unless the relay has already taken the message. Never throws. The result's
  /// `at` is left to the caller. One delivery at a time.
  [[nodiscard]] virtual Attempt Deliver(const Message& message, const std::string& recipient,
                                        const std::stop_token& stop) = 0;

  /// False if Deliver() would now answer kDisabled, as far as can be known without trying. Blocks for
  /// at most 15 s.
  [[nodiscard]] virtual bool Enabled() { return true; }
};

}  // namespace backup_monitor::notify
