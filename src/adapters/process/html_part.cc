#include "adapters/process/html_part.h"

#include <cstddef>
#include <string_view>

#include "text/ascii.h"
#include "text/base64.h"

namespace backup_monitor {
namespace {

/// The headers of `entity`, folded lines joined, in lower case: one string, a line each.
std::string HeadersOf(std::string_view entity) {
  auto headers = LowerCase(entity.substr(0, entity.find("\r\n\r\n"))) + "\r\n";
  for (const char* fold : {"\r\n ", "\r\n\t"}) {
    for (auto at = headers.find(fold); at != std::string::npos; at = headers.find(fold, at)) {
      headers.replace(at, 3, " ");
    }
  }
  return "\r\n" + headers;
}

std::string_view BodyOf(std::string_view entity) {
  const auto gap = entity.find("\r\n\r\n");
  return gap == std::string_view::npos ? std::string_view{} : entity.substr(gap + 4);
}

/// Case matters in a boundary, so it is read from the mail itself.
std::string Boundary(std::string_view mail) {
  const auto head = mail.substr(0, mail.find("\r\n\r\n"));
  auto at = LowerCase(head).find("boundary=");
  if (at == std::string::npos) return {};
  at += 9;
  const bool quoted = at < head.size() && head[at] == '"';
  const auto start = quoted ? at + 1 : at;
  const auto end = head.find_first_of(quoted ? "\"" : "; \t\r\n", start);
  return std::string{head.substr(start, end == std::string_view::npos ? end : end - start)};
}

int HexDigit(char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto at = kDigits.find(Lower(c));
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::string FromQuotedPrintable(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      bytes += text[i];
    } else if (text.substr(i + 1, 2) == "\r\n") {
      i += 2;
    } else if (i + 2 < text.size() && HexDigit(text[i + 1]) >= 0 && HexDigit(text[i + 2]) >= 0) {
      bytes += static_cast<char>(HexDigit(text[i + 1]) * 16 + HexDigit(text[i + 2]));
      i += 2;
    }
  }
  return bytes;
}

}  // namespace

std::string HtmlPart(std::string_view mail) {
  const auto boundary = Boundary(mail);
  if (boundary.empty()) return {};
  const auto line = "\r\n--" + boundary;
  for (auto at = mail.find(line); at != std::string_view::npos; at = mail.find(line, at + 1)) {
    const auto start = mail.find("\r\n", at + line.size());
    if (start == std::string_view::npos) break;
    auto part = mail.substr(start + 2);
    part = part.substr(0, part.find(line));
    const auto headers = HeadersOf(part);
    if (headers.find("\r\ncontent-type: text/html") == std::string::npos) continue;
    const bool printable = headers.find("quoted-printable") != std::string::npos;
    const bool base64 = !printable && headers.find("encoding: base64") != std::string::npos;
    auto html = printable ? FromQuotedPrintable(BodyOf(part))
                : base64  ? DecodeBase64(BodyOf(part))
                          : std::string{BodyOf(part)};
    std::erase(html, '\r');
    return html;
  }
  return {};
}

}  // namespace backup_monitor
