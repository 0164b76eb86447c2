#include "run/current_runs.h"

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

std::vector<RunId> Ids(const Night& night, const std::optional<PlanId>& plan = std::nullopt) {
  std::vector<RunId> ids;
  for (const Run& run : run::CurrentRuns(night.cluster(), night.tracker().memory(), {}, plan)) {
    ids.push_back(run.id);
  }
  return ids;
}

TEST_CASE("of each plan the run that began last is shown", "[run][current]") {
  Night night;
  night.HasPlan("p1", {"a"});
  night.HasPlan("p2", {"b"});
  night.Saves("p1", "a", "1 01:00", "1 01:10");
  night.Saves("p2", "b", "1 02:00", "1 02:10");
  CHECK(Ids(night) == std::vector{RunId{1}, RunId{2}});
  night.Saves("p1", "a", "2 01:00", "2 01:10");
  CHECK(Ids(night) == std::vector{RunId{3}, RunId{2}});
  CHECK(Ids(night, PlanId{"p2"}) == std::vector{RunId{2}});

  // One that is found and opened later, and began earlier, is not the newest.
  night.Write(Record("p1", "a", At("1 12:00"), At("1 12:10")));
  night.Look();
  CHECK(Ids(night, PlanId{"p1"}) == std::vector{RunId{3}});
}

TEST_CASE("a plan without a run in the books is shown as its own records make it",
          "[run][current]") {
  Night night;
  night.HasPlan("p1", {"a", "b"});
  night.HasPlan("p2", {"a"});
  night.HasPlan("p3", {"a"});  // has no record at all
  night.Write(Record("p1", "a", At("0 01:00"), At("0 01:10")));
  night.Write(Record("p2", "a", At("0 01:20"), At("0 01:30")));
  night.Look();
  const auto runs = run::CurrentRuns(night.cluster(), night.tracker().memory(), {}, std::nullopt);
  REQUIRE(runs.size() == 2);
  CHECK(runs[0].plan == PlanId{"p1"});
  CHECK(runs[0].begin == At("0 01:00"));
  CHECK(runs[0].closed_at() == night.now());
  CHECK(runs[0].modules.at(ModuleId{"a"}).ever_recorded);
  CHECK_FALSE(runs[0].modules.at(ModuleId{"b"}).ever_recorded);
  CHECK(runs[1].begin == At("0 01:20"));
}

}  // namespace
}  // namespace backup_monitor::testing
