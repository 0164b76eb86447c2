#pragma once

#include <string>
#include <string_view>

namespace backup_monitor::notify {

/// What an SMTP relay was last asked: its answer belongs to this.
enum class SmtpStep {
  kGreeting,  ///< Nothing yet: the relay speaks first.
  kHello,     ///< EHLO or HELO.
  kStartTls,
  kLogin,      ///< AUTH and what follows it.
  kMail,       ///< MAIL FROM.
  kRecipient,  ///< RCPT TO.
  kData,
  kContent,  ///< The mail itself, up to the dot that ends it.
};

/// For people: "the greeting", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "the mail".
[[nodiscard]] std::string_view Name(SmtpStep step) noexcept;

/// True if a relay's refusal is about the recipient and nobody else, so that no other attempt can help.
///
/// With an enhanced code (RFC 3463, RFC 7505) that is 5.1.1, 5.1.2, 5.1.3, 5.1.6, 5.1.10 or 5.2.1, in an
/// answer to RCPT, DATA or the mail. Without one it is 550, 551 or 553 at RCPT whose words speak of
/// nothing that an administrator of the relay decides (relaying, log-in, sender, policy): Exim, for one,
/// says "550 relay not permitted". Everything else concerns us or the relay: it can be put right.
///
/// \param code  the reply's code, 0 to 999
/// \param text  what follows the code; foreign bytes
[[nodiscard]] bool NamesRecipient(SmtpStep step, int code, std::string_view text);

/// Code and enhanced code of "550 5.1.1 no such user": "550 5.1.1", or "550" where there is no
/// enhanced one. Empty if `reply` starts with no code.
[[nodiscard]] std::string AnswerCodes(std::string_view reply);

}  // namespace backup_monitor::notify
