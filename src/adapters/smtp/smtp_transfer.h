#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "model/smarthost.h"
#include "notify/smtp_answer.h"

namespace backup_monitor::smtp {

/// One mail for one recipient, as SMTP carries it.
struct SmtpEnvelope {
  std::string sender;
  std::string recipient;
  std::string_view mail;  ///< RFC 5322 with CRLF line ends. Not yet dot-stuffed.
};

/// How we speak to a relay.
struct SmtpManner {
  /// What EHLO says. Empty: the machine's full name where it has one, else the address that the
  /// connection comes from, "[192.0.2.1]".
  std::string helo_name;
  std::chrono::milliseconds connect_timeout{15'000};
  std::chrono::milliseconds timeout{60'000};  ///< For the whole transaction.
  std::string ca_bundle;                      ///< File; may be empty, then nothing is trusted.
};

/// What a transaction came to, in libcurl's terms and the relay's.
struct SmtpOutcome {
  int curl_code = 0;      ///< A CURLcode.
  std::string curl_text;  ///< libcurl's own words for it; may be empty.
  bool connected = false;
  bool stopped = false;

  notify::SmtpStep step = notify::SmtpStep::kGreeting;  ///< What was last said to the relay.
  int reply_code = 0;  ///< Of the relay's answer to that; 0 if there was none.
  std::string reply;   ///< That answer, its lines joined: "550 5.1.1 no such user". Foreign bytes.
  bool mail_begun = false;
  bool taken = false;  ///< The relay has answered the whole mail with 250.
  bool early = false;  ///< It answered before it was asked: none of its answers can be believed.
  bool malformed = false;  ///< `reply` holds lines that are none of SMTP.
  bool no_login = false;   ///< We left: a user is set, and the relay offers no log-in.
  bool starttls_offered = false;
  bool secured = false;               ///< TLS was agreed on.
  std::vector<std::string> dialogue;  ///< See SmtpConversation::TakeDialogue().
};

/// Runs one SMTP transaction with libcurl, from the connection to QUIT. Blocks until it is over, the
/// time is over, or `stop` is requested.
[[nodiscard]] SmtpOutcome RunSmtpTransaction(const Smarthost& relay, const SmtpEnvelope& envelope,
                                             const SmtpManner& manner, const std::stop_token& stop);

}  // namespace backup_monitor::smtp
