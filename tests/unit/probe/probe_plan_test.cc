#include "probe/probe_plan.h"

#include <string>
#include <vector>

#include "catch.h"
#include "run_states.h"

namespace backup_monitor::probe {
namespace {

const Time kNow{seconds{1'795'312'800}};

RunModule Module(std::uint32_t errors) {
  RunModule module;
  module.expected = true;
  module.record.emplace();
  module.record->record.error_count = errors;
  return module;
}

/// good, bad, silent, and one that shows another run's record.
Run ClosedRun() {
  Run run;
  run.destination_id = "nas";
  SetClosed(run, kNow);
  run.modules[ModuleId{"bad1"}] = Module(2);
  run.modules[ModuleId{"good1"}] = Module(0);
  run.modules[ModuleId{"silent1"}].expected = true;
  run.modules[ModuleId{"borrowing1"}].expected = true;
  run.modules[ModuleId{"borrowing1"}].borrowed = Module(1).record;
  for (auto& [id, module] : run.modules) {
    if (module.record) module.record->record.module = id;
  }
  return run;
}

std::vector<std::string> Asked(const ProbePlan& plan) {
  std::vector<std::string> modules;
  for (const ProbeOrder& order : plan.orders) modules.push_back(order.record.module.value());
  return modules;
}

using Names = std::vector<std::string>;

TEST_CASE("only records of the run itself are looked after", "[probe]") {
  CHECK(Asked(PlanProbes(ClosedRun(), {}, ProbeMode::kFailed)) == Names{"bad1"});
  CHECK(Asked(PlanProbes(ClosedRun(), {}, ProbeMode::kAll)) == Names{"bad1", "good1"});
  CHECK(PlanProbes(ClosedRun(), {}, ProbeMode::kOff).orders.empty());
  CHECK(PlanProbes(ClosedRun(), {}, ProbeMode::kAll).orders.front().destination_id == "nas");
}

TEST_CASE("while a run uses the destination nothing is looked into, and that is said", "[probe]") {
  const ProbePlan plan = PlanProbes(ClosedRun(), {"nas", "s3"}, ProbeMode::kFailed);
  CHECK(plan.orders.empty());
  CHECK(plan.destination_busy);
  CHECK_FALSE(PlanProbes(ClosedRun(), {"s3"}, ProbeMode::kFailed).orders.empty());

  Run good = ClosedRun();
  good.modules.erase(ModuleId{"bad1"});
  CHECK_FALSE(
      PlanProbes(good, {"nas"}, ProbeMode::kFailed).destination_busy);  // nothing was wanted
}

TEST_CASE("what is open, compact or without a destination is not looked into", "[probe]") {
  Run run = ClosedRun();
  SECTION("open") { SetClosed(run, std::nullopt); }
  SECTION("compact") { run.origin = RunOrigin::kCompact; }
  SECTION("no destination") { run.destination_id.clear(); }
  const ProbePlan plan = PlanProbes(run, {""}, ProbeMode::kAll);
  CHECK(plan.orders.empty());
  CHECK_FALSE(plan.destination_busy);
}

TEST_CASE("what has been found once is not looked into again", "[probe]") {
  Run run = ClosedRun();
  run.modules.at(ModuleId{"bad1"}).record->finding.emplace().cause = ProbeCause::kTimeout;
  CHECK(Asked(PlanProbes(run, {}, ProbeMode::kAll)) == Names{"good1"});
  CHECK_FALSE(PlanProbes(run, {"nas"}, ProbeMode::kFailed).destination_busy);
}

TEST_CASE("a module that has left the plan with an error is nobody's business", "[probe]") {
  Run run = ClosedRun();
  run.modules.at(ModuleId{"bad1"}).left = true;
  CHECK(PlanProbes(run, {}, ProbeMode::kFailed).orders.empty());
}

}  // namespace
}  // namespace backup_monitor::probe
