#pragma once

#include "adapters/smtp/smtp_transfer.h"
#include "notify/notifier.h"
#include "notify/smarthost_source.h"

namespace backup_monitor::smtp {

/// Delivers over SMTP to the relay that `source` names at that moment. A new connection for each
/// recipient.
class SmtpNotifier final : public notify::Notifier {
 public:
  /// `source` must outlive this.
  SmtpNotifier(notify::SmarthostSource& source, SmtpManner manner)
      : source_{source}, manner_{std::move(manner)} {}

  [[nodiscard]] Attempt Deliver(const Message& message, const std::string& recipient,
                                const std::stop_token& stop) override;
  [[nodiscard]] bool Enabled() override;

 private:
  notify::SmarthostSource& source_;
  const SmtpManner manner_;
};

}  // namespace backup_monitor::smtp
