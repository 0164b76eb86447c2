#include "schedule/timetable.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <set>
#include <utility>

#include "schedule/months_left_out.h"

namespace backup_monitor::schedule {

namespace {

using namespace std::chrono;

/// Elapses of one timer, in whole seconds.
class Elapses {
 public:
  Elapses(const CalendarExpression& expression, const TimeZone& zone)
      : expression_{expression}, zone_{zone} {}

  [[nodiscard]] std::optional<Time> After(Time time) const {
    const auto elapse = NextAfter(expression_, zone_, Moment{time + seconds{1}} - microseconds{1});
    return elapse ? std::optional{floor<seconds>(*elapse)} : std::nullopt;
  }

  /// Those in (`from`, `to`], the newest kMostUnsettled at most.
  [[nodiscard]] std::vector<Time> Between(Time from, Time to) const {
    std::deque<Time> found;
    std::size_t steps = 0;
    for (auto elapse = After(from); elapse && *elapse <= to; elapse = After(*elapse)) {
      found.push_back(*elapse);
      if (found.size() > NodeTiming::kMostUnsettled) found.pop_front();
      // Of a timer that elapses all the time only the end is looked at.
      if (++steps == 2 * NodeTiming::kMostUnsettled) {
        const seconds most = (found.back() - found.front()) * 2;
        if (to - most > *elapse) elapse = After(to - most);
        if (!elapse || *elapse > to) break;
      }
      if (steps == 20 * NodeTiming::kMostUnsettled) break;
    }
    return {found.begin(), found.end()};
  }

  /// The last ones up to `to`, oldest first: kMostSettled, or those of 100 days.
  [[nodiscard]] std::vector<Time> LastUpTo(Time to) const {
    constexpr seconds kFarthest = days{100};
    std::vector<Time> found;
    for (seconds distance = hours{1};; distance = std::min<seconds>(distance * 4, kFarthest)) {
      found = Between(to - distance, to);
      if (found.size() >= NodeTiming::kMostSettled || distance == kFarthest) break;
    }
    if (found.size() > NodeTiming::kMostSettled)
      found.erase(found.begin(), found.end() - NodeTiming::kMostSettled);
    return found;
  }

 private:
  const CalendarExpression& expression_;
  const TimeZone& zone_;
};

std::map<PlanId, std::string> SchedulesOf(const ClusterView& view) {
  std::map<PlanId, std::string> schedules;
  for (const auto& [id, plan] : view.plans) {
    if (plan.is_scheduled()) schedules.emplace(id, plan.schedule);
  }
  return schedules;
}

/// What a run shows of one node.
struct NodeShare {
  std::size_t place =
      std::numeric_limits<std::size_t>::max();  ///< The first one's in the plan's order.
  const RunModule* first = nullptr;
  std::optional<Time> began;  ///< The earliest start.
};

std::map<NodeId, NodeShare> SharesOf(const Run& run, const PlanOrder& order) {
  std::map<NodeId, NodeShare> nodes;
  for (const auto& [id, module] : run.modules) {
    const bool recorded = module.record.has_value();
    const auto node =
        recorded && module.record->record.node ? module.record->record.node : module.node;
    if (!node) continue;
    NodeShare& share = nodes[*node];
    const auto place = order.places.find(id);
    if (place != order.places.end() && place->second < share.place) {
      share.place = place->second;
      share.first = &module;
    }
    if (!recorded) continue;
    const Time start = module.record->record.start;
    share.began = std::min(share.began.value_or(start), start);
  }
  return nodes;
}

/// When each node began the newest runs, where the first of its modules says so.
std::map<NodeId, std::vector<PassStart>> StartsIn(const RunMemory& memory) {
  constexpr int kNewestRuns = 40;
  std::map<NodeId, std::vector<PassStart>> starts;
  int taken = 0;
  for (auto entry = memory.runs.rbegin(); entry != memory.runs.rend() && taken < kNewestRuns;
       ++entry, ++taken) {
    const Run& run = entry->second;
    const auto order = memory.orders.find(run.plan);
    if (order == memory.orders.end()) continue;
    for (const auto& [node, share] : SharesOf(run, order->second)) {
      const bool says = share.first != nullptr && share.first->record &&
                        share.first->record->record.start == share.began;
      if (says) starts[node].push_back({run.plan, *share.began});
    }
  }
  for (auto& [node, its] : starts)
    std::sort(its.begin(), its.end(),
              [](const PassStart& a, const PassStart& b) { return a.at < b.at; });
  return starts;
}

/// None if its records do not say when a backup began, or where.
std::set<std::optional<NodeId>> NodesOf(const Plan& plan, const ClusterView& view) {
  std::set<std::optional<NodeId>> nodes;
  if (plan.compact) return nodes;
  for (const ModuleId& id : plan.expected) {
    const auto module = view.modules.find(id);
    if (module != view.modules.end() && module->second.node) nodes.insert(*module->second.node);
  }
  return nodes;
}

}  // namespace

Timetable::Timetable(const TimeZones& zones, std::map<NodeId, std::string> configured,
                     std::string own_name)
    : zones_{zones}, configured_{std::move(configured)}, own_name_{std::move(own_name)} {}

const NodeZone& Timetable::ZoneOf(NodeId node, const std::map<PlanId, std::string>& schedules,
                                  const PassStarts& starts_of) {
  const auto found = starts_of.find(node);
  const auto starts = found == starts_of.end() ? std::vector<PassStart>{} : found->second;
  const auto [known, is_new] = learned_.try_emplace(node);
  Learned& learned = known->second;
  if (!is_new && learned.starts == starts && learned.schedules == schedules) return learned.zone;
  learned.starts = starts;
  learned.schedules = schedules;
  const auto name = configured_.find(node);
  const auto configured = name == configured_.end() ? nullptr : zones_.Find(name->second);
  learned.zone = configured != nullptr
                     ? NodeZone{configured, ZoneOrigin::kConfigured, name->second, seconds{0}}
                     : LearnZone(starts, schedules, zones_, own_name_);
  return learned.zone;
}

Timetable::Timer& Timetable::TimerOf(const Plan& plan, std::optional<NodeId> node,
                                     const NodeZone& zone, Time now) {
  auto known = timers_.find({plan.id, node});
  Time unsure_until = Time::min();
  if (known != timers_.end()) {
    const Timer& timer = known->second;
    const bool stepped_back = now < timer.looked_at;
    const bool same_zone =
        timer.zone.name == zone.name || timer.zone.origin == ZoneOrigin::kExpression;
    if (timer.schedule == plan.schedule && same_zone && !stepped_back) return known->second;
    unsure_until = same_zone ? timer.unsure_until : now + hours{1};
    timers_.erase(known);
  }
  Timer timer{plan.schedule,
              zone,
              ParseCalendarExpression(plan.schedule, zones_, *zone.zone, now),
              {},
              {},
              {}};
  if (timer.expression && !timer.expression->zone.empty()) {
    timer.zone = {zones_.Find(timer.expression->zone), ZoneOrigin::kExpression,
                  timer.expression->zone, seconds{0}};
    if (timer.expression->zone == "UTC") timer.zone.zone = std::make_shared<FixedZone>(seconds{0});
  }
  timer.unsure_until = unsure_until;
  return timers_.emplace(std::pair{plan.id, node}, std::move(timer)).first->second;
}

std::optional<seconds> Timetable::IntervalOf(const Timer& timer) {
  std::optional<seconds> longest;
  std::optional<Time> before;
  const auto follow = [&](Time at) {
    if (before) longest = std::max(longest, std::optional{at - *before});
    before = at;
  };
  std::ranges::for_each(timer.due, follow);
  std::ranges::for_each(timer.ahead, follow);
  if (!timer.next) return longest;
  follow(*timer.next);
  if (longest) return longest;
  if (const auto after = Elapses{*timer.expression, *timer.zone.zone}.After(*timer.next))
    follow(*after);
  return longest;
}

void Timetable::Advance(Timer& timer, Time from, Time now) {
  const Elapses elapses{*timer.expression, *timer.zone.zone};
  auto& due = timer.due;
  auto& ahead = timer.ahead;
  const bool is_new = timer.looked_at == Time::min();
  timer.looked_at = now;
  if (is_new) due = elapses.LastUpTo(from);
  const auto passed = std::upper_bound(ahead.begin(), ahead.end(), now);
  due.insert(due.end(), ahead.begin(), passed);
  ahead.erase(ahead.begin(), passed);
  if (is_new || (timer.next && *timer.next <= now)) {
    for (const Time next : elapses.Between(due.empty() ? from : due.back(), now))
      due.push_back(next);
    timer.next = elapses.After(now);
  }
  while (timer.next && *timer.next <= now + NodeTiming::kAhead &&
         ahead.size() < NodeTiming::kMostAhead) {
    ahead.push_back(*timer.next);
    timer.next = elapses.After(*timer.next);
  }
  std::erase_if(due, [&](Time at) { return at > from && at <= timer.unsure_until; });
  const auto settled = std::upper_bound(due.begin(), due.end(), from) - due.begin();
  const auto unsettled = std::ssize(due) - settled;
  const auto kept = std::min<std::ptrdiff_t>(settled, NodeTiming::kMostSettled) +
                    std::min<std::ptrdiff_t>(unsettled, NodeTiming::kMostUnsettled);
  due.erase(due.begin(), due.end() - kept);
}

PlanTiming Timetable::TimingOf(const Plan& plan, const ClusterView& view, Time settled,
                               const std::map<PlanId, std::string>& schedules,
                               const PassStarts& starts) {
  PlanTiming timing;
  const Time now = view.looked_at;
  const Time from = std::min(settled, now);
  auto nodes = NodesOf(plan, view);
  if (nodes.empty()) nodes.insert(std::nullopt);
  bool elapses_again = false;
  for (const auto& node : nodes) {
    const NodeZone zone = node ? ZoneOf(*node, schedules, starts)
                               : NodeZone{zones_.Local(), ZoneOrigin::kAssumed, own_name_, {}};
    Timer& timer = TimerOf(plan, node, zone, now);
    if (!timer.expression) {
      const bool refused = timer.expression.error().code == ErrorCode::kInvalidInput;
      return {refused ? PlanTiming::Kind::kNever : PlanTiming::Kind::kUnknown,
              timer.expression.error().message,
              {},
              {}};
    }
    Advance(timer, from, now);
    timing.months_left_out = MonthsLeftOut(*timer.expression);
    elapses_again |=
        timer.next || !timer.ahead.empty() || (!timer.due.empty() && timer.due.back() > from);
    timing.interval = std::max(timing.interval, IntervalOf(timer));
    if (!node) continue;
    NodeTiming& its = timing.nodes[*node];
    its = {timer.due, timer.next, timer.zone.origin, timer.zone.name, timer.zone.doubt};
    its.due.insert(its.due.end(),
                   std::upper_bound(timer.ahead.begin(), timer.ahead.end(), timer.unsure_until),
                   timer.ahead.end());
  }
  if (!elapses_again) {
    timing.kind = PlanTiming::Kind::kNever;
    timing.reason = "it never elapses again";
  } else if (!timing.nodes.empty()) {
    timing.kind = PlanTiming::Kind::kTimed;
  } else {
    timing.reason = plan.compact ? "its records do not say when a backup began (compact layout)"
                                 : "it is not known on which node its applications are";
  }
  return timing;
}

PlanTimings Timetable::At(const ClusterView& view, const RunMemory& memory) {
  const auto schedules = SchedulesOf(view);
  const PassStarts starts = StartsIn(memory);
  PlanTimings timings;
  for (const auto& [id, schedule] : schedules) {
    const auto watch = memory.watches.find(id);
    const Time settled = watch == memory.watches.end() ? view.looked_at : watch->second.settled;
    timings.emplace(id, TimingOf(view.plans.at(id), view, settled, schedules, starts));
  }
  std::erase_if(timers_, [&](const auto& timer) { return !schedules.contains(timer.first.first); });
  std::erase_if(learned_, [&](const auto& node) {
    return std::ranges::none_of(
        timers_, [&](const auto& timer) { return timer.first.second == node.first; });
  });
  return timings;
}

}  // namespace backup_monitor::schedule
