#include "app/plan_gauges.h"

#include <string>
#include <vector>

#include "run/plan_state.h"

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
      "1 for the state that the plan is in, 0 for the others: good, late, missed, failing, never, "
      "unknown.");
  metrics.DeclareGauge(
      std::string{kNextDue},
      "When the plan is due next by its schedule; no series if never, or not known.");
}

void ShowPlanGauges(const ClusterView& view, const RunMemory& memory, const run::RunRules& rules,
                    Metrics& metrics) {
  std::vector<Metrics::Sample> infos;
  std::vector<Metrics::Sample> states;
  std::vector<Metrics::Sample> dues;
  for (const auto& [id, plan] : view.plans) {
    infos.push_back({{{"plan", id.value()}, {"name", plan.name}}, 1});
    const run::PlanState state = run::StateOf(id, view, memory, rules);
    for (const run::PlanState each : run::kAllPlanStates) {
      states.push_back(
          {{{"plan", id.value()}, {"state", std::string{Name(each)}}}, each == state ? 1.0 : 0.0});
    }
    if (const auto next = NextDueOf(id, view))
      dues.push_back(
          {{{"plan", id.value()}}, static_cast<double>(next->time_since_epoch().count())});
  }
  metrics.Replace(kInfo, infos);
  metrics.Replace(kState, states);
  metrics.Replace(kNextDue, dues);
}

}  // namespace backup_monitor::app
