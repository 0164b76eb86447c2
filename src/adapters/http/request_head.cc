#include "adapters/http/request_head.h"

#include <algorithm>
#include <charconv>

namespace backup_monitor {
namespace {

constexpr std::size_t kMostHeaders = 100;

bool IsTokenByte(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return c != '\0' && std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenByte);
}

bool IsFieldByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

bool SameWord(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [lower](char x, char y) { return lower(x) == lower(y); });
}

std::string_view Trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Cuts the text up to `separator` off `rest`; all of it if there is none.
std::string_view Cut(std::string_view& rest, std::string_view separator) {
  const auto end = std::min(rest.find(separator), rest.size());
  const auto part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + separator.size(), rest.size()));
  return part;
}

/// "/path?query", "http://host/path?query" (RFC 9112 section 3.2.2) or "*".
std::optional<Refusal> ReadTarget(std::string_view target, HttpRequest& request) {
  const bool plain =
      std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  const auto scheme = target.find("://");
  if (scheme != std::string_view::npos && target.front() != '/') {
    const auto slash = target.find('/', scheme + 3);
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  if (!plain || target.empty() || (target.front() != '/' && target != "*")) {
    return Refusal{400, "malformed request target"};
  }
  target = Cut(target, "#");
  request.path = Cut(target, "?");
  request.query = target;
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
  return ReadTarget(target, head.request);
}

/// Digits only: no sign, no blank inside, no list.
std::optional<std::uint64_t> Length(std::string_view text) {
  std::uint64_t value = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || failure != std::errc{} || stop != text.data() + text.size())
    return std::nullopt;
  return value;
}

class FieldReader {
 public:
  FieldReader(RequestHead& head, bool http_1_0) : head_{head}, http_1_0_{http_1_0} {}

  std::optional<Refusal> Read(std::string_view line) {
    const auto colon = line.find(':');
    const auto name = line.substr(0, std::min(colon, line.size()));
    if (colon == std::string_view::npos || !IsToken(name)) return Refusal{400, "malformed header"};
    const auto value = Trimmed(line.substr(colon + 1));
    if (!std::all_of(value.begin(), value.end(), IsFieldByte))
      return Refusal{400, "malformed header"};
    return Take(name, value);
  }

  std::optional<Refusal> Finish() const {
    if (encoded_ && length_) return Refusal{400, "both Content-Length and Transfer-Encoding"};
    if (encoded_) return Refusal{411, "a Content-Length is needed"};
    return std::nullopt;
  }

 private:
  std::optional<Refusal> Take(std::string_view name, std::string_view value) {
    HttpRequest& request = head_.request;
    if (SameWord(name, "content-length")) return TakeLength(value);
    if (SameWord(name, "transfer-encoding")) encoded_ = true;
    if (SameWord(name, "connection")) TakeConnection(value);
    if (SameWord(name, "authorization")) request.authorization = value;
    if (SameWord(name, "content-type")) request.content_type = value;
    if (SameWord(name, "user-agent")) request.user_agent = value;
    if (SameWord(name, "expect")) {
      if (!SameWord(value, "100-continue")) return Refusal{417, "unknown expectation"};
      head_.expects_continue = !http_1_0_;
    }
    return std::nullopt;
  }

  std::optional<Refusal> TakeLength(std::string_view value) {
    if (length_) return Refusal{400, "more than one Content-Length"};
    length_ = Length(value);
    if (!length_) return Refusal{400, "Content-Length is not a number"};
    head_.body_bytes = *length_;
    return std::nullopt;
  }

  void TakeConnection(std::string_view value) {
    while (!value.empty()) {
      const auto option = Trimmed(Cut(value, ","));
      if (SameWord(option, "close")) closing_ = true;
      if (SameWord(option, "keep-alive") && http_1_0_)
        head_.keep_alive = head_.says_keep_alive = true;
    }
    if (closing_) head_.keep_alive = head_.says_keep_alive = false;
  }

  RequestHead& head_;
  bool http_1_0_;
  bool closing_ = false;
  bool encoded_ = false;
  std::optional<std::uint64_t> length_;
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

}  // namespace backup_monitor
