#include "adapters/smtp/smtp_transfer.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

#include "adapters/smtp/curl_handles.h"
#include "adapters/smtp/helo_name.h"
#include "adapters/smtp/smtp_conversation.h"

namespace backup_monitor::smtp {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kFarewell{2000};  // for the answer to QUIT

/// What libcurl's callbacks read and write during one transaction.
struct Transfer {
  SmtpConversation talk;
  std::stop_token stop;
  steady_clock::time_point deadline;
  std::vector<int> sockets{};  ///< Those open now; more than one while several addresses are tried.
  std::array<char, CURL_ERROR_SIZE> error_text{};

  /// Bytes that have come over the connection so far, read by libcurl or not. None where the kernel does
  /// not count them (before Linux 4.1).
  [[nodiscard]] std::optional<std::uint64_t> BytesReceived() const {
    for (const int socket : sockets) {
      tcp_info info{};
      socklen_t length = sizeof(info);
      if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) continue;
      if (length < offsetof(tcp_info, tcpi_bytes_received) + sizeof(info.tcpi_bytes_received))
        continue;
      if (info.tcpi_bytes_received > 0) return info.tcpi_bytes_received;
    }
    return std::nullopt;
  }
};

std::size_t GiveMail(char* to, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const auto part = transfer.talk.Give(size * count, transfer.BytesReceived());
  std::memcpy(to, part.data(), part.size());
  return part.size();
}

/// Called with each line the relay says: "250-SIZE 1000\r\n".
std::size_t HearLine(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const bool go_on = transfer.talk.Heard({data, size * count}, transfer.BytesReceived());
  return go_on ? size * count : 0;
}

/// Called with all that passes. Nothing of it is kept here: it holds the credentials.
int Notice(CURL*, curl_infotype type, char* data, std::size_t size, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (type != CURLINFO_HEADER_OUT) return 0;
  transfer.talk.Sent({data, size});
  if (transfer.talk.leaving()) {
    transfer.deadline = std::min(transfer.deadline, steady_clock::now() + kFarewell);
  }
  return 0;
}

/// Called at least once a second, also while libcurl waits for the answer to QUIT.
int MayGoOn(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto& transfer = *static_cast<Transfer*>(user);
  return transfer.stop.stop_requested() || steady_clock::now() > transfer.deadline ? 1 : 0;
}

curl_socket_t OpenSocket(void* user, curlsocktype, curl_sockaddr* address) {
  const int opened = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (opened >= 0) static_cast<Transfer*>(user)->sockets.push_back(opened);
  return opened < 0 ? CURL_SOCKET_BAD : opened;
}

int CloseSocket(void* user, curl_socket_t socket) {
  std::erase(static_cast<Transfer*>(user)->sockets, socket);
  return ::close(socket);
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
  curl_easy_setopt(
      curl, CURLOPT_SERVER_RESPONSE_TIMEOUT,
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

void SetConversation(CURL* curl, Transfer& transfer, std::size_t mail_bytes) {
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer.error_text.data());
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail_bytes));
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, &GiveMail);
  curl_easy_setopt(curl, CURLOPT_READDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &HearLine);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, &Notice);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &MayGoOn);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, &OpenSocket);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_CLOSESOCKETFUNCTION, &CloseSocket);
  curl_easy_setopt(curl, CURLOPT_CLOSESOCKETDATA, &transfer);
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

/// Where libcurl would connect to first, found by letting it resolve the name and then refusing the socket.
curl_socket_t NotePeer(void* user, curlsocktype, curl_sockaddr* address) {
  auto& literal = *static_cast<std::string*>(user);
  if (literal.empty()) literal = AddressLiteralTowards(&address->addr, address->addrlen);
  return CURL_SOCKET_BAD;
}

int StopsResolving(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::stop_token*>(user)->stop_requested() ? 1 : 0;
}

/// The name for EHLO; empty if the relay's name cannot be resolved, which the transaction will report.
std::string HeloNameFor(const Smarthost& relay, const SmtpManner& manner, std::stop_token stop) {
  if (!manner.helo_name.empty()) return manner.helo_name;
  if (auto name = FullHostName(); !name.empty()) return name;
  std::string literal;
  const CurlEasy curl{curl_easy_init()};
  const auto url = UrlOf(relay, "");
  if (!curl || !url) return literal;
  curl_easy_setopt(curl.get(), CURLOPT_CURLU, url.get());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  SetTime(curl.get(), manner);
  curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETFUNCTION, &NotePeer);
  curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETDATA, &literal);
  curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFOFUNCTION, &StopsResolving);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFODATA, &stop);
  static_cast<void>(Perform(curl.get(), stop));
  return literal;
}

void Conclude(CURL* curl, Transfer& transfer, SmtpOutcome& outcome) {
  double connect_seconds = 0;
  curl_easy_getinfo(curl, CURLINFO_CONNECT_TIME, &connect_seconds);
  auto& talk = transfer.talk;
  outcome.curl_text = transfer.error_text.data();
  outcome.connected = connect_seconds > 0;
  outcome.stopped = transfer.stop.stop_requested();
  outcome.step = talk.step();
  outcome.reply_code = talk.reply_code();
  outcome.reply = talk.reply();
  outcome.mail_begun = talk.mail_begun();
  outcome.taken = talk.taken();
  outcome.early = talk.early();
  outcome.malformed = talk.malformed();
  outcome.no_login = talk.no_login();
  outcome.starttls_offered = talk.starttls_offered();
  outcome.secured = talk.secured();
  outcome.dialogue = talk.TakeDialogue();
}

}  // namespace

SmtpOutcome RunSmtpTransaction(const Smarthost& relay, const SmtpEnvelope& envelope,
                               const SmtpManner& manner, const std::stop_token& stop) {
  InitializeCurl();
  SmtpOutcome outcome;
  Transfer transfer{.talk = {envelope.mail, relay},
                    .stop = stop,
                    .deadline = steady_clock::now() + manner.timeout};
  const CurlEasy curl{curl_easy_init()};
  const auto url = UrlOf(relay, HeloNameFor(relay, manner, stop));
  const CurlList recipients{curl_slist_append(nullptr, ("<" + envelope.recipient + ">").c_str())};
  if (!curl || !url) {
    outcome.curl_code = curl ? CURLE_URL_MALFORMAT : CURLE_OUT_OF_MEMORY;
    return outcome;
  }
  curl_easy_setopt(curl.get(), CURLOPT_CURLU, url.get());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl.get(), CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, ("<" + envelope.sender + ">").c_str());
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
  SetTime(curl.get(), manner);
  SetSecurity(curl.get(), relay, manner);
  SetConversation(curl.get(), transfer, envelope.mail.size());

  outcome.curl_code = Perform(curl.get(), stop);
  Conclude(curl.get(), transfer, outcome);
  return outcome;
}

}  // namespace backup_monitor::smtp
