#include "report/mail/header_words.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/base64.h"
#include "text/fit_text.h"
#include "text/utf8.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kHeaderLine = 76;
constexpr std::string_view kOpen = "=?UTF-8?B?";
constexpr std::string_view kClose = "?=";

bool Plain(std::string_view text) {
  return text.find("=?") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || IsGraphic(c); });
}

}  // namespace

std::string EncodeHeaderText(std::string_view text, std::size_t column) {
  if (Plain(text) && column + text.size() <= kHeaderLine) return std::string{text};
  const std::string repaired = RepairUtf8(text);
  std::string_view rest = repaired;
  std::string encoded;
  while (!rest.empty()) {
    const std::size_t room = kHeaderLine - std::min(column, kHeaderLine / 2) - kOpen.size() - kClose.size();
    const std::string_view taken = BeginningOf(rest, room / 4 * 3);
    if (!encoded.empty()) encoded += "\r\n ";
    encoded += std::string{kOpen} + EncodeBase64(taken) + std::string{kClose};
    rest.remove_prefix(taken.size());
    column = 1;
  }
  return encoded;
}

}  // namespace backup_monitor
