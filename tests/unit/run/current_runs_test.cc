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

  // One that is found later, and began earlier, is not the newest.
  night.Write(Record("p1", "a", At("1 12:00"), At("1 12:10")));
  night.Look();
  CHECK(Ids(night, PlanId{"p1"}) == std::vector{RunId{3}});
}

}  // namespace
}  // namespace backup_monitor::testing
