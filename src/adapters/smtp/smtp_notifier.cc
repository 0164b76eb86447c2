#include "adapters/smtp/smtp_notifier.h"

#include "adapters/smtp/smtp_verdict.h"
#include "notify/attempt_detail.h"
#include "notify/mail_address.h"

namespace backup_monitor {
namespace {

Attempt Because(AttemptResult result, std::string_view why) { return {{}, result, OneLine(why)}; }

}  // namespace

Attempt SmtpNotifier::Deliver(const Message& message, const std::string& recipient,
                              const std::stop_token& stop) {
  if (!IsMailAddress(recipient) || !IsMailAddress(message.sender)) {
    return Because(AttemptResult::kPermanent, "not a mail address: " + (IsMailAddress(recipient)
                                                                            ? message.sender
                                                                            : recipient));
  }
  const auto relay = source_.Read();
  if (!relay) {
    return Because(AttemptResult::kTemporary,
                   "the relay's settings cannot be read: " + relay.error().message);
  }
  if (!relay->enabled) return Because(AttemptResult::kDisabled, "the mail relay is disabled");
  if (stop.stop_requested()) {
    return Because(AttemptResult::kTemporary, "cut short: the service is stopping");
  }
  const SmtpEnvelope envelope{message.sender, recipient, message.mail};
  return JudgeSmtp(RunSmtpTransaction(*relay, envelope, manner_, stop), *relay, manner_);
}

bool SmtpNotifier::Enabled() {
  const auto relay = source_.Read();
  return relay && relay->enabled;
}

}  // namespace backup_monitor
