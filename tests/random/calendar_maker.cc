#include "random/calendar_maker.h"

#include <array>
#include <vector>

#include "schedule/calendar_expression.h"

namespace backup_monitor::testing {
namespace {

/// What a field may hold, and from where on values become rare.
struct Span {
  int least;
  int most;
};
constexpr Span kYears{2024, 2032};
constexpr Span kMonths{1, 12};
constexpr Span kDays{1, 31};
constexpr Span kDaysFromTheEnd{1, 28};
constexpr Span kHours{0, 23};
constexpr Span kSixty{0, 59};

class ExpressionMaker {
 public:
  explicit ExpressionMaker(Chance& chance) : chance_{chance}, odd_{chance.Percent(50)} {}

  std::string Make() {
    if (chance_.Percent(4)) return InAnyCase(Shorthand()) + Zone();
    if (chance_.Percent(1))
      return "@" + std::to_string(chance_.Between(1'700'000'000, 1'950'000'000)) + Zone();
    std::string text;
    const bool date = chance_.Percent(85);
    if (chance_.Percent(30)) text += Weekdays() + Blanks();
    if (date) text += Date();
    if (!date || !(odd_ && chance_.Percent(15))) text += (date ? Blanks() : "") + TimeOfDay();
    return text + Zone();
  }

 private:
  std::string Shorthand() {
    constexpr std::array kAll{"minutely",   "hourly",      "daily",        "weekly",
                              "monthly",    "quarterly",   "semiannually", "semi-annually",
                              "biannually", "bi-annually", "yearly",       "annually",
                              "anually"};
    return kAll[static_cast<std::size_t>(chance_.Below(kAll.size()))];
  }
  std::string InAnyCase(std::string text) {
    if (odd_)
      for (char& c : text)
        if (c >= 'a' && c <= 'z' && chance_.Percent(40)) c = static_cast<char>(c - 'a' + 'A');
    return text;
  }
  std::string Blanks() { return std::string(odd_ && chance_.Percent(20) ? 2 : 1, ' '); }

  std::string Weekday(std::int64_t day) {
    constexpr std::array kNames{"monday", "tuesday",  "wednesday", "thursday",
                                "friday", "saturday", "sunday"};
    const std::string name = kNames[static_cast<std::size_t>(day)];
    return InAnyCase(chance_.Percent(60) ? name.substr(0, 3) : name);
  }
  std::string Weekdays() {
    std::string text;
    const auto count = chance_.Between(1, 3);
    for (std::int64_t i = 0; i < count; ++i) {
      if (i > 0) text += ',';
      const auto first = chance_.Below(7);
      text += Weekday(first);
      // Rarely backwards.
      if (chance_.Percent(35)) {
        const auto last = chance_.Percent(96) ? chance_.Between(first, 6) : chance_.Below(7);
        text += (odd_ && chance_.Percent(30) ? "-" : "..") + Weekday(last);
      }
    }
    return odd_ && chance_.Percent(10) ? text + ',' : text;
  }

  std::string Number(std::int64_t value, std::size_t width) {
    std::string text = std::to_string(value);
    if (text.size() < width && !(odd_ && chance_.Percent(50)))
      text.insert(0, width - text.size(), '0');
    if (odd_ && chance_.Percent(2)) text.insert(0, 1, '0');
    return text;
  }
  std::string Fraction() {
    if (!chance_.Percent(15)) return "";
    std::string text{"."};
    const auto digits = chance_.Between(1, 8);
    for (std::int64_t i = 0; i < digits; ++i) text += static_cast<char>('0' + chance_.Below(10));
    return text;
  }
  std::string Range(Span span, std::size_t width, bool seconds) {
    const auto fraction = [&] { return seconds ? Fraction() : std::string{}; };
    const auto edge = odd_ && chance_.Percent(2) ? 1 : 0;
    const auto first = chance_.Between(span.least - (span.least > 0 ? edge : 0), span.most + edge);
    std::string text = Number(first, width) + fraction();
    if (chance_.Percent(25)) {
      text += ".." +
              Number(chance_.Percent(96)
                         ? chance_.Between(std::min<std::int64_t>(first, span.most), span.most)
                         : chance_.Between(span.least, span.most),
                     width) +
              fraction();
    }
    if (chance_.Percent(25))
      text += '/' +
              Number(chance_.Between(chance_.Percent(2) ? 0 : 1,
                                     std::max(2, (span.most - span.least) / 2)),
                     0) +
              fraction();
    return text;
  }
  std::string List(Span span, std::size_t width, int star_percent, bool seconds = false) {
    if (chance_.Percent(star_percent)) return "*";
    std::string text = Range(span, width, seconds);
    while (chance_.Percent(20)) text += ',' + Range(span, width, seconds);
    return text;
  }

  std::string Date() {
    const bool from_the_end = chance_.Percent(15);
    const auto day = List(from_the_end ? kDaysFromTheEnd : kDays, 2, 50);
    const auto month = List(kMonths, 2, 70);
    std::string year;
    if (!(odd_ && chance_.Percent(30))) {
      year = odd_ && chance_.Percent(10) ? std::to_string(chance_.Between(0, 120))
                                         : List(kYears, 4, 88);
      year += odd_ && chance_.Percent(2) ? '~' : '-';
    }
    return year + month + (from_the_end ? '~' : '-') + day;
  }
  std::string TimeOfDay() {
    std::string text = List(kHours, 2, 25) + ':' + List(kSixty, 2, 20);
    if (!(odd_ && chance_.Percent(40)))
      text += ':' + (chance_.Percent(70) ? "00" : List(kSixty, 2, 10, true));
    return text;
  }
  std::string Zone() {
    constexpr std::array kAll{"UTC",
                              "Europe/Rome",
                              "America/Sao_Paulo",
                              "Asia/Kolkata",
                              "America/New_York",
                              "CET",
                              "CEST",
                              "EST",
                              "IST",
                              "GMT",
                              "utc",
                              "cest",
                              "Mars/Olympus",
                              "Europe/",
                              "Pacific/Chatham",
                              "Zulu",
                              "HST"};
    if (!chance_.Percent(15)) return "";
    return Blanks() + kAll[static_cast<std::size_t>(chance_.Below(kAll.size()))];
  }

  Chance& chance_;
  const bool odd_;
};

/// A letter more, less or another one.
void Spoil(std::string& text, Chance& chance) {
  constexpr std::string_view kSigns{"0123456789*-~.,:/ @MonTueUTCxyz+_"};
  const auto sign = kSigns[static_cast<std::size_t>(chance.Below(std::ssize(kSigns)))];
  const auto place = static_cast<std::size_t>(chance.Below(std::ssize(text)));
  switch (chance.Below(3)) {
    case 0: text.insert(place, 1, sign); break;
    case 1: text.erase(place, 1); break;
    default: text[place] = sign;
  }
}

}  // namespace

std::string MakeExpression(Chance& chance) {
  for (;;) {
    std::string text = ExpressionMaker{chance}.Make();
    if (chance.Percent(10)) Spoil(text, chance);
    if (text.size() <= schedule::kLongestExpression) return text;
  }
}

}  // namespace backup_monitor::testing
