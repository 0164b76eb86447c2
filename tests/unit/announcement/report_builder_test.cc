#include "announcement/report_builder.h"

#include <string>

#include "catch.h"
#include "fakes/fake_cluster.h"
#include "run_states.h"

namespace backup_monitor::announcement {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Time kBegin{seconds{1'763'800'000}};

SeenRecord Record(const std::string& module, Time start, seconds duration, std::uint32_t errors,
                  std::uint64_t size) {
  SeenRecord seen;
  seen.record.plan = PlanId{"1"};
  seen.record.module = ModuleId{module};
  seen.record.node = *NodeId::Parse("2");
  seen.record.start = start;
  seen.record.end = start + duration;
  seen.record.error_count = errors;
  seen.record.restore_bytes = size;
  seen.started = start;
  seen.ended = start + duration;
  return seen;
}

Run ClosedRun() {
  Run run;
  run.id = RunId{7};
  run.plan = PlanId{"1"};
  run.plan_name = "Nightly";
  run.begin = kBegin;
  SetClosed(run, kBegin + hours{1});
  for (const char* id : {"good1", "bad1", "late1"}) {
    run.modules[ModuleId{id}].expected = true;
    run.modules[ModuleId{id}].ever_recorded = true;
  }
  run.modules[ModuleId{"good1"}].record = Record("good1", kBegin, minutes{5}, 0, 500);
  run.modules[ModuleId{"bad1"}].record = Record("bad1", kBegin + minutes{5}, minutes{2}, 1, 900);
  return run;
}

ClusterView View() {
  testing::FakeCluster cluster;
  cluster.AddPlan("1", "Nightly", {"good1", "bad1", "late1"});
  cluster.AddModule("good1", 2).ui_name = "Files";
  cluster.view.node_names[*NodeId::Parse("2")] = "Rome";
  return cluster.view;
}

RunSection Build(const Run& run, const PlanHistory& history = {}) {
  return BuildSection(run, outcome::Judge(run), history, View());
}

const ModuleLine& Line(const RunSection& section, const std::string& id) {
  for (const ModuleLine& line : section.modules) {
    if (line.module == ModuleId{id}) return line;
  }
  FAIL("no line of " << id);
  return section.modules.front();
}

TEST_CASE("the worst modules come first, with their names and their nodes", "[report_builder]") {
  const RunSection section = Build(ClosedRun());

  REQUIRE(section.modules.size() == 3);
  CHECK(section.modules[0].module == ModuleId{"bad1"});
  CHECK(section.modules[1].module == ModuleId{"late1"});
  CHECK(section.modules[2].ui_name == "Files");
  CHECK(section.modules[2].node_name == "Rome");
  CHECK(section.outcome == Outcome::kPartial);
  CHECK(section.end == kBegin + minutes{7});
}

TEST_CASE("a size is told only of a record without errors", "[report_builder]") {
  const RunSection section = Build(ClosedRun());

  CHECK(Line(section, "good1").size_bytes == 500U);
  CHECK_FALSE(Line(section, "bad1").size_bytes);
}

TEST_CASE("the last good backup is this run's where it succeeded, else the past's",
          "[report_builder]") {
  PlanHistory history;
  history.modules[ModuleId{"good1"}].last_good = kBegin - hours{24};
  history.modules[ModuleId{"bad1"}].last_good = kBegin - hours{48};
  const RunSection section = Build(ClosedRun(), history);

  CHECK(Line(section, "good1").last_good == kBegin + minutes{5});
  CHECK(Line(section, "bad1").last_good == kBegin - hours{48});
  CHECK_FALSE(Line(section, "late1").last_good);
}

TEST_CASE("the newest data are what the repository holds, where it was read", "[report_builder]") {
  PlanHistory history;
  history.modules[ModuleId{"bad1"}].last_good = kBegin - hours{48};
  history.modules[ModuleId{"bad1"}].newest_snapshot = kBegin - hours{24};
  Run run = ClosedRun();
  CHECK(Line(Build(run, history), "bad1").newest_data ==
        kBegin - hours{24});  // as an earlier look found
  CHECK(Line(Build(run, history), "good1").newest_data == kBegin + minutes{5});

  Finding& finding = run.modules.at(ModuleId{"bad1"}).record->finding.emplace();
  finding.probed_at = kBegin + hours{2};
  CHECK_FALSE(Line(Build(run, history), "bad1").newest_data);  // emptied since
  finding.newest = Snapshot{kBegin - hours{72}, "a", {}};
  CHECK(Line(Build(run, history), "bad1").newest_data == kBegin - hours{72});
  CHECK(Line(Build(run, history), "bad1").finding == finding);
  CHECK(Line(Build(run, history), "bad1").last_good == kBegin - hours{48});
  finding = Finding{};
  finding.probed_at = kBegin + hours{2};
  finding.cause = ProbeCause::kUnreachable;
  CHECK(Line(Build(run, history), "bad1").newest_data == kBegin - hours{24});
}

TEST_CASE("failures in a row count back to the last success", "[report_builder]") {
  PlanHistory history;
  history.runs_before = {{.id = RunId{6},
                          .begin = kBegin - hours{24},
                          .end = kBegin - hours{23},
                          .outcome = Outcome::kIncomplete,
                          .not_succeeded = {}},
                         {.id = RunId{5},
                          .begin = kBegin - hours{48},
                          .end = {},
                          .outcome = Outcome::kPartial,
                          .not_succeeded = {}},
                         {.id = RunId{4},
                          .begin = kBegin - hours{72},
                          .end = {},
                          .outcome = Outcome::kSuccess,
                          .not_succeeded = {}}};
  history.modules[ModuleId{"bad1"}].before.failed = 2;
  const RunSection section = Build(ClosedRun(), history);

  CHECK(section.failure_in_row() == 3);
  CHECK(section.failing_since == kBegin - hours{48});
  CHECK(section.previous_duration == hours{1});
  CHECK(Line(section, "bad1").failures_in_row() == 3);
}

TEST_CASE("a success after failures says after how many, and who only left", "[report_builder]") {
  Run run = ClosedRun();
  run.modules.erase(ModuleId{"bad1"});
  run.modules.erase(ModuleId{"late1"});
  PlanHistory history;
  history.runs_before = {{.id = RunId{6},
                          .begin = kBegin - hours{24},
                          .end = {},
                          .outcome = Outcome::kPartial,
                          .not_succeeded = {{ModuleId{"bad1"}, Verdict::kFailed},
                                            {ModuleId{"good1"}, Verdict::kFailed}}}};
  history.modules[ModuleId{"good1"}].before.failed = 1;
  const RunSection section = Build(run, history);

  CHECK(section.outcome == Outcome::kSuccess);
  CHECK(section.fixed_after() == 1);
  CHECK(section.failure_in_row() == 0);
  CHECK(section.left_plan == std::vector{ModuleId{"bad1"}});
  CHECK(Line(section, "good1").fixed_after() == 1);
}

TEST_CASE("while a run is open its silent modules have no verdict and do not count",
          "[report_builder]") {
  Run run = ClosedRun();
  SetClosed(run, std::nullopt);
  run.modules.erase(ModuleId{"good1"});
  const RunSection section = Build(run);

  CHECK(section.open);
  CHECK_FALSE(Line(section, "late1").verdict);
  CHECK(section.outcome == Outcome::kRepoFailure);  // all that is known so far has failed
}

TEST_CASE("a verdict that the corrected report told otherwise is named", "[report_builder]") {
  Run run = ClosedRun();
  run.modules[ModuleId{"good1"}].verdict = Verdict::kNotFinished;
  run.modules[ModuleId{"bad1"}].verdict = Verdict::kFailed;
  const RunSection section = Build(run);

  CHECK(Line(section, "good1").previous_verdict == Verdict::kNotFinished);
  CHECK_FALSE(Line(section, "bad1").previous_verdict);
}

TEST_CASE("what is watched: enabled plans, their modules, and who is in none", "[report_builder]") {
  testing::FakeCluster cluster;
  cluster.AddPlan("1", "Nightly", {"mail1", "samba1"});
  cluster.AddPlan("2", "Weekly", {"mail1"});
  cluster.AddPlan("3", "Off", {"old1"}).enabled = false;
  cluster.AddModule("alone1");
  cluster.AddModule("proxy1").needs_backup = false;

  const WatchSummary summary = BuildWatchSummary(cluster.view);

  CHECK(summary.plans == 2);
  CHECK(summary.modules == 2);
  CHECK(summary.unprotected == std::vector{ModuleId{"alone1"}, ModuleId{"old1"}});
}

/// What the log of node 2 says of bad1: it failed in this step, and ended so.
ModuleLine LoggedLine(BackupStep step, const std::string& words, LoggedBackup::End end) {
  Run run = ClosedRun();
  LoggedPass pass{.node = *NodeId::Parse("2"), .plan = run.plan, .began = kBegin, .last = kBegin};
  pass.backups.push_back({.module = ModuleId{"bad1"}, .end = end});
  pass.backups.back().failed.push_back(
      FailedStep{.step = step, .at = kBegin, .words = words, .unread = {}});
  run.log[pass.node].pass = pass;
  return Line(Build(run), "bad1");
}

TEST_CASE("what the log says of a module with errors is in its line", "[announcement][log]") {
  using End = LoggedBackup::End;
  const auto [step, end, restic_ended] = GENERATE(table<BackupStep, End, bool>({
      {BackupStep::kDump, End::kFailed, false},
      {BackupStep::kSnapshot, End::kFailed, false},
      {BackupStep::kStatistics, End::kFailed, false},
      {BackupStep::kStatistics, End::kCompleted, true},
      {BackupStep::kModuleCleanUp, End::kFailed, true},
      {BackupStep::kRetention, End::kFailed, true},
  }));
  const ModuleLine line = LoggedLine(step, "no", end);
  REQUIRE(line.logged);
  CHECK(line.logged->failed.size() == 1);
  CHECK(line.logged->restic_ended == restic_ended);
  CHECK_FALSE(line.logged->silence);
}

TEST_CASE("the words of a step name a cause of the destination only where that took part",
          "[announcement][log]") {
  const auto [step, cause] = GENERATE(table<BackupStep, std::optional<ProbeCause>>({
      {BackupStep::kDump, std::nullopt},
      {BackupStep::kInit, ProbeCause::kFull},
      {BackupStep::kSnapshot, ProbeCause::kFull},
      {BackupStep::kModuleCleanUp, std::nullopt},
      {BackupStep::kStatistics, ProbeCause::kFull},
      {BackupStep::kRetention, ProbeCause::kFull},
      {BackupStep::kStoreStatus, std::nullopt},
  }));
  CHECK(LoggedLine(step, "No space left on device", LoggedBackup::End::kFailed).logged->cause ==
        cause);
}

TEST_CASE("of a module with a good result, and of another run's, the log says nothing",
          "[announcement][log]") {
  Run run = ClosedRun();
  LoggedPass pass{.node = *NodeId::Parse("2"), .plan = run.plan, .began = kBegin, .last = kBegin};
  for (const char* id : {"good1", "late1"}) {
    pass.backups.push_back({.module = ModuleId{id}});
    pass.backups.back().failed.push_back(FailedStep{.at = kBegin, .unread = {}});
  }
  run.log[pass.node].pass = pass;
  run.modules.at(ModuleId{"late1"}).borrowed = Record("late1", kBegin, minutes{5}, 1, 500);
  CHECK_FALSE(Line(Build(run), "good1").logged);
  CHECK_FALSE(Line(Build(run), "late1").logged);
  run.modules.at(ModuleId{"late1"}).borrowed.reset();
  run.modules.at(ModuleId{"late1"}).node = pass.node;
  REQUIRE(Line(Build(run), "late1").logged);
  CHECK(Line(Build(run), "late1").logged->silence->why == Silence::kNotEnded);
}

TEST_CASE("the plan that kept a module busy has its name, or its id if it is no more",
          "[announcement][log]") {
  const auto [plan, name] =
      GENERATE(table<std::string, std::string>({{"2", "Weekly"}, {"9", "9"}}));
  ClusterView view = View();
  view.plans[PlanId{"2"}].name = "Weekly";
  Run run = ClosedRun();
  LoggedPass pass{.node = *NodeId::Parse("2"), .plan = run.plan, .began = kBegin, .last = kBegin};
  pass.backups.push_back(
      {.module = ModuleId{"late1"}, .ended = kBegin, .end = LoggedBackup::End::kGaveUp});
  run.log[pass.node].pass = pass;
  run.modules.at(ModuleId{"late1"}).node = pass.node;
  const auto logged = [&] {
    return *Line(BuildSection(run, outcome::Judge(run), {}, view), "late1").logged;
  };
  CHECK_FALSE(logged().silence->busy_with);
  CHECK(logged().busy_plan_name.empty());
  run.log[pass.node].pass->backups.back().busy_with = PlanId{plan};
  CHECK(logged().silence->busy_with == PlanId{plan});
  CHECK(logged().busy_plan_name == name);
}

}  // namespace
}  // namespace backup_monitor::announcement
