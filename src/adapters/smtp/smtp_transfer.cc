#include "adapters/smtp/smtp_transfer.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "adapters/smtp/curl_handles.h"

namespace backup_monitor {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kLongestReply = 4096;
constexpr std::chrono::milliseconds kFarewell{2000};  // for the answer to QUIT

/// What libcurl's callbacks read and write during one transaction.
struct Conversation {
  std::string_view unsent;
  SmtpOutcome outcome;
  bool reply_complete = true;
  bool leaving = false;  ///< QUIT was sent: what the relay says to it does not count.
  std::stop_token stop;
  steady_clock::time_point deadline;
  std::array<char, CURL_ERROR_SIZE> error_text{};
};

std::size_t GiveMail(char* to, std::size_t size, std::size_t count, void* user) {
  auto& talk = *static_cast<Conversation*>(user);
  const auto length = std::min(size * count, talk.unsent.size());
  std::memcpy(to, talk.unsent.data(), length);
  talk.unsent.remove_prefix(length);
  if (talk.unsent.empty()) talk.outcome.mail_sent = true;
  return length;
}

/// Called with each line the relay says: "250-SIZE 1000\r\n".
std::size_t HearLine(char* data, std::size_t size, std::size_t count, void* user) {
  auto& talk = *static_cast<Conversation*>(user);
  std::string_view line{data, size * count};
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  const bool is_reply = line.size() >= 3 && std::all_of(line.begin(), line.begin() + 3, [](char c) {
                          return c >= '0' && c <= '9';
                        });
  if (talk.leaving || !is_reply) return size * count;
  auto& reply = talk.outcome.reply;
  if (talk.reply_complete) reply = line.substr(0, 3);
  if (line.size() > 4 && reply.size() < kLongestReply) reply.append(" ").append(line.substr(4));
  talk.reply_complete = line.size() == 3 || line[3] != '-';
  talk.outcome.reply_code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  if (talk.reply_complete && talk.outcome.mail_sent) talk.outcome.answered = true;
  return size * count;
}

/// Called with all that passes, of which only the moment of QUIT matters. Nothing of it is kept: it
/// holds the credentials.
int Notice(CURL*, curl_infotype type, char* data, std::size_t size, void* user) {
  auto& talk = *static_cast<Conversation*>(user);
  if (type == CURLINFO_HEADER_OUT && std::string_view{data, size}.starts_with("QUIT\r")) {
    talk.leaving = true;
    talk.deadline = std::min(talk.deadline, steady_clock::now() + kFarewell);
  }
  return 0;
}

/// Called at least once a second, also while libcurl waits for the answer to QUIT.
int MayGoOn(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto& talk = *static_cast<Conversation*>(user);
  return talk.stop.stop_requested() || steady_clock::now() > talk.deadline ? 1 : 0;
}

CurlUrl UrlOf(const Smarthost& relay, const std::string& helo_name) {
  CurlUrl url{curl_url()};
  const bool tls = relay.encryption == Encryption::kTls;
  // An IPv6 address wants its brackets. Set part by part: no foreign text can reach beyond its part.
  const bool bare_ipv6 = relay.host.find(':') != std::string::npos && !relay.host.starts_with('[');
  const auto host = bare_ipv6 ? "[" + relay.host + "]" : relay.host;
  const auto path = "/" + helo_name;
  const bool made =
      url && !host.empty() &&
      curl_url_set(url.get(), CURLUPART_SCHEME, tls ? "smtps" : "smtp", 0) == CURLUE_OK &&
      curl_url_set(url.get(), CURLUPART_HOST, host.c_str(), 0) == CURLUE_OK &&
      curl_url_set(url.get(), CURLUPART_PORT, std::to_string(relay.port).c_str(), 0) == CURLUE_OK &&
      curl_url_set(url.get(), CURLUPART_PATH, path.c_str(), CURLU_URLENCODE) == CURLUE_OK;
  return made ? std::move(url) : nullptr;
}

void SetTime(CURL* curl, const SmtpManner& manner) {
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(std::min(manner.connect_timeout, manner.timeout).count()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(manner.timeout.count()));
  // The total above does not count for QUIT, so that each reply has its limit too.
  curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                   static_cast<long>(std::chrono::ceil<std::chrono::seconds>(manner.timeout).count()));
}

void SetSecurity(CURL* curl, const Smarthost& relay, const SmtpManner& manner) {
  curl_easy_setopt(curl, CURLOPT_USE_SSL,
                   static_cast<long>(relay.encryption == Encryption::kStartTls ? CURLUSESSL_ALL
                                                                               : CURLUSESSL_NONE));
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, relay.tls_verify ? 1L : 0L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, relay.tls_verify ? 2L : 0L);
  if (!manner.ca_bundle.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, manner.ca_bundle.c_str());
  if (relay.username.empty()) return;
  curl_easy_setopt(curl, CURLOPT_USERNAME, relay.username.c_str());
  curl_easy_setopt(curl, CURLOPT_PASSWORD, relay.password.Reveal().c_str());
}

void SetConversation(CURL* curl, Conversation& talk) {
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, talk.error_text.data());
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(talk.unsent.size()));
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, &GiveMail);
  curl_easy_setopt(curl, CURLOPT_READDATA, &talk);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &HearLine);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &talk);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, &Notice);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &talk);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &MayGoOn);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &talk);
}

/// The multi interface, because its poll can be woken from another thread. A transfer that is stopped
/// is ended by MayGoOn() and never by taking its handle away: libcurl 7.88 would send the dot that ends
/// the mail, and the relay would take what it has for the whole.
CURLcode Perform(CURL* curl, const std::stop_token& stop) {
  const CurlMulti multi{curl_multi_init()};
  if (!multi || curl_multi_add_handle(multi.get(), curl) != CURLM_OK) return CURLE_OUT_OF_MEMORY;
  auto code = CURLE_ABORTED_BY_CALLBACK;
  {
    const std::stop_callback wake{stop, [&multi] { curl_multi_wakeup(multi.get()); }};
    for (int running = 1; running > 0;) {
      if (curl_multi_perform(multi.get(), &running) != CURLM_OK) break;
      if (running > 0) curl_multi_poll(multi.get(), nullptr, 0, 1000, nullptr);
    }
  }
  int left = 0;
  if (const auto* message = curl_multi_info_read(multi.get(), &left)) code = message->data.result;
  curl_multi_remove_handle(multi.get(), curl);
  return code;
}

}  // namespace

SmtpOutcome RunSmtpTransaction(const Smarthost& relay, const SmtpEnvelope& envelope,
                               const SmtpManner& manner, const std::stop_token& stop) {
  InitializeCurl();
  Conversation talk{.unsent = envelope.mail, .outcome = {}, .stop = stop,
                    .deadline = steady_clock::now() + manner.timeout};
  const CurlEasy curl{curl_easy_init()};
  const auto url = UrlOf(relay, manner.helo_name);
  const CurlList recipients{curl_slist_append(nullptr, ("<" + envelope.recipient + ">").c_str())};
  if (!curl || !url) {
    talk.outcome.curl_code = curl ? CURLE_URL_MALFORMAT : CURLE_OUT_OF_MEMORY;
    return talk.outcome;
  }
  curl_easy_setopt(curl.get(), CURLOPT_CURLU, url.get());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl.get(), CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, ("<" + envelope.sender + ">").c_str());
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
  SetTime(curl.get(), manner);
  SetSecurity(curl.get(), relay, manner);
  SetConversation(curl.get(), talk);

  const auto code = Perform(curl.get(), stop);
  double connect_seconds = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_CONNECT_TIME, &connect_seconds);
  talk.outcome.curl_code = code;
  talk.outcome.curl_text = talk.error_text.data();
  talk.outcome.connected = connect_seconds > 0;
  talk.outcome.stopped = stop.stop_requested();
  return talk.outcome;
}

}  // namespace backup_monitor
