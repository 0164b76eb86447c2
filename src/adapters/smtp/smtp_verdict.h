#pragma once

#include "adapters/smtp/smtp_transfer.h"
#include "model/message.h"

namespace backup_monitor::smtp {

/// What a transaction means for its recipient.
///
/// Delivered: the relay answered the whole mail with a well-formed 250, after it had got it. Permanent:
/// its refusal names the recipient (notify/smtp_answer.h). Refused: it refuses us, the sender, the mail
/// or a log-in, so that an administrator must do something, and has the 3 days for it. All else is
/// temporary: 4xx, the network, TLS. The detail is the relay's own answer where there is one that matters,
/// and what to do about it, never with the password.
[[nodiscard]] Attempt JudgeSmtp(const SmtpOutcome& outcome, const Smarthost& relay,
                                const SmtpManner& manner);

}  // namespace backup_monitor::smtp
