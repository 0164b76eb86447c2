#include "report/header_words.h"

#include <algorithm>
#include <ctime>

#include "base/utf8.h"
#include "report/foreign_text.h"
#include "report/transfer_encoding.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kLine = 76;
constexpr std::string_view kOpen = "=?UTF-8?B?";
constexpr std::string_view kClose = "?=";

bool Plain(std::string_view text) {
  return text.find("=?") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// How many bytes of `text` fit into one encoded-word with `room` bytes, whole characters only; at
// least one character.
std::size_t Fitting(std::string_view text, std::size_t room) {
  const std::size_t most = room / 4 * 3;
  std::size_t taken = 0;
  while (taken < text.size()) {
    const std::size_t next = taken + NextCharacter(text.substr(taken)).bytes;
    if (next > most && taken > 0) break;
    taken = next;
  }
  return taken;
}

}  // namespace

std::string EncodeHeaderText(std::string_view text, std::size_t column) {
  if (Plain(text) && column + text.size() <= kLine) return std::string{text};
  const std::string repaired = RepairUtf8(text);
  std::string_view rest = repaired;
  std::string encoded;
  while (!rest.empty()) {
    const std::size_t room = kLine - std::min(column, kLine / 2) - kOpen.size() - kClose.size();
    const std::size_t taken = Fitting(rest, room);
    if (!encoded.empty()) encoded += "\r\n ";
    encoded += std::string{kOpen} + Base64(rest.substr(0, taken)) + std::string{kClose};
    rest.remove_prefix(taken);
    column = 1;
  }
  return encoded;
}

std::string HeaderDate(Time time) {
  static constexpr const char* kWeekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t moment = time.time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&moment, &parts);
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::string{kWeekdays[parts.tm_wday]} + ", " + two(parts.tm_mday) + " " +
         kMonths[parts.tm_mon] + " " + std::to_string(parts.tm_year + 1900) + " " +
         two(parts.tm_hour) + ":" + two(parts.tm_min) + ":" + two(parts.tm_sec) + " +0000";
}

}  // namespace backup_monitor
