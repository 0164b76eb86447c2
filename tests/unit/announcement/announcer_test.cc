// Which reports are sent now and which wait, without a store and without threads: runs and steps made by hand.

#include "announcement/announcer.h"

#include "catch.h"
#include "fakes/fake_transaction.h"
#include "run_states.h"

namespace backup_monitor::announcement {
namespace {

using Kind = Announcement::Kind;
using testing::FakeTransaction;

constexpr Time kClosed{seconds{1'795'312'800}};
constexpr seconds kCheckTime{600};

SeenRecord RecordOf(const std::string& plan, const std::string& module, std::uint32_t errors) {
  SeenRecord seen;
  seen.record.plan = PlanId{plan};
  seen.record.module = ModuleId{module};
  seen.record.start = seen.started = kClosed - seconds{900};
  seen.record.end = seen.ended = kClosed - seconds{600};
  seen.record.error_count = errors;
  seen.seen_at = kClosed;
  return seen;
}

/// A closed run of one module.
Run ClosedRun(int id, const std::string& plan, std::uint32_t errors,
              const std::string& destination = "nas") {
  Run run;
  run.id = RunId{id};
  run.plan = PlanId{plan};
  run.plan_name = "plan " + plan;
  run.destination_id = destination;
  run.begin = kClosed - seconds{900};
  run.opened_at = kClosed - seconds{600};
  SetClosed(run, kClosed);
  RunModule& module = run.modules[ModuleId{"mail" + plan}];
  module.expected = true;
  module.ever_recorded = true;
  module.record = RecordOf(plan, "mail" + plan, errors);
  return run;
}

Run OpenRun(int id, const std::string& plan, const std::string& destination) {
  Run run = ClosedRun(id, plan, 0, destination);
  SetClosed(run, std::nullopt);
  run.modules[ModuleId{"web" + plan}].expected = true;
  return run;
}

struct Progress final : CheckProgress {
  bool given_up = false;
  bool blocked = false;
  bool HasGivenUp(PostponedId, const std::vector<probe::ProbeOrder>&) const override {
    return given_up;
  }
  bool IsBlocked(const std::vector<probe::ProbeOrder>&) const override { return blocked; }
};

/// What the log says of node 2: how the execution there ended.
NodeLog LogReadAt(Time at, LoggedPass::End end) {
  NodeLog log{.read_at = at};
  log.pass =
      LoggedPass{.node = *NodeId::Parse("2"), .plan = PlanId{"1"}, .began{}, .last{}, .end = end};
  return log;
}

/// Steps of which the runs and announcements are said, one after the other.
struct World {
  explicit World(ProbeMode mode = ProbeMode::kFailed, NotifyOn notify_on = NotifyOn::kEveryRun,
                 bool reads_log = false, bool asks_for_nodes = false)
      : announcer{
            writer, notify_on, {mode, kCheckTime, &progress, reads_log, asks_for_nodes}} {}

  /// The runs become what they are here, and this is announced of them.
  StepResult Step(const std::vector<Run>& runs, std::vector<Announcement> announcements) {
    RunMemory memory = tracker.memory();
    run::RunStep step;
    for (Run run : runs) {
      SetAnnounced(run, true);
      memory.runs.insert_or_assign(run.id, run);
      step.changed.insert(run.id);
    }
    tracker = run::RunTracker{run::RunRules{}, std::move(memory)};
    step.announcements = std::move(announcements);
    ClusterView view;
    view.looked_at = now;
    auto result = announcer.Announce(step, tracker, view, transaction);
    REQUIRE(result);
    return *std::move(result);
  }
  StepResult Look() { return Step({}, {}); }

  [[nodiscard]] std::vector<std::string> Sent() const {
    std::vector<std::string> sent;
    for (const Message& message : transaction.messages) {
      std::string& text = sent.emplace_back(Name(message.kind));
      if (!message.runs.empty())
        text += " " + std::to_string(static_cast<std::int64_t>(message.runs.front()));
    }
    return sent;
  }

  Time now = kClosed;
  Progress progress;
  FakeTransaction transaction;
  MessageWriter writer{{.from = "monitor@example.org",
                        .to = {"a@example.org"},
                        .language = Language::kEnglish,
                        .subject_prefix = {}}};
  Announcer announcer;
  run::RunTracker tracker{run::RunRules{}, RunMemory{}};
};

using Sent = std::vector<std::string>;

TEST_CASE("a report whose repositories are to be checked waits for them, others do not",
          "[announcement]") {
  World world;
  const StepResult result =
      world.Step({ClosedRun(1, "1", 1), ClosedRun(2, "2", 0)},
                 {{Kind::kFinal, {RunId{1}}, {}}, {Kind::kFinal, {RunId{2}}, {}}});
  CHECK(world.Sent() == Sent{"final 2"});
  CHECK(result.postponed == 1);
  REQUIRE(result.checks.size() == 1);
  CHECK(result.checks[0].orders.size() == 1);
  CHECK(result.checks[0].begin_before == kClosed + kCheckTime);
  CHECK(result.next_release == kClosed + kCheckTime);
  CHECK_FALSE(
      world.transaction.runs.at(RunId{1}).outcome);  // nothing is judged before it is reported
}

TEST_CASE("a postponed report is sent when nothing is left to check", "[announcement]") {
  World world;
  world.Step({ClosedRun(1, "1", 1)}, {{Kind::kFinal, {RunId{1}}, {}}});
  Finding finding;
  finding.probed_at = kClosed + seconds{5};
  finding.complete = true;
  REQUIRE(world.transaction.Keep(RecordOf("1", "mail1", 1).record.key(), finding));

  const auto result = world.announcer.AnnouncePostponed(
      world.tracker, {kClosed + seconds{5}, nullptr}, world.transaction);

  REQUIRE(result);
  CHECK(world.Sent() == Sent{"final 1"});
  CHECK(result->released == std::vector{PostponedId{1}});
  CHECK(world.transaction.postponed.empty());
  CHECK(world.transaction.runs.at(RunId{1}).outcome == Outcome::kRepoFailure);
}

TEST_CASE("it waits no longer than run_timeout, and not for a clock that has stepped back",
          "[announcement]") {
  const auto [passed, sent] = GENERATE(table<seconds, bool>({{kCheckTime - seconds{1}, false},
                                                             {kCheckTime, true},
                                                             {seconds{-60}, false},
                                                             {seconds{-61}, true}}));
  CAPTURE(passed.count());
  World world;
  world.Step({ClosedRun(1, "1", 1)}, {{Kind::kFinal, {RunId{1}}, {}}});
  world.now = kClosed + passed;
  world.Look();
  CHECK(world.Sent().size() == (sent ? 1 : 0));
}

TEST_CASE("checks that are given up, or not made any more, are not waited for", "[announcement]") {
  World world;
  world.Step({ClosedRun(1, "1", 1)}, {{Kind::kFinal, {RunId{1}}, {}}});
  world.progress.given_up = true;
  world.Look();
  CHECK(world.Sent() == Sent{"final 1"});

  World off{ProbeMode::kOff};
  off.transaction.postponed = {{PostponedId{1}, {Kind::kFinal, {RunId{1}}, {}}, kClosed}};
  off.transaction.runs.emplace(RunId{1}, ClosedRun(1, "1", 1));
  off.Look();
  CHECK(off.Sent() == Sent{"final 1"});
}

TEST_CASE("reports of one plan are sent in their order, those of another do not wait",
          "[announcement]") {
  World world;
  world.Step({ClosedRun(1, "1", 1)}, {{Kind::kFinal, {RunId{1}}, {}}});
  world.Step({ClosedRun(2, "1", 0), ClosedRun(3, "3", 0)},
             {{Kind::kFinal, {RunId{2}}, {}}, {Kind::kFinal, {RunId{3}}, {}}});
  CHECK(world.Sent() == Sent{"final 3"});
  world.now += kCheckTime;
  world.Look();
  CHECK(world.Sent() == Sent{"final 3", "final 1", "final 2"});
}

TEST_CASE("an update of a run whose report waits is contained in that", "[announcement]") {
  World world;
  world.Step({ClosedRun(1, "1", 1)}, {{Kind::kFinal, {RunId{1}}, {}}});
  world.Step({ClosedRun(1, "1", 1)}, {{Kind::kUpdate, {RunId{1}}, {}}});
  CHECK(world.transaction.postponed.size() == 1);
  world.now += kCheckTime;
  world.Look();
  CHECK(world.Sent() == Sent{"final 1"});
}

TEST_CASE("what is about no closed run waits for nothing", "[announcement]") {
  World world;
  world.Step({ClosedRun(1, "1", 1)}, {{Kind::kFinal, {RunId{1}}, {}}});
  Run open = OpenRun(2, "1", "other");
  open.modules.at(ModuleId{"mail1"}).record->record.error_count = 1;
  world.Step({open}, {{Kind::kEarlyNotice, {RunId{2}}, {}}});
  CHECK(world.Sent() == Sent{"early_notice 2"});
}

TEST_CASE("a late notice is posted at once, and the final report follows in its thread",
          "[announcement]") {
  const auto until = GENERATE(std::optional<Time>{}, std::optional{Time{seconds{1'944'561'600}}});
  World world;
  world.Step({OpenRun(2, "2", "nas")}, {{Kind::kLateNotice, {RunId{2}}, {}, {}, until}});
  REQUIRE(world.Sent() == Sent{"late_notice 2"});
  const std::string html = world.transaction.messages[0].html;
  CHECK(html.find("Still waiting for: web2.") != std::string::npos);
  CHECK((html.find("The wait ends by Fri 15 Aug 2031, ") != std::string::npos) == !!until);

  Run closed = ClosedRun(2, "2", 0);
  closed.modules[ModuleId{"web2"}].record = RecordOf("2", "web2", 0);
  world.Step({closed}, {{Kind::kFinal, {RunId{2}}, {}}});
  REQUIRE(world.Sent() == Sent{"late_notice 2", "final 2"});
  CHECK(world.transaction.messages[1].thread_root == world.transaction.messages[0].message_id);
}

TEST_CASE("an update of what nobody has been sent is a report of its own", "[announcement]") {
  const auto [wanted, kinds] = GENERATE(table<NotifyOn, Sent>(
      {{NotifyOn::kProblems, {"final 1"}}, {NotifyOn::kEveryRun, {"final 1", "update 1"}}}));
  World world{ProbeMode::kOff, wanted};
  world.Step({ClosedRun(1, "1", 0)}, {{Kind::kFinal, {RunId{1}}, {}}});
  Run changed = ClosedRun(1, "1", 1);
  changed.outcome = Outcome::kSuccess;
  changed.modules.at(ModuleId{"mail1"}).verdict = Verdict::kSucceeded;
  world.Step({changed}, {{Kind::kUpdate, {RunId{1}}, {}}});
  CHECK(world.Sent() == kinds);
}

TEST_CASE("whoever wants to hear of problems alone hears that a run is late", "[announcement]") {
  World world{ProbeMode::kFailed, NotifyOn::kProblems};
  world.Step({OpenRun(2, "2", "nas")}, {{Kind::kLateNotice, {RunId{2}}, {}}});
  CHECK(world.Sent() == Sent{"late_notice 2"});
}

TEST_CASE("data that is too old is a problem, and data that is recent again a recovery",
          "[announcement]") {
  const auto [wanted, mails] = GENERATE(table<NotifyOn, std::size_t>(
      {{NotifyOn::kProblems, 1}, {NotifyOn::kProblemsAndRecoveries, 2}, {NotifyOn::kEveryRun, 2}}));
  World world{ProbeMode::kOff, wanted};
  for (const bool over : {true, false}) {
    Announcement announcement{Kind::kRecoveryPoint, {}, {}};
    announcement.crossings = {{ModuleId{"web2"}, over, Time{seconds{1000}}, seconds{60}}};
    world.Step({}, {announcement});
  }
  CHECK(world.Sent() == Sent(mails, "recovery_point"));
  CHECK(world.transaction.messages.at(0).html.find("The newest good backup of web2 dates from") !=
        std::string::npos);
}

TEST_CASE("a late record that reopens a run sends its report, and all of its plan before it",
          "[announcement]") {
  World world;
  world.Step({ClosedRun(1, "1", 1)}, {{Kind::kFinal, {RunId{1}}, {}}});
  world.Step({ClosedRun(2, "1", 1)}, {{Kind::kFinal, {RunId{2}}, {}}});
  Run reopened = ClosedRun(2, "1", 1);
  SetClosed(reopened, std::nullopt);
  const StepResult result = world.Step({reopened}, {});
  CHECK(world.Sent() == Sent{"final 1", "final 2"});
  CHECK(result.postponed == 0);
  CHECK(world.transaction.messages[1].html.find("Another result of this run came before") !=
        std::string::npos);
}

TEST_CASE("a destination that another run uses is left alone, and the report says so",
          "[announcement]") {
  World world;
  world.Step({OpenRun(9, "9", "nas"), ClosedRun(1, "1", 1)}, {{Kind::kFinal, {RunId{1}}, {}}});
  CHECK(world.Sent() == Sent{"final 1"});
  CHECK(world.transaction.messages[0].html.find("Another backup run uses the destination") !=
        std::string::npos);

  World elsewhere;
  elsewhere.Step({OpenRun(9, "9", "s3"), ClosedRun(1, "1", 1)}, {{Kind::kFinal, {RunId{1}}, {}}});
  CHECK(elsewhere.Sent().empty());
}

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
