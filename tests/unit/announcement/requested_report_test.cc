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
  REQUIRE(all.plans.size() == 1);
  CHECK(all.plans[0].plan == PlanId{"2"});
  CHECK(all.plans[0].name == "Plan 2");
  CHECK(all.plans[0].now.state == PlanState::kNever);

  CHECK(Requested(view, memory, PlanId{"1"}).plans.empty());
  const Report one = Requested(view, memory, PlanId{"2"});
  CHECK(one.runs.empty());
  CHECK(one.plans.size() == 1);
}

TEST_CASE("a report on request names the applications whose data is too old now",
          "[requested_report]") {
  ClusterView view;
  view.looked_at = At(kLookedAt);
  HasPlan(view, "1");
  HasPlan(view, "2");
  view.plans.at(PlanId{"2"}).expected = {ModuleId{"web2"}};
  for (const char* id : {"mail1", "web2"}) view.modules[ModuleId{id}].ui_name = id;
  RunMemory memory;
  run::RunRules rules;
  for (const auto& [plan, module] : {std::pair{"1", "mail1"}, std::pair{"2", "web2"}}) {
    memory.modules[{PlanId{plan}, ModuleId{module}}].newest_data = At(kLookedAt - 100);
    rules.recovery_targets[PlanId{plan}] = seconds{100};
  }
  const auto over = [&](const std::optional<PlanId>& plan) {
    std::string named;
    const Report report = ReportOnRequest(view, memory, rules, plan, {}).value();
    for (const RecoveryLine& line : report.recovery)
      named += line.module.value() + " " + line.ui_name + (line.over ? " over;" : " back;");
    return named;
  };
  CHECK(over({}).empty());
  view.looked_at += seconds{1};
  CHECK(over({}) == "mail1 mail1 over;web2 web2 over;");
  CHECK(over(PlanId{"2"}) == "web2 web2 over;");
}

TEST_CASE("a report on request names the applications on the node of their destination",
          "[requested_report]") {
  ClusterView view;
  view.looked_at = At(kLookedAt);
  for (const char* plan : {"1", "2", "3"}) {
    HasPlan(view, plan);
    view.plans.at(PlanId{plan}).expected = {ModuleId{"mail1"}, ModuleId{"web2"}, ModuleId{"gone3"}};
  }
  view.plans.at(PlanId{"1"}).destination_node = *NodeId::Parse("2");
  view.plans.at(PlanId{"3"}).destination_node = *NodeId::Parse("2");
  view.plans.at(PlanId{"3"}).enabled = false;
  view.modules[ModuleId{"mail1"}].node = *NodeId::Parse("1");
  view.modules[ModuleId{"web2"}].node = *NodeId::Parse("2");
  view.node_names.emplace(*NodeId::Parse("2"), "Rome");
  const auto lines = Requested(view, {}).same_disk;
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].plan == PlanId{"1"});
  CHECK(lines[0].plan_name == "Plan 1");
  CHECK(lines[0].node_name == "Rome");
  CHECK(lines[0].modules == std::vector<ModuleId>{ModuleId{"web2"}});
  CHECK(Requested(view, {}, PlanId{"2"}).same_disk.empty());
}

TEST_CASE("who is in no enabled plan is counted, but for who needs no backup or is exempt",
          "[requested_report]") {
  ClusterView view;
  view.looked_at = At(kLookedAt);
  HasPlan(view, "1");
  for (const char* id : {"mail1", "web2", "new3", "free4", "exempt5"}) view.modules[ModuleId{id}];
  view.modules.at(ModuleId{"web2"}).unprotected_since = At(7);
  view.modules.at(ModuleId{"free4"}).needs_backup = false;
  view.modules.at(ModuleId{"exempt5"}).exempt = Exemption{At(9), "a test"};
  const WatchSummary watch = Requested(view, {}).watch;
  CHECK(watch.unprotected == std::vector<ModuleId>{ModuleId{"new3"}, ModuleId{"web2"}});
  CHECK(watch.unprotected_since ==
        std::map<ModuleId, Time>{{ModuleId{"new3"}, At(kLookedAt)}, {ModuleId{"web2"}, At(7)}});
  CHECK(watch.exempt ==
        std::map<ModuleId, Exemption>{{ModuleId{"exempt5"}, Exemption{At(9), "a test"}}});
}

}  // namespace
}  // namespace backup_monitor::announcement
