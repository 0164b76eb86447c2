#include "text/utc_time.h"

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <limits>

#include "text/ascii.h"

namespace backup_monitor {
namespace {

/// Reads from the front of a text, and remembers whether anything did not fit.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_{text} {}

  int Number(std::size_t digits, int lowest, int highest) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const char c = Next();
      if (!IsDigit(c)) fits_ = false;
      value = value * 10 + (c - '0');
    }
    if (value < lowest || value > highest) fits_ = false;
    return value;
  }

  char OneOf(std::string_view allowed) {
    const char c = Next();
    if (allowed.find(c) == std::string_view::npos) fits_ = false;
    return c;
  }

  void SkipFraction(std::size_t most_digits) {
    if (rest_.empty() || rest_.front() != '.') return;
    rest_.remove_prefix(1);
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), IsDigit);
    const auto digits = static_cast<std::size_t>(end - rest_.begin());
    if (digits == 0 || digits > most_digits) fits_ = false;
    rest_.remove_prefix(digits);
  }

  [[nodiscard]] bool fits() const { return fits_; }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  char Next() {
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

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

/// A day and a time of day as written, before anybody has said where.
struct Written {
  sys_days day;
  minutes minute{0};
  int second = 0;  ///< Up to 60.
};

/// \param between  what may part the day from the time
std::optional<Written> ReadDateTime(Scanner& scan, std::string_view between) {
  const std::chrono::year year{scan.Number(4, 0, 9999)};
  scan.OneOf("-");
  const std::chrono::month month{static_cast<unsigned>(scan.Number(2, 1, 12))};
  scan.OneOf("-");
  const std::chrono::day day{static_cast<unsigned>(scan.Number(2, 1, 31))};
  scan.OneOf(between);
  const hours hour{scan.Number(2, 0, 23)};
  scan.OneOf(":");
  const minutes minute{scan.Number(2, 0, 59)};
  scan.OneOf(":");
  const int second = scan.Number(2, 0, 60);
  const std::chrono::year_month_day date{year, month, day};
  if (!scan.fits() || !date.ok()) return std::nullopt;
  return Written{sys_days{date}, hour + minute, second};
}

minutes ReadOffset(Scanner& scan) {
  const char sign = scan.OneOf("Zz+-");
  if (sign != '+' && sign != '-') return minutes{0};
  minutes offset = hours{scan.Number(2, 0, 23)};
  scan.OneOf(":");
  offset += minutes{scan.Number(2, 0, 59)};
  return sign == '-' ? -offset : offset;
}

std::tm Calendar(sys_seconds time) {
  const std::time_t moment = time.time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&moment, &parts);
  return parts;
}

std::string Digits(int number, std::size_t least) {
  const std::string digits = std::to_string(number);
  return std::string(least - std::min(least, digits.size()), '0') + digits;
}

std::string Day(const std::tm& parts) {
  return Digits(parts.tm_year + 1900, 4) + "-" + Digits(parts.tm_mon + 1, 2) + "-" +
         Digits(parts.tm_mday, 2);
}

std::string TimeOfDay(const std::tm& parts) {
  return Digits(parts.tm_hour, 2) + ":" + Digits(parts.tm_min, 2) + ":" + Digits(parts.tm_sec, 2);
}

}  // namespace

std::string IsoTime(sys_seconds time) {
  const std::tm parts = Calendar(time);
  return Day(parts) + "T" + TimeOfDay(parts) + "Z";
}

std::string JournalTime(sys_seconds time) {
  const std::tm parts = Calendar(time);
  return Day(parts) + " " + TimeOfDay(parts) + " UTC";
}

std::string HeaderDate(sys_seconds time) {
  static constexpr const char* kWeekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::tm parts = Calendar(time);
  return std::string{kWeekdays[parts.tm_wday]} + ", " + Digits(parts.tm_mday, 2) + " " +
         kMonths[parts.tm_mon] + " " + Digits(parts.tm_year + 1900, 4) + " " + TimeOfDay(parts) +
         " +0000";
}

std::optional<sys_seconds> ParseRfc3339(std::string_view text) {
  constexpr std::size_t kMostDigits = 9;
  Scanner scan{text};
  const auto written = ReadDateTime(scan, "Tt ");
  scan.SkipFraction(kMostDigits);
  const minutes offset = ReadOffset(scan);
  if (!written || !scan.fits() || !scan.rest().empty()) return std::nullopt;
  const sys_seconds time =
      written->day + written->minute + seconds{std::min(written->second, 59)} - offset;
  return time < sys_seconds{} ? std::nullopt : std::optional{time};
}

std::optional<sys_seconds> ParseIsoTime(std::string_view text) {
  Scanner scan{text};
  const auto written = ReadDateTime(scan, "T");
  scan.SkipFraction(std::numeric_limits<std::size_t>::max());
  const bool utc = scan.rest() == "Z" || scan.rest() == "+00:00";
  if (!written || !scan.fits() || !utc) return std::nullopt;
  return written->day + written->minute + seconds{written->second};
}

}  // namespace backup_monitor
