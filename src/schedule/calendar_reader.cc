#include "schedule/calendar_reader.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "text/ascii.h"

namespace backup_monitor::schedule {

namespace {

using namespace std::chrono;

constexpr int kMicroseconds = 1'000'000;  // in a second
constexpr int kMost = std::numeric_limits<int>::max();
constexpr std::array<std::string_view, 7> kWeekdays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};
constexpr std::size_t kShortName = 3;

/// What numbers of a list count.
enum class Unit { kWhole, kSeconds };

class CalendarReader {
 public:
  CalendarReader(std::string_view text, CalendarExpression& expression)
      : rest_{text}, expression_{expression} {}

  bool Read() {
    if (rest_.empty() || rest_.find('\0') != std::string_view::npos) return false;
    if (!ReadWeekdays()) return false;
    if (Next() == '@') return ReadEpoch();
    return ReadDate() && ReadTime() && rest_.empty();
  }

 private:
  [[nodiscard]] char Next(std::size_t ahead = 0) const {
    return ahead < rest_.size() ? rest_[ahead] : '\0';
  }
  [[nodiscard]] bool NextIsOneOf(std::string_view signs) const {
    return rest_.empty() || signs.find(Next()) != std::string_view::npos;
  }
  void Skip(std::size_t bytes) { rest_.remove_prefix(bytes); }
  void SkipBlanks() { Skip(std::min(rest_.find_first_not_of(' '), rest_.size())); }
  bool Take(std::string_view sign) {
    if (rest_.substr(0, sign.size()) != sign) return false;
    Skip(sign.size());
    return true;
  }

  /// The day whose name the rest begins with, and what ends a name after it.
  std::optional<std::size_t> TakeWeekday() {
    for (std::size_t day = 0; day < kWeekdays.size(); ++day) {
      for (const auto size : {kWeekdays[day].size(), kShortName}) {
        if (!EqualInAnyCase(rest_.substr(0, size), kWeekdays[day].substr(0, size))) continue;
        Skip(size);
        if (!NextIsOneOf("-., ")) return std::nullopt;
        return day;
      }
    }
    return std::nullopt;
  }

  bool ReadWeekdays() {
    if (!StartsWithWeekday()) return true;
    for (;;) {
      const auto first = TakeWeekday();
      if (!first) return false;
      auto last = first;
      if (Take("..") || Take("-")) last = TakeWeekday();
      if (!last || *last < *first) return false;
      for (auto day = *first; day <= *last; ++day) expression_.weekdays.set(day);
      const bool more = Take(",");
      if (NextIsOneOf(" ")) {
        SkipBlanks();
        return true;
      }
      if (!more) return false;
    }
  }
  [[nodiscard]] bool StartsWithWeekday() const {
    return std::any_of(kWeekdays.begin(), kWeekdays.end(), [&](std::string_view day) {
      return EqualInAnyCase(rest_.substr(0, kShortName), day.substr(0, kShortName));
    });
  }

  /// Seconds since 1970, as strtoul(3) reads them: after blanks and a sign.
  bool ReadEpoch() {
    Skip(1);
    Skip(std::min(rest_.find_first_not_of(" \t\n\v\f\r"), rest_.size()));
    const bool negative = Next() == '-';
    if (negative || Next() == '+') Skip(1);
    std::uint64_t since_1970 = 0;
    const auto [end, fault] =
        std::from_chars(rest_.data(), rest_.data() + rest_.size(), since_1970);
    if (fault != std::errc{} || end != rest_.data() + rest_.size()) return false;
    // Before 1970 and after 2199 there are no calendar times: the caller refuses the year.
    constexpr std::uint64_t kEndOf2199 = 7'258'118'400;
    if (since_1970 >= kEndOf2199 || (negative && since_1970 > 0)) return false;
    const sys_seconds moment{seconds{since_1970}};
    const year_month_day date{floor<days>(moment)};
    const hh_mm_ss time{moment - floor<days>(moment)};
    const auto only = [](auto value) {
      return CalendarList{{static_cast<int>(value), std::nullopt, 0}};
    };
    expression_.lists = {
        only(int{date.year()}),       only(unsigned{date.month()}),
        only(unsigned{date.day()}),   only(time.hours().count()),
        only(time.minutes().count()), only(time.seconds().count() * kMicroseconds)};
    expression_.zone = "UTC";
    return true;
  }

  /// `[year-]month-day`, or nothing where a time begins.
  bool ReadDate() {
    if (rest_.empty()) return true;
    const auto begin = rest_;
    std::array<CalendarList, 3> lists;
    if (!ReadList(Unit::kWhole, lists[0])) return false;
    if (NextIsOneOf(":")) {
      rest_ = begin;
      return true;
    }
    std::size_t last = 0;
    bool from_the_end = false;
    while (!NextIsOneOf(" ")) {
      if (last == 2 || from_the_end) return false;
      from_the_end = Next() == '~';
      if (!Take("-") && !Take("~")) return false;
      if (!ReadList(Unit::kWhole, lists[++last])) return false;
    }
    if (last == 0) return false;
    SkipBlanks();
    expression_.lists[kDay] = std::move(lists[last]);
    expression_.lists[kMonth] = std::move(lists[last - 1]);
    if (last == 2) expression_.lists[kYear] = std::move(lists[0]);
    expression_.days_from_the_end = from_the_end && !expression_.lists[kDay].empty();
    return true;
  }

  bool ReadTime() {
    const CalendarList zero{{0, std::nullopt, 0}};
    if (rest_.empty()) {
      for (const auto field : {kHour, kMinute, kMicrosecond}) expression_.lists[field] = zero;
      return true;
    }
    if (!ReadList(Unit::kWhole, expression_.lists[kHour])) return false;
    if (!Take(":") || !ReadList(Unit::kWhole, expression_.lists[kMinute])) return false;
    if (rest_.empty()) {
      expression_.lists[kMicrosecond] = zero;
      return true;
    }
    return Take(":") && ReadList(Unit::kSeconds, expression_.lists[kMicrosecond]);
  }

  bool ReadList(Unit unit, CalendarList& list) {
    if (Take("*")) {
      if (unit == Unit::kSeconds) list = {{0, std::nullopt, kMicroseconds}};
      return true;
    }
    do {
      CalendarRange range;
      if (!ReadRange(unit, range)) return false;
      list.push_back(range);
    } while (Take(","));
    return true;
  }

  bool ReadRange(Unit unit, CalendarRange& range) {
    if (!ReadNumber(unit, range.first)) return false;
    const int one = unit == Unit::kSeconds ? kMicroseconds : 1;
    if (Take("..")) {
      int last = 0;
      if (!ReadNumber(unit, last)) return false;
      range.last = last;
      range.step = one;
    }
    if (Take("/")) {
      if (!ReadNumber(unit, range.step) || range.step == 0) return false;
    } else {
      if (range.first > kMost - range.step) return false;
      if (unit == Unit::kSeconds && range.last && range.first + range.step > *range.last)
        return false;
    }
    return NextIsOneOf(" ,-~:");
  }

  /// Digits, and of seconds a fraction, rounded to microseconds.
  bool ReadNumber(Unit unit, int& number) {
    if (!IsDigit(Next())) return false;
    std::int64_t value = TakeDigits(kMost);
    if (unit == Unit::kSeconds) {
      value *= kMicroseconds;
      if (Next() == '.' && Next(1) != '.') {
        Skip(1);
        if (!IsDigit(Next())) return false;
        for (int unit_of_digit = kMicroseconds / 10; unit_of_digit > 0 && IsDigit(Next());
             unit_of_digit /= 10)
          value += std::int64_t{TakeDigit()} * unit_of_digit;
        if (Next() >= '5' && Next() <= '9') ++value;
        while (IsDigit(Next())) Skip(1);
      }
    }
    number = static_cast<int>(std::min<std::int64_t>(value, kMost));
    return value <= kMost;
  }
  int TakeDigit() {
    const int digit = Next() - '0';
    Skip(1);
    return digit;
  }
  /// Their value, or a larger one than `most`.
  std::int64_t TakeDigits(std::int64_t most) {
    std::int64_t value = 0;
    while (IsDigit(Next())) value = std::min(value * 10 + TakeDigit(), most + 1);
    return value;
  }

  std::string_view rest_;
  CalendarExpression& expression_;
};

}  // namespace

bool IsWeekday(std::string_view word) noexcept {
  return std::any_of(kWeekdays.begin(), kWeekdays.end(), [&](std::string_view day) {
    return EqualInAnyCase(word, day) || EqualInAnyCase(word, day.substr(0, kShortName));
  });
}

bool ReadCalendarParts(std::string_view text, CalendarExpression& expression) {
  return CalendarReader{text, expression}.Read();
}

}  // namespace backup_monitor::schedule
