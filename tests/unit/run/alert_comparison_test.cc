// What fires, compared with the last run of each plan.

#include "run/alert_comparison.h"

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// a on node 1 has failed, b on node 2 is saved; the run closed at "1 01:20".
Night FailedOnNode1() {
  Night night;
  night.HasPlan("daily", {"a", "b@2"});
  night.Fails("daily", "a", "1 01:00", "1 01:10");
  night.Saves("daily", "b", "1 01:00", "1 01:20");
  return night;
}

Alert Firing(std::map<std::string, std::string> labels) {
  Alert alert;
  alert.labels = std::move(labels);
  alert.starts_at = At("1 01:10");
  return alert;
}

std::vector<AlertContradiction> Compare(const Night& night, Time read_at,
                                        std::vector<Alert> alerts = {}) {
  ClusterView view = night.cluster();
  view.looked_at = read_at;
  return run::CompareAlerts({read_at, std::move(alerts)}, view, night.tracker().memory());
}

TEST_CASE("a failure for which no alert fires", "[run][alerts]") {
  Night night = FailedOnNode1();
  const Time closed = At("1 01:20");
  const auto found = Compare(night, closed + minutes{10});
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == AlertContradiction::Kind::kNotRaised);
  CHECK(found[0].plan == PlanId{"daily"});
  CHECK(found[0].node == NodeId::Parse("1").value());
  CHECK(found[0].since == closed);

  SECTION("not before ten minutes") {
    CHECK(Compare(night, closed + minutes{10} - seconds{1}).empty());
  }
  SECTION("nor after a day") {
    CHECK(Compare(night, closed + hours{24}).size() == 1);
    CHECK(Compare(night, closed + hours{24} + seconds{1}).empty());
  }
  SECTION("nor while a run goes on") {
    night.Saves("daily", "a", "1 01:30", "1 01:31");
    CHECK(Compare(night, closed + minutes{15}).empty());
  }
  SECTION("nor of a plan that is disabled") {
    night.cluster().plans.at(PlanId{"daily"}).enabled = false;
    CHECK(Compare(night, closed + minutes{10}).empty());
  }
  SECTION("nor after a good run") {
    night.Saves("daily", "a", "1 01:30", "1 01:31");
    night.Saves("daily", "b", "1 01:30", "1 01:32");
    CHECK(Compare(night, closed + hours{1}).empty());
  }
}

TEST_CASE("which alert answers a failure", "[run][alerts]") {
  Night night = FailedOnNode1();
  using Labels = std::map<std::string, std::string>;
  const auto [labels, answers] = GENERATE(table<Labels, bool>({
      {Labels{{"id", "daily"}, {"node", "1"}}, true},
      {Labels{{"name", "daily"}, {"node", "1"}}, true},
      {Labels{{"id", "daily"}}, true},
      {Labels{}, true},
      {Labels{{"id", "daily"}, {"node", "2"}}, false},
      {Labels{{"id", "dail"}, {"node", "1"}}, false},
  }));
  CHECK(Compare(night, At("1 01:40"), {Firing(labels)}).empty() == answers);
}

TEST_CASE("an alert of a plan that has been removed", "[run][alerts]") {
  Night night;
  night.HasPlan("daily", {"a"});
  night.HasPlan("old", {"a"});
  night.Look();
  CHECK(Compare(night, At("1 01:40"), {Firing({{"id", "old"}})}).empty());
  night.RemovePlan("old");
  night.Look();
  Alert alert = Firing({{"id", "old"}, {"node", "1"}});
  alert.silenced = true;
  // Of two nodes' it is one; of a plan that was never there it is reported as such.
  const auto found = Compare(
      night, At("1 01:40"), {alert, Firing({{"id", "old"}, {"node", "2"}}), Firing({{"id", "x"}})});
  REQUIRE(found.size() == 1);
  CHECK(found[0] == AlertContradiction{.kind = AlertContradiction::Kind::kPlanGone,
                                       .plan = PlanId{"old"},
                                       .plan_name = "old",
                                       .since = At("1 01:10"),
                                       .silenced = true});
}

TEST_CASE("an old answer of Alertmanager says nothing", "[run][alerts]") {
  Night night = FailedOnNode1();
  ClusterView view = night.cluster();
  const Time read_at = At("1 01:40");
  view.looked_at = read_at + minutes{30};
  CHECK(run::CompareAlerts({read_at, {}}, view, night.tracker().memory()).size() == 1);
  view.looked_at += seconds{1};
  CHECK(run::CompareAlerts({read_at, {}}, view, night.tracker().memory()).empty());
}

TEST_CASE("so many are said at most", "[run][alerts]") {
  Night night;
  std::vector<Alert> alerts;
  for (int i = 0; i < 21; ++i) {
    night.HasPlan("p" + std::to_string(i), {"a"});
    alerts.push_back(Firing({{"id", "p" + std::to_string(i)}}));
  }
  night.Look();
  for (int i = 0; i < 21; ++i) night.RemovePlan("p" + std::to_string(i));
  night.HasPlan("daily", {"a"});
  night.Look();
  CHECK(Compare(night, night.now(), alerts).size() == run::kMostContradictions);
}

}  // namespace
}  // namespace backup_monitor::testing
