#include <iostream>

#include "adapters/zoneinfo/zone_database.h"
#include "catch.h"
#include "random/calendar_maker.h"
#include "random/calendar_oracle.h"
#include "random/options.h"
#include "schedule/elapses.h"
#include "text/utc_time.h"

// The calendar against the real systemd, whose timers NS8 uses: random expressions, times and zones.
// BACKUP_MONITOR_SEED and BACKUP_MONITOR_EXPRESSIONS choose others.

namespace backup_monitor::testing {
namespace {

using schedule::Moment;
using zoneinfo::ZoneDatabase;
using namespace std::chrono;

// Summer time of an hour, of half an hour, of winter, none, at midnight, twice a year by the moon; both halves of the
// globe.
constexpr std::array<const char*, 8> kZones{"UTC",
                                            "Europe/Rome",
                                            "America/New_York",
                                            "Europe/Dublin",
                                            "America/Havana",
                                            "Australia/Lord_Howe",
                                            "Africa/Casablanca",
                                            "America/Santiago"};
constexpr int kElapses = 4;
constexpr int kTogether = 40;  ///< Expressions of one zone and time.

/// Whether a clock there shows this time twice, both times of the same kind, as on 2026-09-20 in Africa/Casablanca. Then
/// mktime(3) chooses by the offset of its last call in the process: a fresh systemd-analyze has none.
bool IsAmbiguous(const schedule::TimeZone& zone, Time time) {
  const auto before = zone.At(time - 1h);
  const auto after = zone.At(time + 1h);
  return before.east_of_utc > after.east_of_utc && before.daylight_saving == after.daylight_saving;
}

/// Any second of 2024 to 2033, or one near a change of clocks.
Time MakeBase(Chance& chance, const schedule::TimeZone& zone) {
  Time base = sys_days{2024y / January / 1} + chance.Between(0s, 10 * 365 * 24h);
  if (chance.Percent(50)) {
    const auto offset = zone.At(base).east_of_utc;
    for (int hour = 0; hour < 366 * 24 && zone.At(base).east_of_utc == offset; ++hour) base += 1h;
    base += chance.Between(-4h, 4h);
  }
  return IsAmbiguous(zone, base) ? base + 2h : base;
}

bool ClocksChange(const schedule::TimeZone& zone, Moment begin, Moment end) {
  const auto offset = zone.At(floor<seconds>(begin)).east_of_utc;
  for (auto day = begin; day < end; day += days{1})
    if (zone.At(floor<seconds>(day)).east_of_utc != offset) return true;
  return zone.At(floor<seconds>(end)).east_of_utc != offset;
}

std::string Text(std::optional<Moment> moment) {
  return moment ? IsoTime(floor<seconds>(*moment)) : "never";
}

struct Counts {
  int asked = 0;
  int refused = 0;
  int never = 0;
  int backwards = 0;
  int wrong = 0;
};

class Comparison {
 public:
  Comparison(const ZoneDatabase& zones, std::string zone, Time base, Counts& counts)
      : zones_{zones},
        name_{std::move(zone)},
        own_{zones.Find(name_)},
        base_{base},
        counts_{counts} {}

  void Compare(const std::string& text, const OracleAnswer& right) {
    ++counts_.asked;
    const auto expression = schedule::ParseCalendarExpression(text, zones_, *own_, base_);
    if (right.refused) ++counts_.refused;
    if (!expression || right.refused) {
      if (expression.has_value() == right.refused)
        Wrong(text, right, expression ? "read" : expression.error().message);
      return;
    }
    const auto zone = expression->zone.empty() ? own_ : zones_.Find(expression->zone);
    std::vector<Moment> elapses;
    for (std::optional<Moment> elapse = base_; elapses.size() < kElapses;
         elapses.push_back(*elapse)) {
      elapse = schedule::NextAfter(*expression, *zone, *elapse);
      if (!elapse) break;
    }
    if (elapses.empty()) ++counts_.never;
    std::string shown;
    for (const auto elapse : elapses) shown += ' ' + Text(elapse);
    const bool same =
        right.gave_up
            ? elapses.size() < kElapses
            : std::equal(elapses.begin(), elapses.end(), right.elapses.begin(), right.elapses.end(),
                         [](Moment ours, Time its) { return floor<seconds>(ours) == its; });
    if (!same) Wrong(text, right, shown);
    // About a change of clocks, and with steps that leave their field, what systemd says next, or that it gives up,
    // depends on when it is asked.
    if (!expression->daylight_saving && text.find('/') == std::string::npos)
      CompareBackwards(*expression, *zone, elapses, text, right);
  }

 private:
  void CompareBackwards(const schedule::CalendarExpression& expression,
                        const schedule::TimeZone& zone, const std::vector<Moment>& elapses,
                        const std::string& text, const OracleAnswer& right) {
    for (std::size_t i = 1; i < elapses.size(); i += 2) {
      if (ClocksChange(zone, elapses[i - 1] - days{2}, elapses[i] + days{2})) continue;
      const auto at = schedule::LastAtOrBefore(expression, zone, elapses[i]);
      const auto before = schedule::LastAtOrBefore(expression, zone, elapses[i] - microseconds{1});
      ++counts_.backwards;
      if (at != elapses[i] || before != elapses[i - 1])
        Wrong(text, right,
              "backwards from " + Text(elapses[i]) + ": " + Text(at) + ", and just before it " +
                  Text(before));
    }
  }

  void Wrong(const std::string& text, const OracleAnswer& right, const std::string& ours) {
    if (++counts_.wrong > 20) return;
    std::cout << "'" << text << "' in " << name_ << " from @" << base_.time_since_epoch().count()
              << "\n  ours: " << ours << "\n  systemd:"
              << (right.refused   ? " refused"
                  : right.gave_up ? " gave up"
                                  : "");
    for (const auto elapse : right.elapses) std::cout << ' ' << IsoTime(elapse);
    std::cout << '\n';
  }

  const ZoneDatabase& zones_;
  const std::string name_;
  const std::shared_ptr<const schedule::TimeZone> own_;
  const Time base_;
  Counts& counts_;
};

TEST_CASE("schedules elapse when the real systemd says", "[schedule][random]") {
  const auto seed = NumberFrom("BACKUP_MONITOR_SEED", kSeed);
  const auto wanted = NumberFrom("BACKUP_MONITOR_EXPRESSIONS", 10'000);
  Chance chance{seed};
  const ZoneDatabase zones;
  Counts counts;
  while (static_cast<std::uint64_t>(counts.asked) < wanted) {
    const std::string zone = kZones[static_cast<std::size_t>(chance.Below(kZones.size()))];
    const Time base = MakeBase(chance, *zones.Find(zone));
    std::vector<std::string> expressions;
    for (int i = 0; i < kTogether; ++i) expressions.push_back(MakeExpression(chance));
    const auto answers = AskSystemd(expressions, zone, base, kElapses);
    Comparison comparison{zones, zone, base, counts};
    for (std::size_t i = 0; i < expressions.size(); ++i)
      comparison.Compare(expressions[i], answers[i]);
  }
  std::cout << counts.asked << " expressions, seed " << seed << ": " << counts.refused
            << " refused, " << counts.never << " never elapse, " << counts.backwards
            << " also backwards, " << counts.wrong << " read otherwise\n";
  CHECK(counts.wrong == 0);
}

}  // namespace
}  // namespace backup_monitor::testing
