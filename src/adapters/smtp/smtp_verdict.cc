#include "adapters/smtp/smtp_verdict.h"

#include <array>
#include <string>

#include "adapters/smtp/curl_handles.h"
#include "notify/attempt_detail.h"

namespace backup_monitor {
namespace {

/// Replies that ask for authentication or refuse it (RFC 4954 section 6): they concern the
/// credentials, not the recipient.
bool ConcernsCredentials(int code) {
  return code == 530 || code == 534 || code == 535 || code == 538;
}

/// libcurl 7.88 (lib/smtp.c): a refused MAIL, RCPT or DATA is CURLE_SEND_ERROR, a refused mail
/// CURLE_WEIRD_SERVER_REPLY, which a refusing greeting is too.
bool ConcernsRecipient(const SmtpOutcome& outcome) {
  if (outcome.reply_code / 100 != 5 || ConcernsCredentials(outcome.reply_code)) return false;
  return outcome.curl_code == CURLE_SEND_ERROR ||
         (outcome.curl_code == CURLE_WEIRD_SERVER_REPLY && outcome.answered);
}

std::string Base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned int group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8U | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      text += i + j > bytes.size() ? '=' : kDigits[group >> (18 - 6 * j) & 63U];
    }
  }
  return text;
}

std::string Fault(const SmtpOutcome& outcome, const Smarthost& relay, const SmtpManner& manner) {
  const auto peer = relay.host + ":" + std::to_string(relay.port);
  const auto words = outcome.curl_text.empty()
                         ? std::string{curl_easy_strerror(static_cast<CURLcode>(outcome.curl_code))}
                         : outcome.curl_text;
  switch (outcome.curl_code) {
    case CURLE_URL_MALFORMAT: return "the relay's host name is not usable: " + relay.host;
    case CURLE_COULDNT_RESOLVE_HOST: return "the relay's host name is not known: " + relay.host;
    case CURLE_COULDNT_CONNECT: return "no connection to the relay " + peer + ": " + words;
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_ABORTED_BY_CALLBACK:
      if (outcome.stopped) return "cut short: the service is stopping";
      if (!outcome.connected) return "no connection to the relay " + peer + " in time";
      return "the relay " + peer + " did not answer within " +
             std::to_string(std::chrono::ceil<std::chrono::seconds>(manner.timeout).count()) + " s";
    case CURLE_PEER_FAILED_VERIFICATION: return "the relay's certificate is not trusted: " + words;
    case CURLE_SSL_CACERT_BADFILE: return "the file of trusted certificates cannot be read: " + words;
    case CURLE_SSL_CONNECT_ERROR: return "no TLS with the relay " + peer + ": " + words;
    default: return "the connection to the relay " + peer + " failed: " + words;
  }
}

/// A reply says why only where it is the reason: after "250 ok" the fault lies elsewhere.
std::string Detail(const SmtpOutcome& outcome, const Smarthost& relay, const SmtpManner& manner) {
  const bool refused = outcome.reply_code >= 400;
  if (outcome.curl_code == CURLE_OK) return outcome.reply;
  if (outcome.curl_code == CURLE_USE_SSL_FAILED) {
    return refused ? outcome.reply + " (the relay refuses STARTTLS)"
                   : "the relay does not offer STARTTLS";
  }
  if (outcome.curl_code == CURLE_LOGIN_DENIED) {
    return refused ? outcome.reply + " (the relay refuses the credentials)"
                   : "the relay offers no way to log in that we know";
  }
  if (refused && ConcernsCredentials(outcome.reply_code)) {
    return outcome.reply + " (the relay wants other credentials)";
  }
  return refused ? outcome.reply : Fault(outcome, relay, manner);
}

}  // namespace

Attempt JudgeSmtp(const SmtpOutcome& outcome, const Smarthost& relay, const SmtpManner& manner) {
  Attempt attempt;
  const bool taken = outcome.answered && outcome.reply_code / 100 == 2;
  if (taken) attempt.result = AttemptResult::kDelivered;
  else if (ConcernsRecipient(outcome)) attempt.result = AttemptResult::kPermanent;
  else attempt.result = AttemptResult::kTemporary;

  auto detail = taken ? outcome.reply : Detail(outcome, relay, manner);
  const auto& password = relay.password.Reveal();
  const auto plain = std::string{'\0'} + relay.username + '\0' + password;
  for (const auto& secret : {password, Base64(password), Base64(plain)}) {
    if (!password.empty()) detail = Redacted(std::move(detail), secret);
  }
  attempt.detail = OneLine(detail);
  return attempt;
}

}  // namespace backup_monitor
