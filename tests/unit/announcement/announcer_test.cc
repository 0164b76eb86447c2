// Which reports are sent now and which wait, without a store and without threads: runs and steps made by hand.

#include "unit/announcement/world.h"

namespace backup_monitor::announcement {
namespace {

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

}  // namespace
}  // namespace backup_monitor::announcement
