#include "report/words/local_time.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "text/ascii.h"

namespace backup_monitor::report::words {
namespace {

std::string TwoDigits(long number) { return (number < 10 ? "0" : "") + std::to_string(number); }

LocalTime FromCalendar(const std::tm& parts, std::string zone) {
  return {.year = parts.tm_year + 1900,
          .month = parts.tm_mon + 1,
          .day = parts.tm_mday,
          .weekday = parts.tm_wday,
          .hour = parts.tm_hour,
          .minute = parts.tm_min,
          .second = parts.tm_sec,
          .zone = std::move(zone)};
}

std::string ZoneName(const std::tm& parts) {
  std::string name = parts.tm_zone != nullptr ? parts.tm_zone : "";
  const bool letters = !name.empty() && std::all_of(name.begin(), name.end(), IsLetter);
  if (letters) return name;
  // tzdata names many zones by their offset alone: "-03".
  const long minutes = std::labs(parts.tm_gmtoff) / 60;
  return std::string{"UTC"} + (parts.tm_gmtoff < 0 ? "-" : "+") + TwoDigits(minutes / 60) + ":" +
         TwoDigits(minutes % 60);
}

}  // namespace

Zone SystemZone() {
  return [](Time time) {
    const std::time_t moment = time.time_since_epoch().count();
    std::tm parts{};
    if (localtime_r(&moment, &parts) == nullptr) return LocalTime{};
    return FromCalendar(parts, ZoneName(parts));
  };
}

Zone FixedZone(seconds offset, std::string name) {
  return [offset, name = std::move(name)](Time time) {
    const std::time_t moment = (time + offset).time_since_epoch().count();
    std::tm parts{};
    if (gmtime_r(&moment, &parts) == nullptr) return LocalTime{};
    return FromCalendar(parts, name);
  };
}

}  // namespace backup_monitor::report::words
