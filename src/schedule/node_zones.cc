#include "schedule/node_zones.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "schedule/calendar_expression.h"
#include "schedule/elapses.h"

namespace backup_monitor::schedule {

namespace {

using namespace std::chrono;

constexpr std::size_t kNewest = 10;
constexpr int kEnough = 3;
constexpr seconds kAfterDue =
    15min;  // the timer has an accuracy of a minute, and the leader uploads the cluster backup
constexpr seconds kBeforeDue{120};  // the node's clock may be behind ours
constexpr minutes kOffsetStep{15};
constexpr minutes kWestmost{-12 * 60};
constexpr minutes kEastmost{14 * 60};
constexpr seconds kDaylightSaving = 1h;

bool Fits(const PassStart& start, const CalendarExpression& expression, const TimeZone& zone) {
  const auto due = NextAfter(expression, zone, start.at - kAfterDue - seconds{1});
  return due && *due <= start.at + kBeforeDue;
}

std::string NameOf(minutes offset) {
  std::array<char, 16> text{};
  const auto size = std::abs(static_cast<int>(offset.count()));
  std::snprintf(text.data(), text.size(), "UTC%c%02d:%02d", offset < minutes{0} ? '-' : '+',
                size / 60, size % 60);
  return text.data();
}

}  // namespace

NodeZone LearnZone(const std::vector<PassStart>& starts,
                   const std::map<PlanId, std::string>& schedules, const TimeZones& zones,
                   const std::string& own_name) {
  const auto own = zones.Local();
  std::vector<std::pair<PassStart, CalendarExpression>> newest;
  for (auto start = starts.rbegin(); start != starts.rend() && newest.size() < kNewest; ++start) {
    const auto schedule = schedules.find(start->plan);
    if (schedule == schedules.end()) continue;
    auto expression = ParseCalendarExpression(schedule->second, zones, *own, start->at);
    // What is said in a zone of its own says nothing of the node's.
    if (expression && expression->zone.empty() && !expression->daylight_saving)
      newest.emplace_back(*start, *std::move(expression));
  }
  std::vector<bool> fits_own;
  for (const auto& [start, expression] : newest) fits_own.push_back(Fits(start, expression, *own));
  NodeZone learned{own, ZoneOrigin::kAssumed, own_name, seconds{0}};
  if (newest.size() < kEnough) return learned;
  auto most = std::ranges::count(fits_own, true);
  seconds nearest = seconds::max();
  for (minutes offset = kWestmost; offset <= kEastmost; offset += kOffsetStep) {
    const auto zone = std::make_shared<FixedZone>(offset);
    std::ptrdiff_t fit = 0;
    int only_here = 0;
    for (std::size_t i = 0; i < newest.size(); ++i) {
      if (!Fits(newest[i].first, newest[i].second, *zone)) continue;
      ++fit;
      if (!fits_own[i]) ++only_here;
    }
    const seconds away = abs(offset - own->At(newest.front().first.at).east_of_utc);
    const bool better =
        fit > most || (fit == most && away < nearest && learned.origin == ZoneOrigin::kLearned);
    if (only_here < kEnough || !better) continue;
    most = fit;
    nearest = away;
    learned = {zone, ZoneOrigin::kLearned, NameOf(offset), kDaylightSaving};
  }
  return learned;
}

}  // namespace backup_monitor::schedule
