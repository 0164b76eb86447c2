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
constexpr seconds kTooOften = 2h;

/// How long after a due moment it is; none if it fits none.
std::optional<microseconds> AfterDue(const PassStart& start, const CalendarExpression& expression,
                                     const TimeZone& zone) {
  const auto due = NextAfter(expression, zone, start.at - kAfterDue - seconds{1});
  if (!due || *due > start.at + kBeforeDue) return std::nullopt;
  return abs(start.at - *due);
}

/// What is due every hour or two begins at the same minutes in many zones.
bool IsTelling(const CalendarExpression& expression, const TimeZone& zone, Time at) {
  const auto due = NextAfter(expression, zone, at);
  const auto next = due ? NextAfter(expression, zone, *due) : std::nullopt;
  return !next || *next - *due > kTooOften;
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
    if (expression && expression->zone.empty() && !expression->daylight_saving &&
        IsTelling(*expression, *own, start->at))
      newest.emplace_back(*start, *std::move(expression));
  }
  std::vector<bool> fits_own;
  fits_own.reserve(newest.size());
  for (const auto& [start, expression] : newest)
    fits_own.push_back(AfterDue(start, expression, *own).has_value());
  NodeZone learned{own, ZoneOrigin::kAssumed, own_name, seconds{0}};
  auto most = std::ranges::count(fits_own, true);
  if (static_cast<std::ptrdiff_t>(newest.size()) - most < kEnough) return learned;
  microseconds least{0};
  for (minutes offset = kWestmost; offset <= kEastmost; offset += kOffsetStep) {
    const auto zone = std::make_shared<FixedZone>(offset);
    std::ptrdiff_t fit = 0;
    int only_here = 0;
    microseconds after{0};
    for (std::size_t i = 0; i < newest.size(); ++i) {
      const auto its = AfterDue(newest[i].first, newest[i].second, *zone);
      if (!its) continue;
      ++fit;
      after += *its;
      if (!fits_own[i]) ++only_here;
    }
    if (only_here < kEnough || fit < most || (fit == most && after >= least)) continue;
    most = fit;
    least = after;
    learned = {zone, ZoneOrigin::kLearned, NameOf(offset), kDaylightSaving};
  }
  return learned;
}

}  // namespace backup_monitor::schedule
