#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>

#include "model/smarthost.h"

namespace backup_monitor {

/// One mail for one recipient, as SMTP carries it.
struct SmtpEnvelope {
  std::string sender;
  std::string recipient;
  std::string_view mail;  ///< RFC 5322 with CRLF line ends. Not yet dot-stuffed.
};

/// How we speak to a relay.
struct SmtpManner {
  std::string helo_name;  ///< Empty: the machine's own host name.
  std::chrono::milliseconds connect_timeout{15'000};
  std::chrono::milliseconds timeout{60'000};  ///< For the whole transaction.
  std::string ca_bundle;                      ///< File; may be empty, then nothing is trusted.
};

/// What a transaction came to, in libcurl's terms and the relay's.
struct SmtpOutcome {
  int curl_code = 0;      ///< A CURLcode.
  std::string curl_text;  ///< libcurl's own words for it; may be empty.
  int reply_code = 0;     ///< Of the relay's last reply that counts; 0 if there was none.
  std::string reply;      ///< That reply, its lines joined: "550 5.1.1 no such user". Foreign bytes.
  bool connected = false;
  bool mail_sent = false;  ///< The whole mail was handed over.
  bool answered = false;   ///< And `reply` is the relay's complete answer to it.
  bool stopped = false;
};

/// Runs one SMTP transaction with libcurl, from the connection to QUIT. Blocks until it is over, the
/// time is over, or `stop` is requested.
[[nodiscard]] SmtpOutcome RunSmtpTransaction(const Smarthost& relay, const SmtpEnvelope& envelope,
                                             const SmtpManner& manner, const std::stop_token& stop);

}  // namespace backup_monitor
