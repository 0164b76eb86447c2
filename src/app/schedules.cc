#include "app/schedules.h"

namespace backup_monitor::app {
namespace {

std::string Named(const Plan& plan) {
  return plan.name == plan.id.value() ? "plan " + plan.name
                                      : "plan " + plan.id.value() + " (" + plan.name + ")";
}

}  // namespace

schedule::Timetable MakeTimetable(const config::ScheduleConfig& config,
                                  const schedule::TimeZones& zones,
                                  std::vector<std::string>& warnings) {
  std::map<NodeId, std::string> configured;
  for (const auto& [node, name] : config.zones) {
    const auto id = NodeId::Parse(node);
    if (!id || zones.Find(name) == nullptr) {
      warnings.push_back("schedule.zones: this machine knows no time zone " + name +
                         ": it is ignored for node " + node);
      continue;
    }
    configured.emplace(*id, name);
  }
  if (!zones.HasDatabase()) {
    warnings.emplace_back(
        "there is no time zone database (/usr/share/zoneinfo): a schedule that names a zone cannot "
        "be read");
  }
  return {zones, std::move(configured), "the zone of the backup monitor's machine"};
}

void ReadSchedules(ClusterView& view, schedule::Timetable* timetable, const RunMemory& memory) {
  if (timetable == nullptr) return;
  view.timings = timetable->At(view, memory);
  for (const auto& [id, timing] : view.timings) {
    const Plan& plan = view.plans.at(id);
    if (timing.kind == PlanTiming::Kind::kNever) {
      view.complaints.push_back(Named(plan) + " never runs by itself: its schedule '" +
                                plan.schedule + "': " + timing.reason);
    } else if (timing.kind == PlanTiming::Kind::kUnknown && !plan.compact) {
      view.complaints.push_back("whether " + Named(plan) +
                                " runs when it is due is not known: its schedule '" +
                                plan.schedule + "': " + timing.reason);
    }
  }
}

}  // namespace backup_monitor::app
