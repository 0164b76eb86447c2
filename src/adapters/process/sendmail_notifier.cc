#include "adapters/process/sendmail_notifier.h"

#include "adapters/process/sendmail_command.h"
#include "notify/attempt_detail.h"
#include "text/mail_address.h"

namespace backup_monitor::process {

Attempt SendmailNotifier::Deliver(const Message& message, const std::string& recipient,
                                  const std::stop_token& stop) {
  for (const auto& address : {message.sender, recipient}) {
    if (IsMailAddress(address)) continue;
    return {{}, AttemptResult::kPermanent, notify::OneLine("not a mail address: " + address)};
  }
  if (stop.stop_requested()) {
    return {{}, AttemptResult::kTemporary, "cut short: the service is stopping"};
  }
  const auto call = MakeSendmailCall(command_, message, recipient);
  const auto result =
      RunChild({.arguments = call.arguments, .input = call.input, .time_limit = timeout_}, stop);
  if (!result) return {{}, AttemptResult::kTemporary, notify::OneLine(result.error().message)};
  auto attempt = JudgeSendmail(*result, IsNs8Sendmail(command_));
  enabled_ = attempt.result != AttemptResult::kDisabled;
  return attempt;
}

}  // namespace backup_monitor::process
