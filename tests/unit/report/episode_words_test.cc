// What a row of runs that did not succeed is called: only of failed ones "failed".
#include "report/words/episode_words.h"

#include "catch.h"
#include "report/mail/report_writer.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

RunSection Good(Episode before) {
  RunSection run = Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)});
  run.episode = before;
  return run;
}

TEST_CASE("the end of an episode is worded from what its runs came to", "[report]") {
  struct Case {
    Episode before;
    const char* subject;
    const char* lead;
  };
  const Case the = GENERATE(
      Case{{.failed = 3}, ", fixed after 3 failed runs", "This is fixed after 3 failed runs."},
      Case{{.with_snapshot = 1},
           ", without errors again after 1 run with errors",
           "There were no errors this time, after 1 run with errors whose data had a snapshot all "
           "the same."},
      Case{{.without_result = 2},
           ", complete again after 2 unfinished runs",
           "Every result is there again, after 2 runs that left some without one."},
      Case{{.unconfirmed = 1},
           ", confirmed again after 1 unconfirmed run",
           "Nothing speaks against this success, after 1 run with an alert that no result "
           "explained."},
      Case{
          {.missed = 1}, ", running again after 1 missed run", "It ran again, after 1 missed run."},
      Case{{.failed = 1, .without_result = 2},
           ", good again after 3 runs with problems",
           "It is good again, after 3 runs with problems: 1 failed, 2 unfinished."});
  CHECK_THAT(Written(Good(the.before)).subject, Contains(the.subject));
  CHECK_THAT(Written(Good(the.before)).text, Contains(the.lead));
  if (the.before.failed < the.before.total())
    CHECK_THAT(Written(Good(the.before)).subject, !Contains("failed"));
}

TEST_CASE("an episode that goes on is a row of one kind, or of runs with problems", "[report]") {
  RunSection run = Section(Outcome::kIncomplete, {Line("mail1", Verdict::kNotFinished)});
  run.failing_since = kNight - 2 * kDay;
  run.episode = {.without_result = 3};
  CHECK_THAT(Written(run).subject, Contains(", 3rd time in a row"));
  CHECK_THAT(
      Written(run).text,
      Contains("With problems since: Fri 20 Nov 2026, 02:14 CET (2 days ago), 3rd time in a row"));
  run.episode = {.failed = 2, .without_result = 1};
  CHECK_THAT(Written(run).subject, Contains(", 3rd run in a row with problems"));
  CHECK_THAT(Written(run).text, Contains("With problems since") && !Contains("Failing since"));
  run.episode = {.failed = 3};
  CHECK_THAT(Written(run).text, Contains("Failing since"));
  run.episode = {.without_result = 1};
  CHECK_THAT(Written(run).subject, !Contains("in a row"));
}

TEST_CASE("a success without a snapshot fixes nothing", "[report]") {
  RunSection run = Good({.failed = 3});
  run.modules[0].counts_no_snapshot = true;
  CHECK_THAT(Written(run).subject + Written(run).text, !Contains("fixed"));
}

TEST_CASE("a module's own past is worded likewise", "[report]") {
  RunSection run =
      Section(Outcome::kPartial, {Line("a1", Verdict::kFailed), Line("b1", Verdict::kSucceeded)});
  run.modules[0].episode = {.failed = 1, .with_snapshot = 1};
  run.modules[1].episode = {.without_result = 2};
  CHECK_THAT(Written(run).text, Contains("Without success: 2nd run in a row with problems"));
  CHECK_THAT(Written(run).text,
             Contains("complete again after 2 unfinished runs") && !Contains("fixed"));
  CHECK_THAT(Written(run, Language::kItalian).text,
             Contains("di nuovo completo dopo 2 esecuzioni non terminate"));
}

TEST_CASE("a run is of the kind of its worst module", "[report]") {
  const auto of = [](Outcome outcome, std::map<ModuleId, Verdict> verdicts) {
    Episode episode;
    episode.Add(outcome, verdicts);
    return episode;
  };
  const ModuleId a{"a1"};
  const ModuleId b{"b1"};
  CHECK(of(Outcome::kPartial, {{a, Verdict::kFailed}, {b, Verdict::kNotFinished}}) ==
        Episode{.failed = 1});
  CHECK(of(Outcome::kPartial, {{a, Verdict::kSavedWithErrors}, {b, Verdict::kNotFinished}}) ==
        Episode{.with_snapshot = 1});
  CHECK(of(Outcome::kIncomplete, {{a, Verdict::kNeverRan}}) == Episode{.without_result = 1});
  CHECK(of(Outcome::kRepoFailure, {{a, Verdict::kNeverRan}}) ==
        Episode{.without_result = 1});                           // an alert without status
  CHECK(of(Outcome::kRepoFailure, {}) == Episode{.failed = 1});  // compact: the plan's own errors
  CHECK(of(Outcome::kIncomplete, {}) ==
        Episode{.unconfirmed = 1});  // an alert that nothing explains
  CHECK(of(Outcome::kMissed, {}) == Episode{.missed = 1});
  CHECK(of(Outcome::kSuccess, {}) == Episode{});
}

}  // namespace
}  // namespace backup_monitor::report
