#include "unit/run/day_time.h"

#include <array>
#include <cstdio>
#include <stdexcept>

namespace backup_monitor::testing {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr Time kDayZero = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2};

}  // namespace

Time At(std::string_view text) {
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  // NOLINTNEXTLINE(cert-err34-c): the count of fields and the ranges are checked.
  const int fields =
      std::sscanf(std::string{text}.c_str(), "%d %d:%d:%d", &day, &hour, &minute, &second);
  if (fields < 3 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
      second > 59) {
    throw std::invalid_argument{"not a day and time: " + std::string{text}};
  }
  return kDayZero + days{day} + hours{hour} + minutes{minute} + seconds{second};
}

std::string Text(Time time) {
  const auto day = std::chrono::floor<days>(time - kDayZero);
  const std::chrono::hh_mm_ss clock{time - kDayZero - day};
  std::array<char, 48> text{};
  const int day_number = static_cast<int>(day.count());
  const int hour = static_cast<int>(clock.hours().count());
  const int minute = static_cast<int>(clock.minutes().count());
  const int second = static_cast<int>(clock.seconds().count());
  if (second == 0) {
    std::snprintf(text.data(), text.size(), "%d %02d:%02d", day_number, hour, minute);
  } else {
    std::snprintf(text.data(), text.size(), "%d %02d:%02d:%02d", day_number, hour, minute, second);
  }
  return text.data();
}

}  // namespace backup_monitor::testing
