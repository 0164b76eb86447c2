#include "base/rfc3339.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace backup_monitor {
namespace {

/// Reads from the front of a text, and remembers whether anything did not fit.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_{text} {}

  int Number(std::size_t digits, int lowest, int highest) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const char c = Take();
      if (c < '0' || c > '9') fits_ = false;
      value = value * 10 + (c - '0');
    }
    if (value < lowest || value > highest) fits_ = false;
    return value;
  }

  char OneOf(std::string_view allowed) {
    const char c = Take();
    if (allowed.find(c) == std::string_view::npos) fits_ = false;
    return c;
  }

  void SkipFraction() {
    if (rest_.empty() || rest_.front() != '.') return;
    rest_.remove_prefix(1);
    const auto end =
        std::find_if(rest_.begin(), rest_.end(), [](char c) { return c < '0' || c > '9'; });
    const auto digits = static_cast<std::size_t>(end - rest_.begin());
    if (digits == 0 || digits > 9) fits_ = false;
    rest_.remove_prefix(digits);
  }

  [[nodiscard]] bool fits_to_the_end() const { return fits_ && rest_.empty(); }

 private:
  char Take() {
    if (rest_.empty()) {
      fits_ = false;
      return '0';
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  std::string_view rest_;
  bool fits_ = true;
};

}  // namespace

std::optional<Time> ParseRfc3339(std::string_view text) {
  using namespace std::chrono;
  Scanner scan{text};
  const int year_number = scan.Number(4, 1, 9999);
  scan.OneOf("-");
  const int month_number = scan.Number(2, 1, 12);
  scan.OneOf("-");
  const int day_number = scan.Number(2, 1, 31);
  scan.OneOf("Tt ");
  const hours hour{scan.Number(2, 0, 23)};
  scan.OneOf(":");
  const minutes minute{scan.Number(2, 0, 59)};
  scan.OneOf(":");
  const seconds second{std::min(scan.Number(2, 0, 60), 59)};
  scan.SkipFraction();

  minutes offset{0};
  const char sign = scan.OneOf("Zz+-");
  if (sign == '+' || sign == '-') {
    offset = hours{scan.Number(2, 0, 23)};
    scan.OneOf(":");
    offset += minutes{scan.Number(2, 0, 59)};
    if (sign == '-') offset = -offset;
  }
  const year_month_day date{year{year_number}, month{static_cast<unsigned>(month_number)},
                            day{static_cast<unsigned>(day_number)}};
  if (!scan.fits_to_the_end() || !date.ok()) return std::nullopt;
  const Time time = sys_days{date} + hour + minute + second - offset;
  return time < Time{} ? std::nullopt : std::optional{time};
}

std::string IsoTime(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  std::array<char, 64> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02ld:%02ld:%02ldZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<long>(clock.hours().count()), static_cast<long>(clock.minutes().count()),
      static_cast<long>(clock.seconds().count()));
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace backup_monitor
