#include "schedule/elapses.h"

#include <algorithm>
#include <array>

#include "schedule/wall_clock.h"

namespace backup_monitor::schedule {

namespace {

using namespace std::chrono;

constexpr int kMostSteps = 1000;
constexpr int kLastYear = 2199;
constexpr int kMicrosecondsOfASecond = 1'000'000;

/// A calendar time by CalendarField, the last within its minute. Fields may exceed their bounds: 32 January.
using Fields = std::array<int, kCalendarFields>;
constexpr Fields kLeast{1970, 1, 1, 0, 0, 0};
constexpr std::array<CalendarField, kCalendarFields> kLargestFirst{kYear, kMonth,  kDay,
                                                                   kHour, kMinute, kMicrosecond};

WallTime WallOf(const Fields& fields) {
  const auto month_of = year{fields[kYear]} / 1 + months{fields[kMonth] - 1};
  const local_days day = local_days{month_of / 1} + days{fields[kDay] - 1};
  return day + hours{fields[kHour]} + minutes{fields[kMinute]} +
         seconds{fields[kMicrosecond] / kMicrosecondsOfASecond};
}

Fields FieldsOf(WallTime wall, int microsecond) {
  const auto day = floor<days>(wall);
  const year_month_day date{day};
  const hh_mm_ss time{wall - day};
  return {int{date.year()},
          static_cast<int>(unsigned{date.month()}),
          static_cast<int>(unsigned{date.day()}),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(time.seconds().count()) * kMicrosecondsOfASecond + microsecond};
}

void ResetBelow(Fields& fields, CalendarField field) {
  for (auto lower = std::size_t{field} + 1; lower < kCalendarFields; ++lower)
    fields[lower] = kLeast[lower];
}

/// Looks for the next time that fits, from the largest field to the smallest. Whenever a field has been moved, the
/// search goes on from what the clocks then show.
class NextElapse {
 public:
  NextElapse(const CalendarExpression& expression, const TimeZone& zone, Moment from)
      : expression_{expression},
        clock_{zone, floor<seconds>(from)},
        begin_{FieldsOf(WallTime{floor<seconds>(from).time_since_epoch() +
                                 zone.At(floor<seconds>(from)).east_of_utc},
                        static_cast<int>((from - floor<seconds>(from)).count()))},
        fields_{begin_},
        daylight_saving_{zone.At(floor<seconds>(from)).daylight_saving} {}

  std::optional<Moment> Find() {
    for (int step = 0; step < kMostSteps; ++step) {
      ShowWhatClocksShow();
      switch (Advance()) {
        case Result::kNever: return std::nullopt;
        case Result::kMoved: break;
        case Result::kFound:
          if (fields_ >= begin_) return Found();
          // Back before the start, in the hour that clocks show twice: on to the next, in the time of now.
          keeps_daylight_saving_ = true;
          ++fields_[kHour];
      }
    }
    return std::nullopt;
  }

 private:
  enum class Result { kFound, kMoved, kNever };
  enum class Shown { kAsAsked, kLater, kEarlier, kTooLate };

  void ShowWhatClocksShow() {
    const auto reading = clock_.Read(WallOf(fields_), daylight_saving_);
    fields_ = FieldsOf(reading.shown, fields_[kMicrosecond] % kMicrosecondsOfASecond);
    daylight_saving_ =
        keeps_daylight_saving_ ? reading.daylight_saving : expression_.daylight_saving;
  }

  Result Advance() {
    for (const auto field : kLargestFirst) {
      const auto match = Match(field);
      if (match && *match != fields_[field]) {
        fields_[field] = *match;
        ResetBelow(fields_, field);
      }
      const auto shown = match ? Settle() : Shown::kTooLate;
      if (field == kYear) {
        if (shown != Shown::kAsAsked) return Result::kNever;
        continue;
      }
      if (shown == Shown::kLater) return Result::kMoved;
      if (shown != Shown::kAsAsked) return MoveOn(static_cast<CalendarField>(field - 1));
      if (field == kDay && !FitsWeekday()) return MoveOn(kDay);
    }
    return Result::kFound;
  }

  Result MoveOn(CalendarField field) {
    ++fields_[field];
    ResetBelow(fields_, field);
    return Result::kMoved;
  }

  /// The smallest value of the field's list that is not below the present one.
  std::optional<int> Match(CalendarField field) {
    const auto& list = expression_.lists[field];
    const int now = fields_[field];
    if (list.empty()) return now;
    std::optional<int> least;
    for (const auto& range : list) {
      auto first = range.first;
      auto last = range.last;
      if (field == kDay && expression_.days_from_the_end) {
        first = DayFromTheEnd(range.first);
        const int farther =
            DayFromTheEnd(last.value_or(-1));  // read in any case: the clock remembers the offset
        if (last) last = std::exchange(first, farther);
      }
      int value = first;
      if (first < now) {
        if (range.step == 0) continue;
        value = first + range.step * ((now - first + range.step - 1) / range.step);
        if (last && value > *last) continue;
      }
      if (!least || value < *least) least = value;
    }
    return least;
  }

  /// Day of the month, or -1 where it has not so many.
  int DayFromTheEnd(int count) {
    auto asked = fields_;
    ++asked[kMonth];
    asked[kDay] = 1 - count;
    const auto found = FieldsOf(clock_.Read(WallOf(asked), daylight_saving_).shown, 0);
    return found[kMonth] == fields_[kMonth] ? found[kDay] : -1;
  }

  /// Goes to what the clocks show if they skip the present fields, never back.
  Shown Settle() {
    if (fields_[kYear] > kLastYear) return Shown::kTooLate;
    const auto reading = clock_.Read(WallOf(fields_), daylight_saving_);
    const auto shown = FieldsOf(reading.shown, fields_[kMicrosecond] % kMicrosecondsOfASecond);
    if (shown == fields_) return Shown::kAsAsked;
    const auto differs = std::mismatch(shown.begin(), shown.end(), fields_.begin());
    if (*differs.first < *differs.second) return Shown::kEarlier;
    const auto field = static_cast<std::size_t>(differs.first - shown.begin());
    fields_ = shown;
    if (field + 1 == kMicrosecond) {
      fields_[kMicrosecond] %= kMicrosecondsOfASecond;  // systemd's fraction of a second stays
    } else if (field + 1 < fields_.size()) {
      fields_[field + 1] = kLeast[field + 1];
    }
    daylight_saving_ = reading.daylight_saving;
    return Shown::kLater;
  }

  bool FitsWeekday() {
    if (expression_.weekdays.none() || expression_.weekdays.all()) return true;
    const weekday day{floor<days>(clock_.Read(WallOf(fields_), daylight_saving_).shown)};
    return expression_.weekdays.test(day.iso_encoding() - 1);
  }

  Moment Found() {
    const auto moment = clock_.Read(WallOf(fields_), daylight_saving_).moment;
    return moment + microseconds{fields_[kMicrosecond] % kMicrosecondsOfASecond};
  }

  const CalendarExpression& expression_;
  WallClock clock_;
  const Fields begin_;
  Fields fields_;
  std::optional<bool> daylight_saving_;
  bool keeps_daylight_saving_ = false;
};

/// The same, or, if what follows it is in an hour that the clocks show for the second time, a moment in the first: no
/// timer that was set before it elapses there.
Moment OutOfRepeatedHour(const TimeZone& zone, Moment moment) {
  const auto second = floor<seconds>(moment + microseconds{1});
  const auto offset = zone.At(second).east_of_utc;
  constexpr hours kLongestRepetition{3};
  const auto earlier = zone.At(second - kLongestRepetition).east_of_utc;
  if (earlier <= offset || zone.At(second - (earlier - offset)).east_of_utc != earlier)
    return moment;
  Time before = second - (earlier - offset);
  Time after = second;
  while (after - before > seconds{1}) {
    const auto between = before + (after - before) / 2;
    (zone.At(between).east_of_utc == earlier ? before : after) = between;
  }
  return Moment{after} - microseconds{2};
}

/// The last of many elapses: after `before`, which is one, up to `moment`.
std::optional<Moment> LastByHalves(const CalendarExpression& expression, const TimeZone& zone,
                                   Moment before, Moment moment) {
  Moment last = before;
  Moment end = moment;
  while (last < end) {
    const auto between = last + (end - last) / 2;
    const auto elapse = NextAfter(expression, zone, OutOfRepeatedHour(zone, between));
    if (elapse && *elapse > last && *elapse <= moment) {
      last = *elapse;
    } else {
      end = between;
    }
  }
  return last;
}

}  // namespace

std::optional<Moment> NextAfter(const CalendarExpression& expression, const TimeZone& zone,
                                Moment after) {
  return NextElapse{expression, zone, after + microseconds{1}}.Find();
}

std::optional<Moment> LastAtOrBefore(const CalendarExpression& expression, const TimeZone& zone,
                                     Moment moment) {
  constexpr days kFarthest{40 * 366};
  constexpr int kFarther = 4;
  constexpr int kMostElapses = 5000;
  microseconds distance = minutes{1};
  const auto next = [&](Moment from) {
    return NextAfter(expression, zone, OutOfRepeatedHour(zone, from));
  };
  for (auto elapse = next(moment - distance); !elapse || *elapse > moment;
       elapse = next(moment - distance)) {
    if (distance >= kFarthest) return std::nullopt;
    distance = std::min<microseconds>(distance * kFarther, kFarthest);
  }
  // From farther back on, since systemd's next elapse may depend on the one before it.
  std::optional<Moment> last;
  auto elapse = next(moment - std::min<microseconds>(distance * kFarther, kFarthest));
  for (int i = 0; elapse && *elapse <= moment; ++i) {
    if (i == kMostElapses) return LastByHalves(expression, zone, *elapse, moment);
    last = elapse;
    elapse = NextAfter(expression, zone, *last);
  }
  return last;
}

}  // namespace backup_monitor::schedule
