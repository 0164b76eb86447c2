// What a report says of the schedule: a run that did not take place, one that was late, nodes of which nothing came.

#include "catch.h"
#include "report/json/report_json.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

constexpr Time kDue = kNight;  // Sun 22 Nov 2026, 02:14 in Rome

RunSection Missed() {
  RunSection run = Section(
      Outcome::kMissed, {Line("mail1", Verdict::kNotFinished), Line("new1", Verdict::kNeverRan)});
  run.origin = RunOrigin::kSchedule;
  run.begin = kDue;
  run.end.reset();
  run.schedule.due = kDue;
  run.schedule.answer_by = kDue + kHour;
  run.schedule.next = kDue + 24 * kHour;
  return run;
}

TEST_CASE("a run that did not take place says when it was due, and when the next is",
          "[report][schedule]") {
  const Report report = Of({Missed()});
  const std::string text = TextOf(report);
  CHECK_THAT(text, Contains("🕳 Backup did not run"));
  CHECK_THAT(
      text,
      Contains("The backup was due on Sun 22 Nov 2026, 02:14 CET") &&
          Contains("and did not run: there was no new result by Sun 22 Nov 2026, 03:14 CET."));
  CHECK_THAT(text, Contains("The next run is due on Mon 23 Nov 2026, 02:14 CET."));
  CHECK_THAT(text, Contains("🕳 Did not run: 1 module"));
  CHECK_THAT(text, Contains("Scheduled for") && !Contains("Began") && !Contains("Ended"));
  // Of what did not run nothing can be unfinished.
  CHECK_THAT(text, !Contains("Not finished") && !Contains("Never had a result") &&
                       !Contains("is still running"));
  CHECK_THAT(Written(report).subject, Contains("Backup did not run: Nightly"));
  CHECK_THAT(TextOf(Missed(), Language::kItalian),
             Contains("La prossima esecuzione è prevista per"));
}

TEST_CASE("a plan that is due often says how many did not take place", "[report][schedule]") {
  RunSection run = Missed();
  run.schedule.missed = DueCount{1, kDue, kDue};
  CHECK_THAT(TextOf(Of({run})), !Contains("In all"));
  run.schedule.missed = DueCount{24, kDue - 23 * kHour, kDue};
  CHECK_THAT(
      TextOf(Of({run})),
      Contains("In all, 24 scheduled runs did not take place, from Sat 21 Nov 2026, 03:14 CET "
               "to Sun 22 Nov 2026, 02:14 CET."));
}

TEST_CASE("a run says what was missed before it, that it was late, and which nodes sent nothing",
          "[report][schedule]") {
  RunSection run = Section(Outcome::kIncomplete, {Line("mail1", Verdict::kSucceeded),
                                                  Line("web1", Verdict::kNotFinished)});
  run.schedule.due = kDue;
  run.schedule.late = 3 * kHour;
  run.schedule.silent = {{NodeId::Parse("2").value(), "Rome", 4},
                         {NodeId::Parse("3").value(), "", 1}};
  run.schedule.missed = DueCount{1, kDue - kHour, kDue - kHour};
  const std::string text = TextOf(Of({run}));
  CHECK_THAT(
      text,
      Contains(
          "It began 3 h after it was due (Sun 22 Nov 2026, 02:14 CET): late, or started by hand."));
  CHECK_THAT(text, Contains("Nothing came from node 2 (Rome): 4 applications."));
  CHECK_THAT(text, Contains("Nothing came from node 3: 1 application."));
  CHECK_THAT(
      text,
      Contains("Before it, one scheduled run did not take place (Sun 22 Nov 2026, 01:14 CET)."));
  run.schedule.missed = DueCount{2, kDue - 2 * kHour, kDue - kHour};
  CHECK_THAT(TextOf(Of({run})), Contains("Before it, 2 scheduled runs did not take place, from"));
}

TEST_CASE("of many nodes that sent nothing ten are named", "[report][schedule]") {
  RunSection run = Section(Outcome::kIncomplete, {Line("mail1", Verdict::kSucceeded),
                                                  Line("web1", Verdict::kNotFinished)});
  for (int node = 2; node <= 12; ++node)
    run.schedule.silent.push_back({NodeId::Parse(std::to_string(node)).value(), "", 1});
  const std::string text = TextOf(Of({run}));
  CHECK_THAT(text, Contains("from node 11:") && !Contains("from node 12:") &&
                       Contains("Nothing came from 1 more node."));
}

TEST_CASE("a run that overlaps the next says so", "[report][schedule]") {
  RunSection run = Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)});
  run.schedule.overlapped = DueCount{1, kDue, kDue};
  CHECK_THAT(
      TextOf(Of({run})),
      Contains("It was still running when the plan was due again on Sun 22 Nov 2026, 02:14 CET"));
  run.schedule.overlapped = DueCount{3, kDue, kDue + 2 * kHour};
  CHECK_THAT(TextOf(Of({run})),
             Contains("It was still running 3 times when the plan was due again, from"));
}

TEST_CASE("what was due while nobody looked, and is overwritten, is unknown",
          "[report][schedule]") {
  RunSection run = Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)});
  run.gap = Gap{kDue - 48 * kHour, kDue, 0};
  CHECK_THAT(TextOf(Of({run})), !Contains("overwritten"));
  run.gap->unknown_due = 2;
  CHECK_THAT(
      TextOf(Of({run})),
      Contains(
          "In that period 2 scheduled runs are unknown: their results have been overwritten."));
}

}  // namespace
}  // namespace backup_monitor::report
