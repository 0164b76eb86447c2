// What an alert without a plan gathers, and what it tells, condition by condition.

#include "catch.h"
#include "run/compact_runs.h"
#include "run_states.h"
#include "unit/run/alert_desk.h"

namespace backup_monitor::testing {
namespace {

using Kind = Announcement::Kind;
using run::AlertAnswer;

/// A run of a plan that closed at 01:10, judged so, and was reported.
Run& AddReported(AlertDesk& desk, const char* plan, const char* module, Outcome outcome) {
  Run& run = desk.AddRun("2 01:00");
  run.plan = PlanId{plan};
  run.modules.clear();
  Give(run, Seen(module, "2 01:00", "2 01:10", outcome == Outcome::kSuccess ? 0 : 1));
  run.outcome = outcome;
  SetClosed(run, At("2 01:10"));
  SetAnnounced(run, true);
  return run;
}

Run& AddOpen(AlertDesk& desk, const char* plan) {
  Run& run = desk.AddRun("2 01:50");
  run.plan = PlanId{plan};
  return run;
}

/// The one announcement of the last look, or none.
std::optional<Kind> Told(const AlertDesk& desk) {
  if (desk.step.announcements.size() > 1) FAIL("more than one announcement");
  if (desk.step.announcements.empty()) return std::nullopt;
  return desk.step.announcements.front().kind;
}

TEST_CASE("an alert without a plan means what was updated an hour before it, to the second",
          "[run][group]") {
  AlertDesk desk{{"a@"}};
  const bool within = GENERATE(true, false);
  const char* time = within ? "2 01:00" : "2 00:59:59";
  SECTION("a module") {
    desk.HoldsRecord("daily", "a", time, time);
    desk.Comes({}, "2 02:00", At("2 02:00"));
    desk.LookAt("2 02:00:30");
    CHECK(Told(desk) == (within ? Kind::kPlansSucceeded : Kind::kNoStatus));
  }
  SECTION("a plan of the compact layout") {
    desk.PlanOf("daily").compact = true;
    desk.PlanOf("daily").compact_status =
        CompactPlanStatus{.timestamp = At(time), .succeeded = true, .error_text = {}};
    desk.Comes({}, "2 02:00", At("2 02:00"));
    desk.LookAt("2 02:00");
    CHECK(desk.memory.runs.size() == (within ? 1 : 0));
    desk.LookAt("2 02:00:30");
    CHECK(Told(desk) == (within ? std::nullopt : std::optional{Kind::kNoStatus}));
  }
}

TEST_CASE("a plan of which nothing was updated is not meant", "[run][group]") {
  AlertDesk desk{{"a"}};
  desk.HasPlan("other", {"b"});
  AddReported(desk, "daily", "a", Outcome::kSuccess);
  const RunId last = AddReported(desk, "other", "b", Outcome::kSuccess).id;
  desk.HoldsRecord("daily", "a", "1 01:00", "1 01:10");
  desk.HoldsRecord("other", "b", "2 01:00", "2 01:10");
  desk.Comes({}, "2 02:00", At("2 02:00"));
  desk.LookAt("2 02:00:30");
  REQUIRE(Told(desk) == Kind::kPlansSucceeded);
  CHECK(desk.step.announcements.front().runs == std::vector{last});
  CHECK(desk.Says("every plan it can mean has succeeded: shown once more"));
  CHECK(desk.remembers());
}

TEST_CASE("an error that came since a run was judged explains an alert without a plan",
          "[run][group]") {
  AlertDesk desk{{"a"}};
  Give(AddReported(desk, "daily", "a", Outcome::kSuccess), Seen("n", "2 01:10", "2 01:15", 1));
  desk.HoldsRecord("daily", "a", "2 01:00", "2 01:10");
  desk.Comes({}, "2 02:00", At("2 02:00"));
  desk.LookAt("2 02:00:30");
  CHECK(Told(desk) == std::nullopt);
  CHECK(desk.answer() == AlertAnswer::Kind::kExplained);
  CHECK(desk.Says("explained by runs of the plans that it can mean"));
  CHECK(desk.remembers());
}

TEST_CASE("history that is newer than every run answers an alert without a plan, after the wait",
          "[run][group][history]") {
  AlertDesk desk{{"a"}};
  desk.HoldsRecord("daily", "a", "2 01:00", "2 01:12");
  std::size_t runs = 0;
  SECTION("there is no run") { runs = 1; }
  SECTION("the last one is older") {
    AddReported(desk, "daily", "a", Outcome::kSuccess);
    runs = 2;
  }
  SECTION("the last one ended as late") {
    Run& last = AddReported(desk, "daily", "a", Outcome::kSuccess);
    last.modules.at(ModuleId{"a"}).record->ended = At("2 01:12");
    runs = 1;
  }
  SECTION("the plan is of the compact layout by now: it has no history") {
    desk.PlanOf("daily").compact = true;
    Run& last = AddReported(desk, "daily", "a", Outcome::kSuccess);
    last.modules.at(ModuleId{"a"}).record->record.end =
        At("2 01:12");  // what is there was reported
    runs = 1;
  }
  const std::size_t before = desk.memory.runs.size();
  desk.Is("2 01:30");
  desk.AddHistory("a", "2 01:00", "2 01:12");
  desk.Comes({}, "2 02:00", At("2 02:00"));
  desk.LookAt("2 02:00:29");
  CHECK(desk.memory.runs.size() == before);
  desk.LookAt("2 02:00:30");
  CHECK(desk.memory.runs.size() == runs);
}

TEST_CASE("after an hour an alert without a plan is left to the runs that are still open",
          "[run][group]") {
  AlertDesk desk{{"a"}};
  desk.HasPlan("other", {"b"});
  const bool explained = GENERATE(false, true);
  if (explained) AddReported(desk, "daily", "a", Outcome::kRepoFailure);
  desk.HoldsRecord("daily", "a", "2 01:00", "2 01:10", 1);
  const Run& open = AddOpen(desk, "other");
  desk.Comes({}, "2 02:00", At("2 02:00"));
  desk.LookAt("2 02:59:59");
  CHECK(desk.answer() == std::nullopt);
  desk.LookAt("2 03:00");
  CHECK(desk.answer() == AlertAnswer::Kind::kExplained);
  CHECK(Told(desk) == std::nullopt);
  // It has to answer the alert if nothing has explained it.
  CHECK(open.alert.has_value() != explained);
}

TEST_CASE("closed runs of an alert without a plan are told together, and what that decided is said",
          "[run][group]") {
  AlertDesk desk{{"a"}};
  desk.HasPlan("other", {"b"});
  for (const char* plan : {"daily", "other"}) {
    Run& run = AddOpen(desk, plan);
    run.modules.clear();
    Give(run, Seen(plan, "2 01:50", "2 01:58", 1));
  }
  desk.Comes({}, "2 02:00", At("2 02:00"));
  desk.LookAt("2 02:00");
  for (auto& [id, run] : desk.memory.runs) SetClosed(run, At("2 02:00:10"));
  desk.LookAt("2 02:00:30");
  REQUIRE(Told(desk) == Kind::kFinal);
  CHECK(desk.step.announcements.front().runs.size() == 2);
  CHECK(desk.answer() == AlertAnswer::Kind::kReported);
  CHECK(desk.Says("reported together: 2 runs that have closed"));
}

/// Two compact plans: "daily" says that it has failed, of "other" a module was saved. Both at 01:55.
AlertDesk TwoCompactPlans() {
  AlertDesk desk{{"a@"}};
  desk.HasPlan("other", {"b@"});
  for (auto& [id, plan] : desk.view.plans) plan.compact = true;
  desk.PlanOf("daily").compact_status = CompactPlanStatus{
      .timestamp = At("2 01:55"), .succeeded = false, .error_count = 1, .error_text = {}};
  desk.HoldsRecord("other", "b@", "2 01:55", "2 01:55");
  desk.Comes({}, "2 02:00", At("2 02:00"));
  desk.LookAt("2 02:00");
  run::RunBook book = desk.Book();
  run::GatherCompactRecords(book);
  return desk;
}

TEST_CASE("a compact plan that says it has failed explains an alert for the others, too",
          "[run][group][compact]") {
  AlertDesk desk = TwoCompactPlans();
  REQUIRE(desk.memory.runs.size() == 2);
  for (auto& [id, run] : desk.memory.runs) SetClosed(run, At("2 02:00:30"));
  desk.LookAt("2 02:00:30");
  CHECK(Told(desk) == Kind::kFinal);
  for (const auto& [id, run] : desk.memory.runs) CHECK_FALSE(run.alert.has_value());
}

TEST_CASE("an alert without a plan opens compact runs once, not for what is updated after it",
          "[run][group][compact]") {
  AlertDesk desk = TwoCompactPlans();
  // The run of daily closes, that of other goes on; then another module of daily is updated.
  SetClosed(desk.memory.runs.at(RunId{1}), At("2 02:00:30"));
  desk.LookAt("2 02:00:30");
  CHECK(desk.answer() == std::nullopt);
  desk.HoldsRecord("daily", "n@", "2 02:10", "2 02:10");
  desk.LookAt("2 02:10");
  CHECK(desk.memory.runs.size() == 2);
}

TEST_CASE("a compact plan whose status was reported has no run for an alert without a plan",
          "[run][group][compact]") {
  AlertDesk desk{{"a@"}};
  desk.PlanOf("daily").compact = true;
  desk.PlanOf("daily").compact_status =
      CompactPlanStatus{.timestamp = At("2 01:30"), .succeeded = true, .error_text = {}};
  desk.memory.compact_reported[PlanId{"daily"}] = At("2 01:30");
  desk.Comes({}, "2 02:00", At("2 02:00"));
  desk.LookAt("2 02:00");
  CHECK(desk.memory.runs.empty());
}

}  // namespace
}  // namespace backup_monitor::testing
