#include "adapters/http/request_head.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "adapters/http/field_line.h"
#include "text/ascii.h"

namespace backup_monitor::http {
namespace {

constexpr std::size_t kMostHeaders = 100;

/// Cuts the text up to `separator` off `rest`; all of it if there is none.
std::string_view Cut(std::string_view& rest, std::string_view separator) {
  const auto end = std::min(rest.find(separator), rest.size());
  const auto part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + separator.size(), rest.size()));
  return part;
}

/// "/path?query", "http://host/path?query" or "*".
std::optional<Refusal> ReadTarget(std::string_view target, RequestHead& head) {
  const bool plain =
      std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  const auto scheme = target.find("://");
  if (scheme != std::string_view::npos && target.front() != '/') {
    const auto slash = target.find('/', scheme + 3);
    auto host = ParseHost(target.substr(scheme + 3, slash - (scheme + 3)));
    if (!host) return Refusal{400, "malformed request target"};
    head.request.host = *std::move(host);  // RFC 9112 section 3.2.2: `Host` does not count then
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  if (!plain || target.empty() || (target.front() != '/' && target != "*")) {
    return Refusal{400, "malformed request target"};
  }
  target = Cut(target, "#");
  head.request.path = Cut(target, "?");
  head.request.query = target;
  return std::nullopt;
}

std::optional<Refusal> ReadRequestLine(std::string_view line, RequestHead& head) {
  const auto method = Cut(line, " ");
  const auto target = Cut(line, " ");
  if (!IsToken(method) || method.size() > 32) return Refusal{400, "malformed request line"};
  if (line == "HTTP/1.0") {
    head.keep_alive = false;
  } else if (line != "HTTP/1.1") {
    const bool other = line.size() == 8 && line.substr(0, 5) == "HTTP/";
    return other ? Refusal{505, "only HTTP/1.0 and HTTP/1.1"}
                 : Refusal{400, "malformed request line"};
  }
  head.request.method = method;
  return ReadTarget(target, head);
}

/// Digits only: no sign, no blank inside, no list.
std::optional<std::uint64_t> Length(std::string_view text) {
  std::uint64_t value = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || failure != std::errc{} || stop != text.data() + text.size())
    return std::nullopt;
  return value;
}

/// Fields of which a second one is refused: a proxy in front might have read the other. Lists aside,
/// a sender must not write one twice (RFC 9110 section 5.3).
enum Single : unsigned {
  kHost = 1U << 0U,
  kContentLength = 1U << 1U,
  kTransferEncoding = 1U << 2U,
  kContentType = 1U << 3U,
  kAuthorization = 1U << 4U,
  kOrigin = 1U << 5U,
  kSecFetchSite = 1U << 6U,
};

struct SingleName {
  std::string_view name;
  Single single;
};

constexpr std::array kSingles{SingleName{"Host", kHost},
                              SingleName{"Content-Length", kContentLength},
                              SingleName{"Transfer-Encoding", kTransferEncoding},
                              SingleName{"Content-Type", kContentType},
                              SingleName{"Authorization", kAuthorization},
                              SingleName{"Origin", kOrigin},
                              SingleName{"Sec-Fetch-Site", kSecFetchSite}};

class FieldReader {
 public:
  FieldReader(RequestHead& head, bool http_1_0)
      : head_{head}, http_1_0_{http_1_0}, target_names_host_{!head.request.host.name.empty()} {}

  std::optional<Refusal> Read(std::string_view line) {
    const auto field = ParseFieldLine(line);
    if (!field) return Refusal{400, "malformed header"};
    for (const auto& [name, single] : kSingles) {
      if (!EqualInAnyCase(field->name, name)) continue;
      if ((seen_ & single) != 0) return Refusal{400, "more than one " + std::string{name}};
      seen_ |= single;
      return ReadSingle(single, field->value);
    }
    return ReadOther(*field);
  }

  std::optional<Refusal> Finish() const {
    if ((seen_ & kHost) == 0 && !http_1_0_) return Refusal{400, "a Host header is needed"};
    if (!head_.chunked) return std::nullopt;
    if ((seen_ & kContentLength) != 0)
      return Refusal{400, "both Content-Length and Transfer-Encoding"};
    if (http_1_0_) return Refusal{400, "Transfer-Encoding in HTTP/1.0"};
    return std::nullopt;
  }

 private:
  std::optional<Refusal> ReadSingle(Single single, std::string_view value) {
    HttpRequest& request = head_.request;
    switch (single) {
      case kHost: return ReadHost(value);
      case kContentLength: return ReadLength(value);
      case kTransferEncoding: return ReadCoding(value);
      case kContentType: request.content_type = value; break;
      case kAuthorization: request.authorization = value; break;
      case kOrigin: request.origin = value; break;
      case kSecFetchSite: request.sec_fetch_site = value; break;
    }
    return std::nullopt;
  }

  std::optional<Refusal> ReadOther(const FieldLine& field) {
    if (EqualInAnyCase(field.name, "connection")) ReadConnection(field.value);
    if (EqualInAnyCase(field.name, "user-agent")) head_.request.user_agent = field.value;
    if (EqualInAnyCase(field.name, "content-encoding")) ReadContentCoding(field.value);
    if (EqualInAnyCase(field.name, "expect")) {
      if (!EqualInAnyCase(field.value, "100-continue")) return Refusal{417, "unknown expectation"};
      head_.expects_continue = !http_1_0_;
    }
    return std::nullopt;
  }

  std::optional<Refusal> ReadHost(std::string_view value) {
    auto host = ParseHost(value);
    if (!host) return Refusal{400, "malformed Host header"};
    if (!target_names_host_) head_.request.host = *std::move(host);
    return std::nullopt;
  }

  /// RFC 9112 section 6.1: the framing must be clear, and a coding that is not known is a 501.
  std::optional<Refusal> ReadCoding(std::string_view value) {
    if (!EqualInAnyCase(value, "chunked")) return Refusal{501, "only the transfer coding chunked"};
    head_.chunked = true;
    return std::nullopt;
  }

  /// A list, which may come in several lines.
  void ReadContentCoding(std::string_view value) {
    std::string& all = head_.request.content_encoding;
    if (!all.empty() && !value.empty()) all += ", ";
    all += value;
  }

  std::optional<Refusal> ReadLength(std::string_view value) {
    const auto length = Length(value);
    if (!length) return Refusal{400, "Content-Length is not a number"};
    head_.body_bytes = *length;
    return std::nullopt;
  }

  void ReadConnection(std::string_view value) {
    while (!value.empty()) {
      const auto option = Trimmed(Cut(value, ","));
      if (EqualInAnyCase(option, "close")) closing_ = true;
      if (EqualInAnyCase(option, "keep-alive") && http_1_0_)
        head_.keep_alive = head_.says_keep_alive = true;
    }
    if (closing_) head_.keep_alive = head_.says_keep_alive = false;
  }

  RequestHead& head_;
  bool http_1_0_;
  bool target_names_host_;
  bool closing_ = false;
  unsigned seen_ = 0;  ///< Bits of Single.
};

}  // namespace

std::variant<RequestHead, Refusal> ParseRequestHead(std::string_view text) {
  RequestHead head;
  if (auto refusal = ReadRequestLine(Cut(text, "\r\n"), head)) return *std::move(refusal);
  FieldReader fields{head, !head.keep_alive};
  for (std::size_t count = 0; !text.empty(); ++count) {
    const auto line = Cut(text, "\r\n");
    if (line.empty()) break;
    if (count == kMostHeaders) return Refusal{431, "too many headers"};
    if (auto refusal = fields.Read(line)) return *std::move(refusal);
  }
  if (auto refusal = fields.Finish()) return *std::move(refusal);
  return head;
}

}  // namespace backup_monitor::http
