// What becomes of an alert that names its plan, condition by condition.

#include "catch.h"
#include "run_states.h"
#include "unit/run/alert_desk.h"

namespace backup_monitor::testing {
namespace {

using Kind = Announcement::Kind;
using run::AlertAnswer;

const std::map<std::string, std::string> kDaily{{"id", "daily"}};

/// The plan's last run: a was saved from 01:00 to 01:10, and that was reported.
AlertDesk WithLastRun() {
  AlertDesk desk{{"a"}};
  desk.HoldsRecord("daily", "a", "2 01:00", "2 01:10");
  Run& run = desk.AddRun("2 01:00");
  Give(run, Seen("a", "2 01:00", "2 01:10"));
  SetClosed(run, At("2 01:10"));
  SetAnnounced(run, true);
  return desk;
}

TEST_CASE("what the label name says is tried as a name only", "[run][alert]") {
  AlertDesk desk{{"a"}};
  desk.PlanOf("daily").name = "Nightly";
  desk.Comes({{"name", "daily"}}, "2 02:00", At("2 02:00"));
  desk.LookAt("2 02:00:30");
  REQUIRE(desk.step.announcements.size() == 1);
  CHECK(desk.step.announcements.front().kind == Kind::kUnknownPlan);
  CHECK(desk.step.remarks.empty());
}

TEST_CASE("a plan that was removed is known by its last name", "[run][alert]") {
  AlertDesk desk{{"a"}};
  desk.memory.known_plans[PlanId{"7"}] = "weekly";
  desk.Comes({{"name", "weekly"}}, "2 02:00", At("2 02:00"));
  desk.LookAt("2 02:00:30");
  CHECK(desk.answer() == AlertAnswer::Kind::kPlanIsGone);
  CHECK(desk.step.remarks.size() == 1);
}

TEST_CASE("the last closed run explains an alert that began after it unless it succeeded",
          "[run][alert]") {
  AlertDesk desk = WithLastRun();
  Run& run = desk.memory.runs.at(RunId{1});
  bool explains = true;
  SECTION("judged a success") {
    run.outcome = Outcome::kSuccess;
    explains = false;
  }
  SECTION("judged otherwise, by what a probe has found") { run.outcome = Outcome::kPartial; }
  SECTION("with an error that came since it was judged") {
    run.outcome = Outcome::kSuccess;
    Give(run, Seen("late", "2 01:00", "2 01:05", 1));
  }
  SECTION("not judged yet: every module was saved") { explains = false; }
  SECTION("not judged yet: a module has no record") { run.modules[ModuleId{"b"}].expected = true; }
  SECTION("not judged yet: it has an alert of its own to answer") {
    run.alert = CausingAlert{.since = At("2 01:10"), .node = {}};
  }
  desk.Comes(kDaily, "2 02:00", At("2 02:00"));
  desk.LookAt("2 02:00");
  CHECK(desk.answer() == (explains ? std::optional{AlertAnswer::Kind::kExplained} : std::nullopt));
  CHECK_FALSE(desk.remembers());  // explained alerts are explained again
}

TEST_CASE("a run answers the first alert that it has to answer", "[run][alert]") {
  AlertDesk desk = WithLastRun();
  const Run& other = desk.AddRun("2 01:40");
  Run& open = desk.AddRun("2 01:50");
  desk.is_silenced = GENERATE(false, true);
  desk.Comes({{"id", "daily"}, {"node", "2"}}, "2 02:00", At("2 01:58"));
  desk.LookAt("2 02:00:29");
  CHECK_FALSE(open.alert);
  desk.LookAt("2 02:00:30");
  REQUIRE(open.alert);
  CHECK(open.alert->since == At("2 01:58"));
  CHECK(open.alert->node == "2");
  CHECK(open.alert->names_plan);
  CHECK(open.alert->silenced == desk.is_silenced);
  CHECK(desk.remembers());
  desk.Comes(kDaily, "2 02:10", At("2 02:09"));
  desk.LookAt("2 02:10:30");
  CHECK(desk.answer() == AlertAnswer::Kind::kReported);
  CHECK(open.alert->since == At("2 01:58"));
  CHECK_FALSE(other.alert);  // of two open runs the newer one
}

TEST_CASE("every run that explains an alert is named", "[run][alert]") {
  AlertDesk desk{{"a"}};
  desk.HasPlan("other", {"b"});
  for (const char* plan : {"daily", "other"}) {
    desk.PlanOf(plan).name = "Nightly";
    Run& run = desk.AddRun("2 01:00");
    run.plan = PlanId{plan};
    Give(run, Seen("a", "2 01:00", "2 01:10", 1));
  }
  SetClosed(desk.memory.runs.at(RunId{1}), At("2 01:10"));
  desk.Comes({{"name", "Nightly"}}, "2 02:00", At("2 02:00"));
  desk.LookAt("2 02:00");
  CHECK(desk.Says(
      "explained by run 1 of plan daily (closed), run 2 of plan other (open, with errors)"));
}

TEST_CASE("an alert is answered from history only if the plan has no newer run", "[run][alert]") {
  AlertDesk desk = WithLastRun();
  const bool newer = GENERATE(false, true);
  desk.Is("2 01:30");
  desk.AddHistory("a", "2 01:05", newer ? "2 01:11" : "2 01:09", 1);
  desk.Comes(kDaily, "2 02:00", At("2 02:00"));
  desk.LookAt("2 02:00:30");
  const Run& opened = desk.memory.runs.at(RunId{2});
  CHECK(opened.origin == (newer ? RunOrigin::kHistory : RunOrigin::kAlert));
}

TEST_CASE("a plan that holds no module has no status, whatever it was", "[run][alert]") {
  AlertDesk desk = WithLastRun();
  desk.HasPlan("daily", {});
  desk.Comes(kDaily, "2 02:00", At("2 02:00"));
  desk.LookAt("2 02:00:30");
  REQUIRE(desk.step.announcements.size() == 1);
  CHECK(desk.step.announcements.front().kind == Kind::kNoStatus);
}

TEST_CASE("a report that there is no status quotes its alert, unless it had to wait",
          "[run][alert][rate]") {
  // What waits for the end of the hour may have to be told after a restart, where nobody knows the alert.
  AlertDesk desk{{"a"}};
  for (const char* plan : {"p1", "p2", "p3", "p4"}) {
    desk.HasPlan(plan, {"a"});
    desk.Comes({{"id", plan}}, "2 02:00", At("2 02:00"));
  }
  desk.LookAt("2 02:00:30");
  REQUIRE(desk.step.announcements.size() == 3);
  for (const Announcement& announcement : desk.step.announcements) {
    CHECK(announcement.kind == Kind::kNoStatus);
    CHECK(announcement.alert.has_value());
  }
  desk.LookAt("2 03:00:30");
  REQUIRE(desk.step.announcements.size() == 1);
  CHECK(desk.step.announcements.front().kind == Kind::kNoStatus);
  CHECK_FALSE(desk.step.announcements.front().alert.has_value());
}

TEST_CASE("an alert that comes from the future waits from now on", "[run][alert]") {
  AlertDesk desk = WithLastRun();
  desk.Comes(kDaily, "2 02:10", At("2 02:10"));
  desk.LookAt("2 01:40");  // our clock has stepped back
  CHECK(desk.alerts.NextDue() == At("2 01:40:30"));
  desk.LookAt("2 01:40:30");
  CHECK(desk.answer() == AlertAnswer::Kind::kReported);
}

TEST_CASE("a look is due for the alert that has waited longest", "[run][alert]") {
  AlertDesk desk{{"a"}};
  CHECK(desk.alerts.NextDue() == std::nullopt);
  desk.AddRun("2 01:50");
  desk.Comes({}, "2 02:00",
             At("2 02:00"));  // means the run that is open, and waits for it for an hour
  desk.LookAt("2 02:00:30");
  CHECK(desk.alerts.NextDue() == At("2 03:00"));
  desk.Comes({{"id", "stranger"}}, "2 02:05", At("2 02:05"));
  desk.LookAt("2 02:05");
  CHECK(desk.alerts.NextDue() == At("2 02:05:30"));
}

TEST_CASE("alerts that wait take at least what each of them takes", "[run][alert]") {
  AlertDesk desk{{"a"}};
  CHECK(desk.alerts.memory() == 0);
  const backup_monitor::Alert alert{.labels = kDaily, .starts_at = At("2 02:00")};
  desk.Comes(alert.labels, "2 02:00", alert.starts_at);
  CHECK(desk.alerts.memory() > MemoryOf(TriggerBody{alert}));
}

TEST_CASE("while no look concludes anything an alert is reported after an hour", "[run][alert]") {
  AlertDesk desk{{"a"}};
  desk.Comes(kDaily, "2 02:00", At("2 02:00"));
  const auto give_up_at = [&](const char* time) {
    desk.Is(time);
    run::RunBook book = desk.Book();
    desk.alerts.GiveUpWaiting(book);
  };
  give_up_at("2 02:59:59");
  CHECK(desk.step.answers.empty());
  give_up_at("2 03:00");
  CHECK(desk.answer() == AlertAnswer::Kind::kReported);
  REQUIRE(desk.step.announcements.size() == 1);
  CHECK(desk.step.announcements.front().kind == Kind::kNoStatus);
  CHECK(desk.remembers());
}

TEST_CASE("an alert that is known is answered at once, though no look concludes anything",
          "[run][alert]") {
  AlertDesk desk{{"a"}};
  desk.is_known = true;
  desk.Comes(kDaily, "2 02:00", At("2 02:00"));
  desk.Is("2 02:00");
  run::RunBook book = desk.Book();
  desk.alerts.GiveUpWaiting(book);
  CHECK(desk.answer() == AlertAnswer::Kind::kRepeated);
  CHECK(desk.alerts.NextDue() == std::nullopt);
}

/// Two plans of the compact layout with a module each; a's status is of 21:30.
AlertDesk Compact() {
  AlertDesk desk{{"a@"}};
  desk.HasPlan("other", {"b@"});
  for (auto& [id, plan] : desk.view.plans) plan.compact = true;
  return desk;
}

TEST_CASE("a compact run that is opened for an alert is its answer", "[run][alert][compact]") {
  AlertDesk desk = Compact();
  desk.HoldsRecord("daily", "a@", "1 21:30", "1 21:30", 1);
  desk.Comes(kDaily, "1 21:37", At("1 21:37"));
  desk.LookAt("1 21:37");
  CHECK(desk.answer() == AlertAnswer::Kind::kReported);
  CHECK(desk.remembers());
  CHECK(desk.memory.runs.at(RunId{1}).alert.has_value());
}

TEST_CASE("a compact run with an error explains an alert, open or closed",
          "[run][alert][compact]") {
  AlertDesk desk = Compact();
  desk.HoldsRecord("daily", "a@", "1 21:30", "1 21:30", 1);
  Run& run = desk.AddRun("1 21:30");
  run.origin = RunOrigin::kCompact;
  Give(run, Seen("a@", "1 21:30", "1 21:30", 1));
  SECTION("open: it is not asked once more") {
    desk.Comes(kDaily, "1 21:37", At("1 21:37"));
    desk.LookAt("1 21:37");
    CHECK(desk.answer() == AlertAnswer::Kind::kReported);
    CHECK_FALSE(run.alert.has_value());
  }
  SECTION("closed") {
    SetClosed(run, At("1 21:31"));
    SetAnnounced(run, true);
    desk.Comes(kDaily, "1 21:37", At("1 21:37"));
    desk.LookAt("1 21:37");
    CHECK(desk.answer() == AlertAnswer::Kind::kExplained);
    CHECK_FALSE(desk.remembers());
    CHECK(desk.Says("explained by run 1 of plan daily (closed)"));
  }
}

TEST_CASE("an alert whose group was cut means every compact plan updated within the window",
          "[run][alert][compact]") {
  AlertDesk desk = Compact();
  desk.HoldsRecord("daily", "a@", "1 21:30", "1 21:30", 1);
  bool truncated = true;
  bool opens = true;
  const char* time = "1 20:37";
  SECTION("an hour before") {}
  SECTION("a second earlier") {
    time = "1 20:36:59";
    opens = false;
  }
  SECTION("not if the group is whole") { opens = truncated = false; }
  SECTION("not a plan that has records") {
    desk.PlanOf("other").compact = false;
    opens = false;
  }
  desk.HoldsRecord("other", "b@", time, time);
  desk.Comes(kDaily, "1 21:37", At("1 21:37"), truncated);
  desk.LookAt("1 21:37");
  CHECK(desk.memory.runs.size() == (opens ? 2 : 1));
}

}  // namespace
}  // namespace backup_monitor::testing
