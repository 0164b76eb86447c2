// Which reports wait for what the log and the nodes say.

#include "unit/announcement/world.h"

namespace backup_monitor::announcement {
namespace {

/// A closed run with errors on node 2.
Run FailedOnNode2(int id = 1) {
  Run run = ClosedRun(id, "1", 1);
  run.modules.begin()->second.record->record.node = *NodeId::Parse("2");
  return run;
}

World WithLog(ProbeMode mode = ProbeMode::kOff) { return World{mode, NotifyOn::kEveryRun, true}; }

TEST_CASE("a report of which the log may say more waits until it was read", "[announcement][log]") {
  World world = WithLog();
  const StepResult result = world.Step({FailedOnNode2()}, {{Kind::kFinal, {RunId{1}}, {}}});
  CHECK(world.Sent().empty());
  REQUIRE(result.log_jobs.size() == 1);
  CHECK(result.log_jobs[0].run.id == RunId{1});
  CHECK(result.log_jobs[0].nodes == std::vector{*NodeId::Parse("2")});
  CHECK(result.next_release == kClosed + seconds{60});
  CHECK(result.postponed == 1);

  Run& stored = world.transaction.runs.at(RunId{1});
  SECTION("and says how the execution ended") {
    stored.log.emplace(*NodeId::Parse("2"), LogReadAt(kClosed, LoggedPass::End::kUnknown));
    CHECK(world.announcer.AnnouncePostponed(world.tracker, {kClosed, nullptr}, world.transaction)
              ->log_jobs.size() == 1);
    stored.log.at(*NodeId::Parse("2")).pass->end = LoggedPass::End::kWithFailures;
    CHECK(world.announcer.AnnouncePostponed(world.tracker, {kClosed, nullptr}, world.transaction)
              ->log_jobs.empty());
    CHECK(world.Sent() == Sent{"final 1"});
  }
  SECTION("or a minute is over, or the clock has stepped back") {
    const auto [passed, sent] = GENERATE(table<seconds, bool>(
        {{seconds{59}, false}, {seconds{60}, true}, {seconds{-60}, false}, {seconds{-61}, true}}));
    CAPTURE(passed.count());
    world.now = kClosed + passed;
    world.Look();
    CHECK(world.Sent().size() == (sent ? 1 : 0));
  }
}

TEST_CASE("of a missed run the witnesses are waited for since it was opened",
          "[announcement][log]") {
  Run run = FailedOnNode2();
  run.origin = RunOrigin::kSchedule;
  run.modules.begin()->second.record.reset();
  run.modules.begin()->second.node = *NodeId::Parse("2");
  run.opened_at = kClosed - seconds{50};
  SECTION("ten seconds more") {
    const auto passed = GENERATE(9, 10);
    run.log[*NodeId::Parse("2")].read_at = kClosed - seconds{40};
    World world = WithLog();
    CHECK(world.Step({run}, {{Kind::kFinal, {RunId{1}}, {}}}).next_release ==
          kClosed + seconds{10});
    world.now = kClosed + seconds{passed};
    world.Look();
    CHECK(world.Sent().size() == (passed == 10 ? 1 : 0));
  }
  SECTION("a minute where nobody has asked") {
    World world = WithLog();
    CHECK(world.Step({run}, {{Kind::kFinal, {RunId{1}}, {}}}).next_release ==
          kClosed + seconds{60});
  }
  SECTION("one that has begun by the log has not been waited for in vain") {
    run.log.emplace(*NodeId::Parse("2"),
                    LogReadAt(kClosed - seconds{1}, LoggedPass::End::kUnknown));
    World world = WithLog();
    CHECK(world.Step({run}, {{Kind::kFinal, {RunId{1}}, {}}}).next_release ==
          kClosed + seconds{60});
  }
}

TEST_CASE("checks and the log are waited for at the same time", "[announcement][log]") {
  World world = WithLog(ProbeMode::kFailed);
  const StepResult first = world.Step({FailedOnNode2()}, {{Kind::kFinal, {RunId{1}}, {}}});
  CHECK(first.checks.size() == 1);
  CHECK(first.log_jobs.size() == 1);
  CHECK(first.next_release == kClosed + seconds{60});
  world.now = kClosed + seconds{60};
  const StepResult second = world.Look();
  CHECK(second.log_jobs.empty());
  CHECK(second.checks.size() == 1);
  CHECK(second.next_release == kClosed + kCheckTime);
  world.now = kClosed + kCheckTime;
  world.Look();
  CHECK(world.Sent() == Sent{"final 1"});
}

TEST_CASE("of open runs the log is to be read, and of good ones not", "[announcement][log]") {
  World world = WithLog();
  Run open = OpenRun(1, "1", "nas");
  open.modules.at(ModuleId{"web1"}).node = *NodeId::Parse("3");
  const StepResult result =
      world.Step({open, ClosedRun(2, "2", 0)}, {{Kind::kFinal, {RunId{2}}, {}}});
  CHECK(world.Sent() == Sent{"final 2"});
  REQUIRE(result.log_jobs.size() == 1);
  CHECK(result.log_jobs[0].run.id == RunId{1});
  CHECK(result.log_jobs[0].nodes == std::vector{*NodeId::Parse("3")});
  CHECK(world.announcer.AnnouncePostponed(world.tracker, {kClosed, nullptr}, world.transaction)
            ->log_jobs.size() == 1);
}

/// A closed run of which node 3 has sent nothing.
Run SilentOnNode3() {
  Run run = ClosedRun(1, "1", 0);
  RunModule& silent = run.modules[ModuleId{"web1"}];
  silent.expected = true;
  silent.node = *NodeId::Parse("3");
  return run;
}

TEST_CASE("a report waits until it is known whether a silent node could be reached",
          "[announcement][presence]") {
  World world{ProbeMode::kOff, NotifyOn::kEveryRun, false, true};
  const StepResult result = world.Step({SilentOnNode3()}, {{Kind::kFinal, {RunId{1}}, {}}});
  CHECK(world.Sent().empty());
  CHECK(result.log_jobs.empty());
  REQUIRE(result.presence_jobs.size() == 1);
  CHECK(result.presence_jobs[0].run.id == RunId{1});
  CHECK(result.presence_jobs[0].nodes == std::vector{*NodeId::Parse("3")});
  CHECK(result.next_release == kClosed + seconds{60});
  SECTION("and is sent then") {
    Run& stored = world.transaction.runs.at(RunId{1});
    stored.presence.emplace(*NodeId::Parse("3"), NodePresence{.read_at = kClosed});
    CHECK(world.announcer.AnnouncePostponed(world.tracker, {kClosed, nullptr}, world.transaction)
              ->presence_jobs.empty());
    CHECK(world.Sent() == Sent{"final 1"});
  }
  SECTION("or after a minute") {
    const int passed = GENERATE(59, 60);
    world.now = kClosed + seconds{passed};
    CHECK(world.Look().presence_jobs.size() == (passed == 59 ? 1 : 0));
    CHECK(world.Sent().size() == (passed == 59 ? 0 : 1));
  }
}

TEST_CASE("a report waits for what the leader's log says of the cluster backup",
          "[announcement][cluster_backup]") {
  World world{ProbeMode::kOff, NotifyOn::kEveryRun, false, false, true};
  Run run = ClosedRun(1, "1", 0);
  run.destination_id = "nas";
  const StepResult result = world.Step({run}, {{Kind::kFinal, {RunId{1}}, {}}});
  CHECK(world.Sent().empty());
  CHECK(result.wants_uploads);
  CHECK(result.next_release == kClosed + seconds{60});
  Run& stored = world.transaction.runs.at(RunId{1});
  SECTION("until it was read after the run closed, with or without an answer") {
    stored.cluster_backup = ClusterBackupAtClosing{.backup = {}, .read_at = kClosed - seconds{1}};
    CHECK(world.Look().wants_uploads);
    CHECK(world.Sent().empty());
    stored.cluster_backup->read_at = kClosed;
    stored.cluster_backup->trouble = ErrorCode::kTimeout;
    CHECK_FALSE(world.Look().wants_uploads);
    CHECK(world.Sent() == Sent{"final 1"});
  }
  SECTION("for a minute at most") {
    world.now = kClosed + seconds{59};
    CHECK(world.Look().wants_uploads);
    world.now = kClosed + seconds{60};
    CHECK_FALSE(world.Look().wants_uploads);
    CHECK(world.Sent() == Sent{"final 1"});
  }
}

TEST_CASE("of some runs there is no cluster backup to wait for", "[announcement][cluster_backup]") {
  World world{ProbeMode::kOff, NotifyOn::kEveryRun, false, false, true};
  Run run = ClosedRun(1, "1", 0);
  SECTION("without a destination") { run.destination_id.clear(); }
  SECTION("in the compact layout") {
    run.destination_id = "nas";
    run.origin = RunOrigin::kCompact;
  }
  CHECK_FALSE(world.Step({run}, {{Kind::kFinal, {RunId{1}}, {}}}).wants_uploads);
  CHECK(world.Sent() == Sent{"final 1"});
}

TEST_CASE("the log and the nodes are asked at the same time", "[announcement][presence]") {
  World world{ProbeMode::kOff, NotifyOn::kEveryRun, true, true};
  const StepResult result = world.Step({SilentOnNode3()}, {{Kind::kFinal, {RunId{1}}, {}}});
  CHECK(result.log_jobs.size() == 1);
  CHECK(result.presence_jobs.size() == 1);
  CHECK(result.next_release == kClosed + seconds{60});
  World without = WithLog();
  CHECK(without.Step({SilentOnNode3()}, {{Kind::kFinal, {RunId{1}}, {}}}).presence_jobs.empty());
}

}  // namespace
}  // namespace backup_monitor::announcement
