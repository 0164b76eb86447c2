#include "model/verdict.h"

#include <catch2/catch.hpp>

#include "model/report.h"

namespace backup_monitor {
namespace {

TEST_CASE("every verdict and outcome is found again by its name", "[model]") {
  for (const Verdict verdict : kAllVerdicts) CHECK(VerdictNamed(Name(verdict)) == verdict);
  for (const Outcome outcome : kAllOutcomes) CHECK(OutcomeNamed(Name(outcome)) == outcome);
  CHECK_FALSE(VerdictNamed("SUCCESS"));
  CHECK_FALSE(OutcomeNamed("success"));
}

TEST_CASE("outcomes are ordered from best to worst", "[model]") {
  CHECK(Outcome::kSuccess < Outcome::kIncomplete);
  CHECK(Outcome::kIncomplete < Outcome::kPartial);
  CHECK(Outcome::kPartial < Outcome::kMissed);
  CHECK(Outcome::kMissed < Outcome::kRepoFailure);
}

TEST_CASE("a report over several plans is as bad as its worst", "[model]") {
  Report report;
  report.runs.resize(3);
  report.runs[0].outcome = Outcome::kIncomplete;
  report.runs[1].outcome = Outcome::kPartial;
  CHECK(report.worst() == Outcome::kPartial);

  report.kind = ReportKind::kUnknownPlan;
  CHECK(report.worst() == Outcome::kRepoFailure);
}

}  // namespace
}  // namespace backup_monitor
