// Whose data has become too old, and whose is not any more: each is said once.

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;

bool IsReported(const Night& night, const char* module) {
  const auto& watches = night.tracker().memory().module_watches;
  const auto watch = watches.find(ModuleId{module});
  return watch != watches.end() && watch->second.over.has_value();
}

TEST_CASE("what is over its target when a run closes is in that run's report", "[run][recovery]") {
  Night night = TwoNodes();
  night.Until("4 12:00");  // over since 4 01:40, while the second missed run is waited for
  CHECK(night.TakeMails() == Lines{"3 02:00 final daily MISSED: a not_finished, b not_finished",
                                   "4 02:00 final daily MISSED: a not_finished, b not_finished"});
  CHECK(IsReported(night, "a"));
  CHECK(IsReported(night, "b"));

  SECTION("and what is back is in the next one's") {
    night.Saves("daily", "a", "5 01:00", "5 01:10");
    CHECK(IsReported(night, "a"));  // its run goes on
    night.Saves("daily", "b", "5 01:00", "5 01:20");
    CHECK(night.TakeMails() == Lines{"5 01:20 final daily SUCCESS: a succeeded, b succeeded"});
    CHECK_FALSE(IsReported(night, "a"));
    CHECK(night.tracker().memory().module_watches.empty());
    const Run& run = night.tracker().memory().runs.rbegin()->second;
    CHECK(run.modules.at(ModuleId{"a"}).was_over);
    CHECK(run.modules.at(ModuleId{"a"}).target == hours{48} + std::chrono::minutes{20});
  }
  SECTION("and a restart repeats nothing") {
    night.Restart();
    night.Until("5 00:59");
    CHECK(night.TakeMails().empty());
  }
}

TEST_CASE("a shorter target is crossed between two runs, and said by itself, once",
          "[run][recovery]") {
  run::RunRules rules;
  rules.recovery_targets[PlanId{"daily"}] = hours{10};
  Night night{rules};
  night.HasPlan("daily", {"a", "b@2"});
  night.IsDue("daily", "01:00");
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  night.Saves("daily", "b", "1 01:00", "1 01:20");
  CHECK(night.TakeMails().size() == 1);
  night.Until("1 11:10");
  CHECK(night.TakeMails().empty());
  night.Until("1 11:10:01");
  CHECK(night.TakeMails() == Lines{"1 11:10:01 recovery point a over"});
  night.Until("1 11:20:01");
  CHECK(night.TakeMails() == Lines{"1 11:20:01 recovery point b over"});
  night.Until("2 00:59");
  CHECK(night.TakeMails().empty());
}

TEST_CASE("nothing is said before a plan has been due since it is watched", "[run][recovery]") {
  Night night;
  night.HasPlan("daily", {"a"});
  night.Write(Record("daily", "a", At("0 01:00") - 9 * hours{24}, At("0 01:10") - 9 * hours{24}));
  night.IsDue("daily", "01:00");
  night.Until("1 01:20");
  CHECK(night.TakeMails().empty());
  SECTION("then the run says it") {
    night.Fails("daily", "a", "1 01:00", "1 01:30");
    CHECK(night.TakeMails() == Lines{"1 01:30 final daily REPO_FAILURE: a failed"});
    CHECK(IsReported(night, "a"));
  }
  SECTION("or it is not so any more") {
    night.Saves("daily", "a", "1 01:00", "1 01:30");
    night.Until("1 12:00");
    CHECK(night.TakeMails() == Lines{"1 01:30 final daily SUCCESS: a succeeded"});
  }
}

TEST_CASE("a target that moves repeats nothing: only newer data does", "[run][recovery]") {
  run::RunRules rules;
  rules.recovery_targets[PlanId{"daily"}] = hours{10};
  Night night{rules};
  night.HasPlan("daily", {"a"});
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  night.Until("1 12:00");
  CHECK(night.TakeMails().size() == 2);
  const auto after = [&](seconds target, std::string_view newest) {
    run::RunRules others;
    others.recovery_targets[PlanId{"daily"}] = target;
    RunMemory memory = night.tracker().memory();
    memory.modules.at({PlanId{"daily"}, ModuleId{"a"}}).newest_data = At(newest);
    memory.runs.clear();
    run::RunTracker tracker{others, memory};
    Lines said;
    for (const Announcement& announcement : tracker.Step(night.cluster(), {}).announcements)
      said.emplace_back(announcement.crossings.at(0).over ? "over" : "back");
    return said;
  };
  CHECK(after(hours{11}, "1 01:10").empty());
  CHECK(after(hours{10}, "1 01:10").empty());
  CHECK(after(hours{11}, "1 01:10:01") == Lines{"back"});
  CHECK(after(hours{10}, "1 01:10:01") == Lines{"over"});
  CHECK(after(hours{10}, "1 01:09").empty());
}

TEST_CASE("from the moment at which it is due a run is waited for", "[run][recovery]") {
  const auto [early, mail] = GENERATE(table<seconds, Lines>(
      {{seconds{0}, {}}, {seconds{1}, {"2 00:59:59 recovery point a over"}}}));
  run::RunRules rules;  // over at 01:00, or a second before
  rules.recovery_targets[PlanId{"daily"}] =
      hours{24} - std::chrono::minutes{10} - seconds{1} - early;
  Night night{rules};
  night.HasPlan("daily", {"a"});
  night.IsDue("daily", "01:00");
  night.Saves("daily", "a", "1 01:00", "1 01:10");
  CHECK(night.TakeMails().size() == 1);
  night.Until("2 01:00");
  night.Look();
  CHECK(night.TakeMails() == mail);
  night.Until("2 12:00");
  CHECK(night.TakeMails() == Lines{"2 01:45 final daily MISSED: a not_finished"});
}

TEST_CASE("a plan that never runs by itself, or whose schedule is not known, is not waited for",
          "[run][recovery]") {
  const char* schedule = GENERATE("30 2 * * *", "");
  run::RunRules rules;
  rules.recovery_targets[PlanId{"daily"}] = hours{1};
  Night night{rules};
  night.HasPlan("daily", {"a"});
  night.Write(Record("daily", "a", At("0 01:00"), At("0 01:10")));
  night.IsDue("daily", schedule);
  night.Look();
  CHECK(night.TakeMails().back() == "0 12:00 recovery point a over");
}

TEST_CASE("those that cross together are said together, over or back", "[run][recovery]") {
  run::RunRules rules;
  rules.recovery_targets[PlanId{"daily"}] = hours{10};
  Night night{rules};
  night.HasPlan("daily", {"a", "b"});
  night.Write(Record("daily", "a", At("0 01:00"), At("0 01:10")));
  night.Write(Record("daily", "b", At("0 01:10"), At("0 01:20")));
  night.Look();
  CHECK(night.TakeMails() == Lines{"0 12:00 recovery point a over b over"});

  night.HasPlan("other", {"a"});
  SECTION("back by a backup that belongs to no run") {
    Plan& plan = night.cluster().plans.at(PlanId{"daily"});
    plan.enabled = false;  // its target counts no more, the other plan has none
    night.Until("1 12:00");
    CHECK(night.TakeMails().empty());
    CHECK(IsReported(night, "a"));  // what is unknown is not back
  }
  SECTION("gone") {
    night.cluster().plans.clear();
    night.cluster().modules.erase(ModuleId{"b"});
    night.Look();
    CHECK_FALSE(IsReported(night, "b"));
    CHECK(night.TakeMails().empty());
  }
}

TEST_CASE("what a check finds moves the newest data", "[run][recovery]") {
  Night night = TwoNodes();
  const RecordKey key{PlanId{"daily"}, ModuleId{"a"}, At("2 01:00")};
  Finding finding;
  finding.probed_at = At("2 02:00");
  const auto newest_after = [&](const Finding& found) {
    run::RunTracker tracker{{}, night.tracker().memory()};
    (void)tracker.Step(night.cluster(), {});
    const RunChanges changes = tracker.Found(key, found);
    const auto& past = tracker.memory().modules.at({key.plan, key.module});
    const auto changed = changes.modules.find({key.plan, key.module});
    CHECK((changed != changes.modules.end()) == (past.newest_data != At("2 01:10")));
    if (changed != changes.modules.end()) CHECK(changed->second == past);
    return past.newest_data;
  };
  SECTION("to its snapshot") {
    finding.newest = Snapshot{At("1 01:00"), "", {}};
    CHECK(newest_after(finding) == At("1 01:00"));
  }
  SECTION("to none, if the repository is empty") { CHECK_FALSE(newest_after(finding)); }
  SECTION("also if the backup ended when it was read") {
    finding.probed_at = At("2 01:10");
    finding.newest = Snapshot{At("1 01:00"), "", {}};
    CHECK(newest_after(finding) == At("1 01:00"));
  }
  SECTION("not if a later backup has succeeded since") {
    finding.probed_at = At("2 01:09:59");
    CHECK(newest_after(finding) == At("2 01:10"));
  }
  SECTION("not back, if it could not be read") {
    finding.cause = ProbeCause::kLocked;
    finding.complete = false;
    finding.newest = Snapshot{At("1 01:00"), "", {}};
    CHECK(newest_after(finding) == At("2 01:10"));
    finding.newest = Snapshot{At("2 01:30"), "", {}};
    CHECK(newest_after(finding) == At("2 01:30"));
  }
}

TEST_CASE("a node whose clock is set back makes no data older", "[run][recovery]") {
  Night night = TwoNodes();
  night.Write(Record("daily", "a", At("1 23:00"), At("1 23:10")));
  night.Look();
  const auto& past = night.tracker().memory().modules.at({PlanId{"daily"}, ModuleId{"a"}});
  CHECK(past.started == At("1 23:00"));
  CHECK(past.newest_data == At("2 01:10"));
}

TEST_CASE("a check of a repository is one of all plans to its destination", "[run][recovery]") {
  Night night = TwoNodes();
  night.HasPlan("weekly", {"a"});
  night.HasPlan("elsewhere", {"a"});
  auto& plans = night.cluster().plans;
  plans.at(PlanId{"daily"}).destination_id = plans.at(PlanId{"weekly"}).destination_id = "nas";
  plans.at(PlanId{"elsewhere"}).destination_id = "b2";
  for (const char* plan : {"weekly", "elsewhere"}) {
    night.Saves(plan, "a", "2 03:00", "2 03:10");
  }
  run::RunTracker tracker{{}, night.tracker().memory()};
  (void)tracker.Step(night.cluster(), {});
  Finding finding;
  finding.probed_at = At("2 04:00");
  const auto newest_of = [&](const char* plan) {
    return tracker.memory().modules.at({PlanId{plan}, ModuleId{"a"}}).newest_data;
  };
  finding.newest = Snapshot{At("2 03:00"), "", {}};
  CHECK(tracker.Found({PlanId{"daily"}, ModuleId{"a"}, At("2 01:00")}, finding).modules.size() ==
        2);
  CHECK(newest_of("daily") == At("2 03:00"));
  CHECK(newest_of("weekly") == At("2 03:00"));
  CHECK(newest_of("elsewhere") == At("2 03:10"));

  // What is newer than all that another plan has done is not its own.
  finding.newest = Snapshot{At("2 03:20"), "", {}};
  (void)tracker.Found({PlanId{"daily"}, ModuleId{"a"}, At("2 01:00")}, finding);
  CHECK(newest_of("daily") == At("2 03:20"));
  CHECK(newest_of("weekly") == At("2 03:00"));
}

}  // namespace
}  // namespace backup_monitor::testing
