#include "schedule/calendar_expression.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "schedule/calendar_reader.h"
#include "text/ascii.h"
#include "text/zone_name.h"

namespace backup_monitor::schedule {

namespace {

struct Bounds {
  int least;
  int most;
};

constexpr std::array<Bounds, kCalendarFields> kBounds{
    {{1970, 2199}, {1, 12}, {1, 31}, {0, 23}, {0, 59}, {0, 60'000'000 - 1}}};
// Days counted from the end of a month go up to 28, since each month has these; and for each further element of the
// list, in order, by three less. That is not what the manual says; it is what chain_valid of systemd 252 does.
constexpr int kDaysNotInEveryMonth = 3;

struct Shorthand {
  std::string_view name;
  std::string_view meaning;
};

constexpr std::array<Shorthand, 13> kShorthands{{{"minutely", "*-*-* *:*:00"},
                                                 {"hourly", "*-*-* *:00:00"},
                                                 {"daily", "*-*-* 00:00:00"},
                                                 {"weekly", "Mon *-*-* 00:00:00"},
                                                 {"monthly", "*-*-01 00:00:00"},
                                                 {"quarterly", "*-01,04,07,10-01 00:00:00"},
                                                 {"semiannually", "*-01,07-01 00:00:00"},
                                                 {"semi-annually", "*-01,07-01 00:00:00"},
                                                 {"biannually", "*-01,07-01 00:00:00"},
                                                 {"bi-annually", "*-01,07-01 00:00:00"},
                                                 {"yearly", "*-01-01 00:00:00"},
                                                 {"annually", "*-01-01 00:00:00"},
                                                 {"anually", "*-01-01 00:00:00"}}};

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && EqualInAnyCase(text.substr(text.size() - end.size()), end);
}

/// Takes " `word`" off the end of `text`, or false.
bool TakeLastWord(std::string_view& text, std::string_view word) {
  if (word.empty() || !EndsWith(text, word)) return false;
  const auto rest = text.substr(0, text.size() - word.size());
  if (rest.empty() || rest.back() != ' ') return false;
  text = rest.substr(0, rest.size() - 1);
  return true;
}

/// Takes the zone off the end of `text`, in systemd's order: UTC, the node's own abbreviations, IANA names.
Result<void> TakeZone(std::string_view& text, const TimeZones& zones, const TimeZone& own, Time now,
                      CalendarExpression& expression) {
  if (TakeLastWord(text, "UTC")) {
    expression.zone = "UTC";
    return {};
  }
  const auto abbreviations = own.AbbreviationsAt(now);
  if (TakeLastWord(text, abbreviations.standard)) {
    expression.daylight_saving = false;
    return {};
  }
  if (TakeLastWord(text, abbreviations.daylight_saving)) {
    expression.daylight_saving = true;
    return {};
  }
  const auto blank = text.rfind(' ');
  if (blank == std::string_view::npos) return {};
  const auto word = text.substr(blank + 1);
  if (!IsZoneName(word)) return {};
  if (!zones.HasDatabase() && IsLetter(word.front()) && !IsWeekday(word))
    return Fail(ErrorCode::kUnavailable,
                "there is no time zone database to look up '" + std::string{word} + "' in");
  if (zones.Find(word) == nullptr) return {};
  expression.zone = word;
  text = text.substr(0, blank);
  return {};
}

/// 26 is 2026, and 99 is 1999.
void SpellOutYear(int& year) {
  if (year < 70) year += 2000;
  if (year < 100) year += 1900;
}

/// One step that does not fit into its range is none; the end of a range is the last that its steps reach.
void Settle(CalendarRange& range) {
  if (!range.last) return;
  if (*range.last > range.first && range.step > 0)
    *range.last -= (*range.last - range.first) % range.step;
  if (*range.last == range.first) range = CalendarRange{range.first, std::nullopt, 0};
}

bool IsWithin(const CalendarRange& range, Bounds bounds, bool backwards) {
  if (range.first < bounds.least || range.first > bounds.most) return false;
  if (range.step > bounds.most - bounds.least) return false;
  if (range.last)
    return *range.last >= bounds.least && *range.last <= bounds.most &&
           range.first + range.step <= *range.last;
  if (backwards) return range.first - range.step >= bounds.least;
  return range.first + range.step <= bounds.most;
}

constexpr std::array<std::string_view, kCalendarFields> kFieldNames{"year", "month",  "day",
                                                                    "hour", "minute", "second"};

Result<void> Check(CalendarExpression& expression) {
  for (const auto field : {kYear, kMonth, kDay, kHour, kMinute, kMicrosecond}) {
    const bool backwards = field == kDay && expression.days_from_the_end;
    auto& list = expression.lists[field];
    auto bounds = kBounds[field];
    for (auto& range : list) {
      if (field == kYear) {
        SpellOutYear(range.first);
        if (range.last) SpellOutYear(*range.last);
      }
      Settle(range);
    }
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    for (const auto& range : list) {
      if (backwards) bounds.most -= kDaysNotInEveryMonth;
      if (!IsWithin(range, bounds, backwards))
        return Fail(ErrorCode::kInvalidInput,
                    "systemd refuses its " + std::string{kFieldNames[field]});
    }
  }
  return {};
}

Result<void> Read(std::string_view text, CalendarExpression& expression) {
  for (const auto& [name, meaning] : kShorthands)
    if (EqualInAnyCase(text, name)) text = meaning;
  if (!ReadCalendarParts(text, expression))
    return Fail(ErrorCode::kInvalidInput, "systemd cannot read it");
  return Check(expression);
}

}  // namespace

Result<CalendarExpression> ParseCalendarExpression(std::string_view text, const TimeZones& zones,
                                                   const TimeZone& own, Time now) {
  if (text.size() > kLongestExpression)
    return Fail(ErrorCode::kUnavailable,
                "it has more than " + std::to_string(kLongestExpression) + " bytes");
  CalendarExpression expression;
  if (auto taken = TakeZone(text, zones, own, now, expression); !taken)
    return Fail(std::move(taken).error());
  if (auto read = Read(text, expression); !read) return Fail(std::move(read).error());
  return expression;
}

}  // namespace backup_monitor::schedule
