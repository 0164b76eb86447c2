#include "app/plan_gauges.h"

#include <string>
#include <vector>

namespace backup_monitor::app {
namespace {

constexpr std::string_view kInfo = "backup_monitor_plan_info";
constexpr std::string_view kState = "backup_monitor_plan_state";
constexpr std::string_view kNextDue = "backup_monitor_plan_next_due_timestamp_seconds";

}  // namespace

void DeclarePlanGauges(Metrics& metrics) {
  metrics.DeclareGauge(std::string{kInfo}, "1 for each plan of the cluster, with its name.");
  metrics.DeclareGauge(
      std::string{kState},
      "Of each enabled plan, 1 for the state that it is in, 0 for the others: good, late, missed, "
      "failing, never, unknown.");
  metrics.DeclareGauge(
      std::string{kNextDue},
      "When the plan is due next by its schedule; no series if never, or not known.");
}

void ShowPlanGauges(const ClusterView& view, const std::map<PlanId, PlanStatus>& statuses,
                    Metrics& metrics) {
  std::vector<Metrics::Sample> infos;
  std::vector<Metrics::Sample> states;
  std::vector<Metrics::Sample> dues;
  for (const auto& [id, plan] : view.plans)
    infos.push_back({{{"plan", id.value()}, {"name", plan.name}}, 1});
  for (const auto& [id, status] : statuses) {
    for (const PlanState each : kAllPlanStates) {
      states.push_back({{{"plan", id.value()}, {"state", std::string{Name(each)}}},
                        each == status.state ? 1.0 : 0.0});
    }
    if (status.next)
      dues.push_back(
          {{{"plan", id.value()}}, static_cast<double>(status.next->time_since_epoch().count())});
  }
  metrics.Replace(kInfo, infos);
  metrics.Replace(kState, states);
  metrics.Replace(kNextDue, dues);
}

}  // namespace backup_monitor::app
