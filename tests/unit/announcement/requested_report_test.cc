#include "announcement/requested_report.h"

#include "catch.h"
#include "contract/store/samples.h"
#include "run_states.h"

namespace backup_monitor::announcement {
namespace {

using namespace testing;

constexpr std::int64_t kLookedAt = 100'000;

void HasPlan(ClusterView& view, const std::string& id, bool enabled = true) {
  Plan& plan = view.plans[PlanId{id}];
  plan.id = PlanId{id};
  plan.name = "Plan " + id;
  plan.enabled = enabled;
  plan.expected = {ModuleId{"mail1"}};
}

Report Requested(const ClusterView& view, const RunMemory& memory,
                 const std::optional<PlanId>& plan = std::nullopt) {
  return ReportOnRequest(view, memory, {}, plan, {}).value();
}

TEST_CASE("a report on request has the status of each enabled plan, with its run or without",
          "[requested_report]") {
  ClusterView view;
  view.looked_at = At(kLookedAt);
  HasPlan(view, "1");
  HasPlan(view, "2");
  HasPlan(view, "3", false);
  HasPlan(view, "4", false);
  RunMemory memory;
  memory.runs.emplace(RunId{1}, testing::ClosedRun(1, "1", kLookedAt - 600, Outcome::kSuccess));
  memory.runs.emplace(RunId{3}, testing::ClosedRun(3, "3", kLookedAt - 600, Outcome::kSuccess));

  const Report all = Requested(view, memory);
  REQUIRE(all.runs.size() == 2);
  CHECK(all.runs[0].plan == PlanId{"1"});
  CHECK(all.runs[0].plan_now == PlanStatus{PlanState::kGood, {}, {}, ""});
  CHECK_FALSE(all.runs[1].plan_now);
  REQUIRE(all.without_run.size() == 1);
  CHECK(all.without_run[0].plan == PlanId{"2"});
  CHECK(all.without_run[0].name == "Plan 2");
  CHECK(all.without_run[0].now.state == PlanState::kNever);

  CHECK(Requested(view, memory, PlanId{"1"}).without_run.empty());
  const Report one = Requested(view, memory, PlanId{"2"});
  CHECK(one.runs.empty());
  CHECK(one.without_run.size() == 1);
}

}  // namespace
}  // namespace backup_monitor::announcement
