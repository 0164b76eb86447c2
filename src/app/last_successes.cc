#include "app/last_successes.h"

#include <string_view>
#include <utility>
#include <vector>

namespace backup_monitor::app {
namespace {

constexpr std::string_view kGauge = "backup_monitor_plan_last_success_timestamp_seconds";

}  // namespace

void LastSuccesses::DeclareMetrics(Metrics& metrics) {
  metrics.DeclareGauge(
      std::string{kGauge},
      "When the newest run with outcome SUCCESS ended, by plan; 0: there was none yet.");
}

void LastSuccesses::Note(const ClusterView& view) {
  looked_ = true;
  for (const auto& [id, plan] : view.plans) plans_seen_[id] = view.looked_at;
  std::erase_if(plans_seen_, [&](const auto& seen) {
    return view.looked_at - seen.second >= reconcile_ || seen.second > view.looked_at;
  });
}

void LastSuccesses::Read() {
  if (auto successes = archive_.LastSuccesses()) successes_ = *std::move(successes);
}

void LastSuccesses::Show() {
  if (!successes_) Read();
  if (!successes_) return;  // 0 would say that there was none
  std::map<PlanId, Time> shown;
  for (const auto& [plan, seen] : plans_seen_) shown.emplace(plan, Time{});
  if (!looked_) shown = *successes_;
  std::vector<Metrics::Sample> samples;
  for (const auto& [plan, none] : shown) {
    const auto success = successes_->find(plan);
    const Time time = success != successes_->end() ? success->second : none;
    samples.push_back(
        {{{"plan", plan.value()}}, static_cast<double>(time.time_since_epoch().count())});
  }
  metrics_.Replace(kGauge, samples);
}

}  // namespace backup_monitor::app
