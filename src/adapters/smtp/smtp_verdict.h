#pragma once

#include "adapters/smtp/smtp_transfer.h"
#include "model/message.h"

namespace backup_monitor {

/// What a transaction means for its recipient.
///
/// Delivered: the relay answered the mail with 2xx. Permanent: it said 5xx to MAIL, RCPT, DATA or the
/// mail itself. All else is temporary: 4xx, the network, TLS, and also refused credentials and a
/// relay that refuses everybody, since an administrator can put these right within the 3 days. The
/// detail is the relay's own answer where there is one that matters, never with the password.
[[nodiscard]] Attempt JudgeSmtp(const SmtpOutcome& outcome, const Smarthost& relay,
                                const SmtpManner& manner);

}  // namespace backup_monitor
