#include "base/metrics.h"

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("a declared counter is exposed with its help and its sum", "[metrics]") {
  Metrics metrics;
  metrics.DeclareCounter("runs_total", "Runs.");

  metrics.Add("runs_total", {{"outcome", "SUCCESS"}});
  metrics.Add("runs_total", {{"outcome", "SUCCESS"}}, 2);

  CHECK(metrics.Expose() ==
        "# HELP runs_total Runs.\n# TYPE runs_total counter\nruns_total{outcome=\"SUCCESS\"} 3\n");
}

TEST_CASE("a gauge keeps the last value, and Replace forgets what is gone", "[metrics]") {
  Metrics metrics;
  metrics.DeclareGauge("waiting", "Waiting.");
  metrics.Set("waiting", {}, 5);
  metrics.Set("waiting", {}, 0.5);
  CHECK(metrics.Expose().find("waiting 0.5\n") != std::string::npos);

  metrics.Replace("waiting", {{{{"plan", "1"}}, 0}, {{{"plan", "2"}}, 7}});

  CHECK(metrics.Expose() ==
        "# HELP waiting Waiting.\n# TYPE waiting gauge\nwaiting{plan=\"1\"} 0\nwaiting{plan=\"2\"} "
        "7\n");
}

TEST_CASE("a label's value cannot end its quotes or its line", "[metrics][hostile]") {
  Metrics metrics;
  metrics.DeclareGauge("plan", "By plan.");

  metrics.Set("plan", {{"name", "a\"} 1\nforged 2\\"}}, 1);

  CHECK(metrics.Expose().find("plan{name=\"a\\\"} 1\\nforged 2\\\\\"} 1\n") != std::string::npos);
}

TEST_CASE("a metric that nobody declared is a mistake in the program", "[metrics]") {
  Metrics metrics;
  CHECK_THROWS_AS(metrics.Add("unknown_total", {}), std::logic_error);
  CHECK_THROWS_AS(metrics.Set("unknown", {}, 1), std::logic_error);
  CHECK_THROWS_AS(metrics.Replace("unknown", {}), std::logic_error);
}

}  // namespace
}  // namespace backup_monitor
