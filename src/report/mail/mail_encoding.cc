#include "report/mail/mail_encoding.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/base64.h"
#include "text/fit_text.h"
#include "text/utf8.h"

namespace backup_monitor::report::mail {
namespace {

constexpr std::size_t kLine = 76;
constexpr std::string_view kOpen = "=?UTF-8?B?";
constexpr std::string_view kClose = "?=";

bool Plain(std::string_view text) {
  return text.find("=?") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || IsGraphic(c); });
}

std::string Hex(char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {'=', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
}

bool Literal(std::string_view line, std::size_t at) {
  const char c = line[at];
  if (c == ' ') return at + 1 < line.size();  // A blank at the end would be lost.
  return IsGraphic(c) && c != '=';
}

void AppendQuotedLine(std::string_view line, std::string& out) {
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool touchy = column == 0 && (line[at] == '.' || line.compare(at, 5, "From ") == 0);
    const std::string piece =
        Literal(line, at) && !touchy ? std::string(1, line[at]) : Hex(line[at]);
    // The last column belongs to the "=" of a soft break.
    if (column + piece.size() > kLine - 1) {
      out += "=\r\n";
      column = 0;
      --at;  // What begins a line may need other care: take this byte again.
      continue;
    }
    out += piece;
    column += piece.size();
  }
  out += "\r\n";
}

template <typename Use>
void EachLine(std::string_view text, Use use) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    use(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

std::string QuotedPrintable(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 4);
  EachLine(text, [&out](std::string_view line) { AppendQuotedLine(line, out); });
  return out;
}

std::string Base64Lines(std::string_view text) {
  std::string canonical;
  EachLine(text, [&canonical](std::string_view line) {
    canonical += line;
    canonical += "\r\n";
  });
  const std::string all = EncodeBase64(canonical);
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += kLine) out += all.substr(at, kLine) + "\r\n";
  return out;
}

}  // namespace

EncodedBody EncodeBody(std::string_view text) {
  std::string quoted = QuotedPrintable(text);
  std::string base64 = Base64Lines(text);
  if (quoted.size() <= base64.size()) return {"quoted-printable", std::move(quoted)};
  return {"base64", std::move(base64)};
}

std::string EncodeHeaderText(std::string_view text, std::size_t column) {
  if (Plain(text) && column + text.size() <= kLine) return std::string{text};
  const std::string repaired = RepairUtf8(text);
  std::string_view rest = repaired;
  std::string encoded;
  while (!rest.empty()) {
    const std::size_t room = kLine - std::min(column, kLine / 2) - kOpen.size() - kClose.size();
    const std::string_view taken = BeginningOf(rest, room / 4 * 3);
    if (!encoded.empty()) encoded += "\r\n ";
    encoded += std::string{kOpen} + EncodeBase64(taken) + std::string{kClose};
    rest.remove_prefix(taken.size());
    column = 1;
  }
  return encoded;
}

}  // namespace backup_monitor::report::mail
