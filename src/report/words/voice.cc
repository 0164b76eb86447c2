#include "report/words/voice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace backup_monitor::report::words {
namespace {

using std::chrono::days;
using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::minutes;

std::string TwoDigits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string HourAndMinute(const LocalTime& at) {
  return TwoDigits(at.hour) + ":" + TwoDigits(at.minute);
}

bool SameDay(const LocalTime& one, const LocalTime& other) {
  return one.year == other.year && one.month == other.month && one.day == other.day;
}

}  // namespace

std::string Voice::When(Time time) const {
  const LocalTime at = zone_(time);
  return Say("moment", {{"weekday", Say("weekday." + std::to_string(at.weekday))},
                        {"day", std::to_string(at.day)},
                        {"month", Say("month." + std::to_string(at.month))},
                        {"year", std::to_string(at.year)},
                        {"clock", HourAndMinute(at)},
                        {"zone", at.zone}});
}

std::string Voice::WhenAndAge(Time time) const {
  if (time > now_) return When(time);
  return Say("moment.with_age", {{"moment", When(time)}, {"age", Age(now_ - time)}});
}

std::string Voice::Old(Time time) const {
  if (time > now_) return When(time);
  return Say("old", {{"age", AgeInWords(now_ - time)}, {"moment", When(time)}});
}

std::optional<std::string> Voice::ClockOn(Time time, Time day) const {
  const LocalTime at = zone_(time);
  if (!SameDay(at, zone_(day))) return std::nullopt;
  return HourAndMinute(at);
}

std::string Voice::Span(Time from, Time to, Time day) const {
  const LocalTime start = zone_(from);
  const LocalTime end = zone_(to);
  if (!SameDay(start, zone_(day)) || !SameDay(end, start)) {
    return Say("span", {{"from", When(from)}, {"to", When(to)}});
  }
  return Say("span", {{"from", HourAndMinute(start)}, {"to", HourAndMinute(end)}});
}

std::string Voice::Age(seconds age) const {
  if (age < minutes{1}) return Say("age.now");
  if (age < hours{2}) return Count("age.minutes", duration_cast<minutes>(age).count());
  if (age < days{2}) return Count("age.hours", duration_cast<hours>(age).count());
  return Count("age.days", duration_cast<days>(age).count());
}

// Two units where the larger one alone would be coarse.
std::string Voice::AgeInWords(seconds age) const {
  constexpr std::int64_t kFine = 10;
  if (age < minutes{1}) return Say("old.moment");
  if (age < hours{1}) return Count("old.minutes", age / minutes{1});
  const bool in_days = age >= days{1};
  const seconds unit = in_days ? days{1} : hours{1};
  const seconds smaller = in_days ? hours{1} : minutes{1};
  std::string larger_told = Count(in_days ? "old.days" : "old.hours", age / unit);
  const std::int64_t rest = (age % unit) / smaller;
  if (rest == 0 || age / unit >= kFine) return larger_told;
  return Say("old.two", {{"larger", larger_told},
                         {"smaller", Count(in_days ? "old.hours" : "old.minutes", rest)}});
}

std::string Voice::Duration(seconds duration) const {
  struct Unit {
    seconds length;
    std::string_view key;
  };
  static constexpr std::array<Unit, 4> kUnits{{{days{1}, "unit.days"},
                                               {hours{1}, "unit.hours"},
                                               {minutes{1}, "unit.minutes"},
                                               {seconds{1}, "unit.seconds"}}};
  if (duration < seconds{1}) return Say("unit.moment");
  const auto largest = std::find_if(kUnits.begin(), kUnits.end(), [duration](const Unit& unit) {
    return duration >= unit.length;
  });
  std::string said = Count(largest->key, duration / largest->length);
  const seconds rest = duration % largest->length;
  const auto next = std::next(largest);
  // Seconds beside ten minutes and more are noise.
  const bool next_unit = next != kUnits.end() && rest >= next->length &&
                         (next->length > seconds{1} || duration < minutes{10});
  return next_unit ? said + " " + Count(next->key, rest / next->length) : said;
}

std::string Voice::Decimal(double number, int digits) const {
  const auto scaled = std::llround(std::abs(number) * (digits == 1 ? 10 : 1));
  if (digits == 0) return catalog_.Number(scaled);
  return catalog_.Number(scaled / 10) + Say("number.decimal") + std::to_string(scaled % 10);
}

std::string Voice::Size(std::uint64_t bytes) const {
  static constexpr std::array<std::string_view, 7> kUnits{"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000) return std::to_string(bytes) + " B";
  auto size = static_cast<double>(bytes);
  std::size_t unit = 0;
  // 999.5 and more would be written as 1000.
  while (size >= 999.5 && unit + 1 < kUnits.size()) {
    size /= 1000;
    ++unit;
  }
  return Decimal(size, size < 99.95 ? 1 : 0) + " " + std::string{kUnits[unit]};
}

std::string Voice::SizeChange(std::uint64_t before, std::uint64_t now) const {
  if (before == now) return Say("size.unchanged");
  const std::string sign = now > before ? "+" : "−";
  const std::uint64_t difference = now > before ? now - before : before - now;
  std::string change = sign + Size(difference);
  if (before == 0) return change;
  const double percent = 100 * static_cast<double>(difference) / static_cast<double>(before);
  if (percent < 0.1) return change;
  return change + " (" + sign + Decimal(percent, percent < 9.95 ? 1 : 0) + "\u00A0%)";
}

}  // namespace backup_monitor::report::words
