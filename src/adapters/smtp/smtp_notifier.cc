#include "adapters/smtp/smtp_notifier.h"

#include "adapters/smtp/smtp_verdict.h"
#include "base/log.h"
#include "notify/addressed_mail.h"
#include "notify/attempt_detail.h"
#include "text/mail_address.h"

namespace backup_monitor::smtp {
namespace {

Attempt Because(AttemptResult result, std::string_view why) {
  return {{}, result, notify::OneLine(why)};
}

/// A blank that was typed behind a host name is none of it.
std::string Trimmed(const std::string& host) {
  constexpr auto kBlanks = " \t\r\n";
  const auto first = host.find_first_not_of(kBlanks);
  return first == std::string::npos
             ? ""
             : host.substr(first, host.find_last_not_of(kBlanks) - first + 1);
}

void Show(const SmtpOutcome& outcome, const Smarthost& relay, const std::string& recipient) {
  const auto prefix =
      "SMTP " + relay.host + ":" + std::to_string(relay.port) + ", for " + recipient + ": ";
  for (const auto& line : outcome.dialogue) LogDebug(prefix + line);
}

}  // namespace

Attempt SmtpNotifier::Deliver(const Message& message, const std::string& recipient,
                              const std::stop_token& stop) {
  if (!IsMailAddress(recipient) || !IsMailAddress(message.sender)) {
    return Because(
        AttemptResult::kPermanent,
        "not a mail address: " + (IsMailAddress(recipient) ? message.sender : recipient));
  }
  auto relay = source_.Read();
  if (!relay) {
    return Because(AttemptResult::kTemporary,
                   "the relay's settings cannot be read: " + relay.error().message);
  }
  if (!relay->enabled) return Because(AttemptResult::kDisabled, "the mail relay is disabled");
  if (stop.stop_requested()) {
    return Because(AttemptResult::kTemporary, "cut short: the service is stopping");
  }
  relay->host = Trimmed(relay->host);
  const auto mail = notify::AddressedTo(message.mail, recipient);
  const auto outcome = RunSmtpTransaction(*relay, {message.sender, recipient, mail}, manner_, stop);
  Show(outcome, *relay, recipient);
  return JudgeSmtp(outcome, *relay, manner_);
}

bool SmtpNotifier::Enabled() {
  const auto relay = source_.Read();
  return relay && relay->enabled;
}

}  // namespace backup_monitor::smtp
