#include "outcome/judge.h"

#include <string>
#include <utility>
#include <vector>

#include "catch.h"

namespace backup_monitor::outcome {
namespace {

std::map<ModuleId, Verdict> Verdicts(const std::vector<Verdict>& verdicts) {
  std::map<ModuleId, Verdict> map;
  for (const Verdict verdict : verdicts) map.emplace("m" + std::to_string(map.size()), verdict);
  return map;
}

constexpr auto kOk = Verdict::kSucceeded;
constexpr auto kErr = Verdict::kSavedWithErrors;
constexpr auto kBad = Verdict::kFailed;
constexpr auto kLate = Verdict::kNotFinished;
constexpr auto kNew = Verdict::kNeverRan;

TEST_CASE("the outcome of a set of verdicts is the first that fits", "[outcome]") {
  struct Case {
    std::vector<Verdict> verdicts;
    Outcome outcome;
  };
  const auto c = GENERATE(values<Case>({
      {{kOk}, Outcome::kSuccess},
      {{kOk, kOk}, Outcome::kSuccess},
      {{kBad}, Outcome::kRepoFailure},
      {{kBad, kLate}, Outcome::kRepoFailure},
      {{kBad, kNew}, Outcome::kRepoFailure},
      {{kOk, kBad}, Outcome::kPartial},
      {{kErr, kBad}, Outcome::kPartial},
      {{kErr}, Outcome::kPartial},
      {{kOk, kErr}, Outcome::kPartial},
      {{kErr, kLate}, Outcome::kPartial},
      {{kOk, kBad, kLate}, Outcome::kPartial},
      {{kOk, kLate}, Outcome::kIncomplete},
      {{kLate}, Outcome::kIncomplete},
      {{kNew}, Outcome::kIncomplete},
      {{kOk, kNew}, Outcome::kIncomplete},
  }));
  CHECK(OutcomeOf(Verdicts(c.verdicts)) == c.outcome);
}

RunModule WithRecord(std::uint32_t errors) {
  RunModule module;
  module.expected = true;
  module.record.emplace();
  module.record->record.error_count = errors;
  return module;
}

RunModule Silent(bool ever_recorded) {
  RunModule module;
  module.expected = true;
  module.ever_recorded = ever_recorded;
  return module;
}

TEST_CASE("errors are failed, silence is not finished, and never ran without any past",
          "[outcome]") {
  Run run;
  run.modules[ModuleId{"good1"}] = WithRecord(0);
  run.modules[ModuleId{"bad1"}] = WithRecord(2);
  run.modules[ModuleId{"late1"}] = Silent(true);
  run.modules[ModuleId{"new1"}] = Silent(false);

  const Judgement judgement = Judge(run);

  CHECK(judgement.outcome == Outcome::kPartial);
  CHECK(judgement.verdicts.at(ModuleId{"good1"}) == Verdict::kSucceeded);
  CHECK(judgement.verdicts.at(ModuleId{"bad1"}) == Verdict::kFailed);
  CHECK(judgement.verdicts.at(ModuleId{"late1"}) == Verdict::kNotFinished);
  CHECK(judgement.verdicts.at(ModuleId{"new1"}) == Verdict::kNeverRan);
}

TEST_CASE("a silent module takes the verdict of an overlapping run", "[outcome]") {
  Run run;
  run.modules[ModuleId{"mail1"}] = Silent(true);
  run.modules[ModuleId{"mail1"}].borrowed.emplace();

  CHECK(Judge(run).outcome == Outcome::kSuccess);
}

TEST_CASE("who does not count has no verdict", "[outcome]") {
  Run run;
  run.modules[ModuleId{"mail1"}] = WithRecord(0);
  run.modules[ModuleId{"gone1"}] = Silent(true);
  run.modules[ModuleId{"gone1"}].left = true;

  const Judgement judgement = Judge(run);

  CHECK(judgement.verdicts.size() == 1);
  CHECK(judgement.outcome == Outcome::kSuccess);
}

TEST_CASE("a plan without any status has failed until a record says otherwise", "[outcome]") {
  Run run;
  run.origin = RunOrigin::kNoStatus;
  run.modules[ModuleId{"mail1"}] = Silent(false);
  CHECK(Judge(run).outcome == Outcome::kRepoFailure);

  run.modules[ModuleId{"mail1"}] = WithRecord(0);
  CHECK(Judge(run).outcome == Outcome::kSuccess);
}

TEST_CASE("a compact plan record without module records is what it is", "[outcome]") {
  Run run;
  run.origin = RunOrigin::kCompact;
  run.compact_status.emplace();
  run.compact_status->succeeded = true;
  CHECK(Judge(run).outcome == Outcome::kSuccess);
  run.compact_status->succeeded = false;
  CHECK(Judge(run).outcome == Outcome::kRepoFailure);
}

TEST_CASE("a compact plan that says success of modules that are silent is not finished",
          "[outcome]") {
  Run run;
  run.origin = RunOrigin::kCompact;
  run.compact_status.emplace();
  run.compact_status->succeeded = true;
  run.modules[ModuleId{"mail1"}] = Silent(true);
  CHECK(Judge(run).outcome == Outcome::kIncomplete);
  run.compact_status->succeeded = false;
  CHECK(Judge(run).outcome == Outcome::kRepoFailure);
  CHECK(Judge(run).verdicts.at(ModuleId{"mail1"}) == Verdict::kNotFinished);
}

TEST_CASE("only a snapshot of the run itself turns failed into saved with errors", "[outcome]") {
  Run run;
  run.modules[ModuleId{"mail1"}] = WithRecord(2);
  Finding& finding = run.modules[ModuleId{"mail1"}].record->finding.emplace();
  const auto verdict = [&run] { return Judge(run).verdicts.at(ModuleId{"mail1"}); };

  CHECK(verdict() == kBad);  // an empty repository
  finding.newest = Snapshot{Time{seconds{5}}, "a", {}};
  CHECK(verdict() == kBad);  // of some other time
  finding.cause = ProbeCause::kLocked;
  CHECK(verdict() == kBad);
  finding.of_run = finding.newest;
  CHECK(verdict() == kErr);
  run.modules[ModuleId{"mail1"}].borrowed =
      std::exchange(run.modules[ModuleId{"mail1"}].record, std::nullopt);
  CHECK(verdict() == kErr);  // an overlapping run's record brings its finding with it
}

TEST_CASE("a success stays one, whatever the repository holds", "[outcome]") {
  Run run;
  run.modules[ModuleId{"mail1"}] = WithRecord(0);
  run.modules[ModuleId{"mail1"}].record->finding.emplace();
  CHECK(Judge(run).outcome == Outcome::kSuccess);
}

TEST_CASE("what was due and has begun by the log is not a run that did not take place",
          "[outcome][log]") {
  using End = LoggedPass::End;
  const NodeId node = *NodeId::Parse("1");
  Run run;
  run.origin = RunOrigin::kSchedule;
  run.modules[ModuleId{"mail1"}] = Silent(true);
  CHECK(Judge(run).outcome == Outcome::kMissed);
  NodeLog& log = run.log[node];
  CHECK(Judge(run).outcome == Outcome::kMissed);  // nothing is known to be it
  log.pass = LoggedPass{.node = node, .plan = PlanId{"1"}, .began{}, .last{}};
  for (const End end : {End::kUnknown, End::kKilled, End::kRebooted, End::kWithFailures}) {
    log.pass->end = end;
    CHECK(Judge(run).outcome == Outcome::kIncomplete);
  }
  SECTION("there was nothing to do") { log.pass->end = End::kNothingToDo; }
  SECTION("any application may have written it") { log.pass->through_agent = true; }
  CHECK(Judge(run).outcome == Outcome::kMissed);
}

}  // namespace
}  // namespace backup_monitor::outcome
