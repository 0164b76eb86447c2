#include "adapters/smtp/smtp_verdict.h"

#include <algorithm>
#include <string>

#include "adapters/smtp/credentials.h"
#include "adapters/smtp/curl_handles.h"
#include "notify/attempt_detail.h"
#include "text/ascii.h"

namespace backup_monitor::smtp {
namespace {

using notify::SmtpStep;

constexpr std::uint16_t kTlsPort = 465;    // RFC 8314, section 3.3
constexpr std::size_t kMostOfReply = 180;  // leaves room for what to do about it

std::string Peer(const Smarthost& relay) { return relay.host + ":" + std::to_string(relay.port); }

bool Refused(const SmtpOutcome& outcome) { return outcome.reply_code >= 400; }

/// The last answer, without its code.
std::string_view TextOf(const SmtpOutcome& outcome) {
  return outcome.reply.size() > 4 ? std::string_view{outcome.reply}.substr(4) : std::string_view{};
}

bool Says(const SmtpOutcome& outcome, std::string_view word) {
  return LowerCase(outcome.reply).find(word) != std::string::npos;
}

/// 5xx replies that ask for authentication or refuse it (RFC 4954, section 6).
bool ConcernsCredentials(int code) {
  return code == 530 || code == 534 || code == 535 || code == 538;
}

/// What an administrator can do about a refusal; empty if nothing is known.
std::string_view Advice(const SmtpOutcome& outcome, const Smarthost& relay) {
  const bool by_relay = outcome.step >= SmtpStep::kMail;
  if (outcome.step == SmtpStep::kStartTls) return "the relay refuses STARTTLS";
  if (!outcome.secured && (Says(outcome, "starttls") || outcome.reply_code == 538)) {
    return "the relay wants encryption: set it to STARTTLS";
  }
  if (outcome.step == SmtpStep::kLogin) return "the relay refuses the user name or password";
  if (ConcernsCredentials(outcome.reply_code) || (by_relay && Says(outcome, "authenticat"))) {
    return relay.username.empty() ? "the relay wants a log-in, and no user is set"
                                  : "the relay wants another user or password";
  }
  if (Says(outcome, "helo"))
    return "the relay does not accept our host name: set mail.smtp.helo_name";
  if (outcome.reply_code < 500) return {};
  if (outcome.step == SmtpStep::kMail || Says(outcome, "sender")) {
    return "the relay does not accept this sender: change it";
  }
  if (by_relay && Says(outcome, "relay") && relay.username.empty()) {
    return "the relay does not forward our mail; it may want a log-in, and no user is set";
  }
  if (outcome.reply_code == 552 && outcome.step >= SmtpStep::kData)
    return "the mail is too large for the relay";
  return {};
}

std::string NoTls(const SmtpOutcome& outcome, const Smarthost& relay, const std::string& words) {
  if (relay.encryption == Encryption::kTls &&
      words.find("wrong version number") != std::string::npos) {
    return "no TLS on port " + std::to_string(relay.port) + " of the relay " + relay.host +
           ": set the encryption to STARTTLS, or the port to " + std::to_string(kTlsPort);
  }
  return "no TLS with the relay " + Peer(relay) + " after " +
         std::string{notify::Name(outcome.step)} + ": " + words;
}

std::string Closed(const SmtpOutcome& outcome, const Smarthost& relay) {
  const bool during = outcome.mail_begun && outcome.step == SmtpStep::kData;
  const bool before = outcome.step == SmtpStep::kGreeting;
  return "the relay " + Peer(relay) + " closed the connection " +
         (during ? "during the mail"
                 : (before ? "before " : "after ") + std::string{notify::Name(outcome.step)});
}

std::string Silent(const SmtpOutcome& outcome, const Smarthost& relay, const SmtpManner& manner) {
  if (outcome.stopped) return "cut short: the service is stopping";
  if (!outcome.connected) return "no connection to the relay " + Peer(relay) + " in time";
  const bool waits_for_tls = outcome.step == SmtpStep::kGreeting && relay.port == kTlsPort &&
                             relay.encryption != Encryption::kTls;
  return "the relay " + Peer(relay) + " did not answer within " +
         std::to_string(std::chrono::ceil<std::chrono::seconds>(manner.timeout).count()) + " s" +
         (waits_for_tls ? ": port 465 wants the encryption TLS" : "");
}

std::string Fault(const SmtpOutcome& outcome, const Smarthost& relay, const SmtpManner& manner) {
  const auto words = outcome.curl_text.empty()
                         ? std::string{curl_easy_strerror(static_cast<CURLcode>(outcome.curl_code))}
                         : outcome.curl_text;
  switch (outcome.curl_code) {
    case CURLE_URL_MALFORMAT: return "the relay's host name is not usable: \"" + relay.host + "\"";
    case CURLE_COULDNT_RESOLVE_HOST: return "the relay's host name is not known: " + relay.host;
    case CURLE_COULDNT_CONNECT: return "no connection to the relay " + Peer(relay) + ": " + words;
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_ABORTED_BY_CALLBACK: return Silent(outcome, relay, manner);
    case CURLE_PEER_FAILED_VERIFICATION: return "the relay's certificate is not trusted: " + words;
    case CURLE_SSL_CACERT_BADFILE:
      return "the file of trusted certificates cannot be read: " + words;
    case CURLE_SSL_CONNECT_ERROR: return NoTls(outcome, relay, words);
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR: return Closed(outcome, relay);
    default: return "the connection to the relay " + Peer(relay) + " failed: " + words;
  }
}

std::string NoLogin(const SmtpOutcome& outcome) {
  if (!outcome.secured && outcome.starttls_offered) {
    return "a user is set, but the relay offers no log-in without encryption: set it to STARTTLS; "
           "nothing was sent";
  }
  return "a user is set, but the relay offers no log-in; nothing was sent";
}

/// A reply says why only where it is the reason: after "250 ok" the fault lies elsewhere.
std::string Detail(const SmtpOutcome& outcome, const Smarthost& relay, const SmtpManner& manner) {
  if (outcome.taken) return outcome.reply;
  if (outcome.no_login) return NoLogin(outcome);
  if (outcome.early && !outcome.stopped) {
    return "the relay " + Peer(relay) +
           " answers before it is asked, so that nothing it says can be believed";
  }
  if (Refused(outcome)) {
    const auto advice = Advice(outcome, relay);
    const auto reply = notify::OneLine(outcome.reply).substr(0, kMostOfReply);
    return advice.empty() ? outcome.reply : reply + " (" + std::string{advice} + ")";
  }
  if (outcome.curl_code == CURLE_USE_SSL_FAILED) return "the relay does not offer STARTTLS";
  if (outcome.curl_code == CURLE_LOGIN_DENIED)
    return "the relay offers no way to log in that we know";
  if (outcome.step == SmtpStep::kContent && (outcome.malformed || outcome.reply_code != 0)) {
    return "the relay's answer to the mail is not understood: " + outcome.reply;
  }
  return Fault(outcome, relay, manner);
}

AttemptResult ResultOf(const SmtpOutcome& outcome) {
  if (outcome.taken) return AttemptResult::kDelivered;
  if (outcome.no_login) return AttemptResult::kRefused;
  if (outcome.early || outcome.malformed || outcome.stopped) return AttemptResult::kTemporary;
  if (outcome.reply_code / 100 == 5) {
    const bool hopeless = notify::NamesRecipient(outcome.step, outcome.reply_code, TextOf(outcome));
    return hopeless ? AttemptResult::kPermanent : AttemptResult::kRefused;
  }
  const bool unusable = !Refused(outcome) && (outcome.curl_code == CURLE_USE_SSL_FAILED ||
                                              outcome.curl_code == CURLE_LOGIN_DENIED);
  return unusable ? AttemptResult::kRefused : AttemptResult::kTemporary;
}

}  // namespace

Attempt JudgeSmtp(const SmtpOutcome& outcome, const Smarthost& relay, const SmtpManner& manner) {
  Attempt attempt;
  attempt.result = ResultOf(outcome);
  attempt.detail = notify::OneLine(WithoutPassword(Detail(outcome, relay, manner), relay));
  if (attempt.result == AttemptResult::kPermanent)
    attempt.answer = notify::AnswerCodes(outcome.reply);
  return attempt;
}

}  // namespace backup_monitor::smtp
