#include "cluster/iso_time.h"

#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>

namespace backup_monitor {
namespace {

constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool HasForm(std::string_view text) {
  if (text.size() < kForm.size()) return false;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] == 'd' ? !IsDigit(text[i]) : text[i] != kForm[i]) return false;
  }
  return true;
}

bool IsUtcEnding(std::string_view text) {
  if (text.starts_with('.')) {
    std::size_t digits = 1;
    while (digits < text.size() && IsDigit(text[digits])) ++digits;
    if (digits == 1) return false;
    text.remove_prefix(digits);
  }
  return text == "Z" || text == "+00:00";
}

int Number(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  std::from_chars(text.data() + at, text.data() + at + digits, value);
  return value;
}

}  // namespace

Result<Time> ParseIsoTime(std::string_view text) {
  using std::chrono::day, std::chrono::month, std::chrono::year;
  const auto refuse = [] {
    return Fail(ErrorCode::kInvalidInput, "not a time like 2024-01-15T03:00:05Z");
  };
  if (!HasForm(text) || !IsUtcEnding(text.substr(kForm.size()))) return refuse();
  const std::chrono::year_month_day date{year{Number(text, 0, 4)},
                                         month{static_cast<unsigned>(Number(text, 5, 2))},
                                         day{static_cast<unsigned>(Number(text, 8, 2))}};
  const int hour = Number(text, 11, 2);
  const int minute = Number(text, 14, 2);
  const int second = Number(text, 17, 2);
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return refuse();
  return Time{std::chrono::sys_days{date} + std::chrono::hours{hour} +
              std::chrono::minutes{minute} + seconds{second}};
}

}  // namespace backup_monitor
