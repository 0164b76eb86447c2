// What a report may say of data whose repository was looked into.

#include "catch.h"
#include "report/mail/report_writer.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

std::string LineText(ModuleLine line, Language language = Language::kEnglish) {
  const bool saved = line.verdict == Verdict::kSavedWithErrors;
  return TextOf(Section(saved ? Outcome::kPartial : Outcome::kRepoFailure, {std::move(line)}),
                language);
}

TEST_CASE("a snapshot of this backup is told with its time, and neither as saved nor as lost",
          "[report]") {
  const ModuleLine line = FoundOwn(Line("mail1", Verdict::kSavedWithErrors), kNight);
  const std::string text = LineText(line);
  CHECK_THAT(
      text,
      Contains(
          "A snapshot was made at 02:14; a later step failed or some files could not be read."));
  CHECK_THAT(text, !Contains("Not saved") && !Contains("not saved") &&
                       !Contains("A snapshot of this run exists"));
  CHECK_THAT(LineText(line, Language::kItalian),
             Contains("Uno snapshot è stato creato alle 02:14;"));
}

TEST_CASE("a snapshot made on another day than the run began is told with its day", "[report]") {
  ModuleLine line = FoundOwn(Line("mail1", Verdict::kSavedWithErrors), kNight + kDay);
  line.ended = kNight + kDay + kHour;
  CHECK_THAT(LineText(line), Contains("A snapshot was made on Mon 23 Nov 2026, 02:14 CET;"));
}

TEST_CASE("not saved is said of what is clearly older than the backup, and of nothing later",
          "[report]") {
  struct Case {
    seconds after_start;
    bool not_saved;
    const char* unknown_because = "";
  };
  constexpr const char* kClock =
      "Whether this run saved anything is unknown: the newest snapshot is dated shortly before the "
      "backup began";
  constexpr const char* kLater =
      "Whether this run saved anything is unknown: only the snapshot of a later backup was listed.";
  // A clock may be set back by up to ten minutes while a backup runs.
  const Case the =
      GENERATE(Case{seconds{-601}, true}, Case{seconds{-600}, false, kClock},
               Case{seconds{-1}, false, kClock}, Case{3 * kMinute + seconds{1}, false, kLater});
  CAPTURE(the.after_start.count());
  const std::string text = LineText(Found(Failed(), kNight + the.after_start));
  CHECK_THAT(text, Contains(the.not_saved ? "Not saved.\n" : the.unknown_because));
  CHECK_THAT(text, !Contains("which step failed is unknown") && !Contains("A snapshot was made"));
  const bool said =
      text.find("Not saved") != std::string::npos || text.find("not saved") != std::string::npos;
  CHECK(said == the.not_saved);
}

ModuleLine Incomplete(ModuleLine line) {
  line.finding->cause = ProbeCause::kIncomplete;
  line.finding->complete = false;
  line.finding->words = "could not load snapshot 79cdb9c9";
  return line;
}

TEST_CASE("of a list that may be incomplete nothing is missing, and what it holds exists",
          "[report]") {
  ModuleLine old = Incomplete(Found(Failed(), kNight - kDay));
  old.newest_data = kNight - kDay;
  const std::string text = LineText(old);
  CHECK_THAT(text, Contains("Whether the newest data were saved is unknown. The list of snapshots "
                            "may be incomplete."));
  CHECK_THAT(text, Contains("Newest data known: 1 day 2 hours old") &&
                       Contains("could not load snapshot 79cdb9c9"));
  CHECK_THAT(text, !Contains("ot saved") && !Contains("no snapshot"));
  const std::string none = LineText(Incomplete(Found(Failed(), std::nullopt)));
  CHECK_THAT(none, !Contains("ot saved") && !Contains("no snapshot") && !Contains("no data"));
  CHECK_THAT(LineText(Incomplete(FoundOwn(Line("mail1", Verdict::kSavedWithErrors), kNight))),
             Contains("A snapshot was made at 02:14"));
  CHECK_THAT(LineText(Incomplete(Found(Failed(), kNight - kDay)), Language::kItalian),
             !Contains("on salvat"));
}

TEST_CASE("a success whose list may be incomplete is not one without a snapshot", "[report]") {
  const RunSection run = Section(
      Outcome::kSuccess, {Incomplete(Found(Line("mail1", Verdict::kSucceeded), kNight - kDay))});
  const RenderedReport report = Written(run);
  CHECK_THAT(report.subject, !Contains("not confirmed"));
  CHECK_THAT(report.text, !Contains("no snapshot"));
  CHECK_THAT(report.text, Contains("seen: mail1. The list of snapshots may be incomplete."));
}

TEST_CASE("what counts are the times of the record itself, not those we reckon with", "[report]") {
  ModuleLine line = Found(Failed(), kNight - kHour);
  line.recorded_start = kNight - 2 * kHour;  // the node's clock is behind
  line.recorded_end = *line.recorded_start + 3 * kMinute;
  CHECK_THAT(LineText(line), !Contains("Not saved"));
}

TEST_CASE("of a record that ends before it starts nothing is concluded", "[report]") {
  ModuleLine line = Found(Failed(), kNight - 3 * kDay);
  line.recorded_end = *line.recorded_start - kMinute;
  CHECK_THAT(LineText(line),
             Contains("Whether this run saved anything is unknown: by its record the "
                      "backup ended before it began") &&
                 !Contains("Not saved"));
}

TEST_CASE("old data are told with their age, in words", "[report]") {
  const ModuleLine line = Found(Failed(), kNight - 3 * kDay - 2 * kHour);
  CHECK_THAT(LineText(line),
             Contains("Newest data: 3 days 4 hours old (Thu 19 Nov 2026, 00:14 CET)\n"));
  CHECK_THAT(LineText(line, Language::kItalian),
             Contains("Non salvato.\n") && Contains("Dati più recenti: di 3 giorni e 4 ore fa ("));
}

TEST_CASE("an empty repository is told as not saved and empty", "[report]") {
  const std::string text = LineText(Found(Failed(), std::nullopt));
  CHECK_THAT(text, Contains("Not saved. The repository holds no snapshot at all.") &&
                       Contains("Newest data: none"));
}

TEST_CASE("a later snapshot says nothing of this run, and that newer data exist", "[report]") {
  const std::string text = LineText(Found(Failed(), kNight + kHour));
  CHECK_THAT(text, Contains("Whether this run saved anything is unknown: only the snapshot of a "
                            "later backup was listed."));
  CHECK_THAT(text,
             Contains("Newest data: 1 hour old (Sun 22 Nov 2026, 03:14 CET), of a later backup"));
}

TEST_CASE("a repository that was not read leaves it unknown, with the cause and its words",
          "[report]") {
  const std::string text = LineText(
      Refused(Failed(), ProbeCause::kWrongKey, "Fatal: wrong password\r\nor no key found"));
  CHECK_THAT(text, Contains("Whether the newest data were saved is unknown. The destination's "
                            "encryption key does not open the repository."));
  CHECK_THAT(text, Contains("Repository check: Fatal: wrong password\uFFFDor no key found"));
  CHECK_THAT(text, !Contains("Not saved") && !Contains("not saved"));
}

TEST_CASE("a lock that was read around tells both", "[report]") {
  ModuleLine line = Refused(Failed(), ProbeCause::kLocked);
  line.finding->newest = Snapshot{kNight - kDay, "", std::nullopt};
  CHECK_THAT(LineText(line), Contains("Not saved. The repository is locked."));
}

TEST_CASE("nothing is compared with times that cannot be", "[report]") {
  RunSection run = Section(Outcome::kRepoFailure, {Found(Failed(), kNight - kDay)});
  std::string why;
  SECTION("of another run's record") {
    run.modules[0].from_other_run = true;
    why = "the result is of an overlapping run.";
  }
  SECTION("of the compact layout") {
    run.origin = RunOrigin::kCompact;
    why = "this cluster does not store when a backup began.";
  }
  SECTION("of no record") {
    run.modules[0].recorded_start.reset();
    why = "there are no times that a snapshot could be compared with.";
  }
  CHECK_THAT(TextOf(run), Contains("Whether this run saved anything is unknown: " + why) &&
                              !Contains("ot saved"));
}

TEST_CASE("a module without a result is never said to be not saved, whatever its repository holds",
          "[report]") {
  const ModuleLine line = Found(Line("mail1", Verdict::kNotFinished), kNight - kDay);
  CHECK_THAT(TextOf(Section(Outcome::kIncomplete, {line})), !Contains("ot saved"));
}

TEST_CASE("the group says that the step is unknown only of those that nobody looked into",
          "[report]") {
  RunSection run = Section(Outcome::kRepoFailure,
                           {Found(Failed(), kNight - kDay), Line("imap1", Verdict::kFailed)});
  CHECK_THAT(TextOf(run), Contains("For the others, which step failed is unknown"));
  run.modules.pop_back();
  CHECK_THAT(TextOf(run), !Contains("which step failed"));
}

TEST_CASE("the lead counts what was certainly not saved", "[report]") {
  RunSection run =
      Section(Outcome::kRepoFailure, {Found(Failed(), kNight - kDay), Found(Failed(), std::nullopt),
                                      Refused(Failed(), ProbeCause::kTimeout)});
  CHECK_THAT(TextOf(run),
             Contains("NS8 reported errors for 3 modules.\n2 of them were certainly not saved.\n"));
  run.modules.pop_back();
  CHECK_THAT(TextOf(run),
             Contains("NS8 reported errors for 2 modules.\nNone of them was saved.\n"));
  run.modules.pop_back();
  CHECK_THAT(TextOf(run), Contains("NS8 reported errors for 1 module.\nIt was not saved.\n"));
}

TEST_CASE("why repositories were not looked into is told", "[report]") {
  RunSection run = Section(Outcome::kRepoFailure, {Failed()});
  CHECK_THAT(TextOf(run), !Contains("checked"));
  run.unprobed = Unprobed::kDestinationBusy;
  CHECK_THAT(TextOf(run), Contains("- Another backup run uses the destination, so the repositories "
                                   "at NAS were not checked."));
  run.destination_name.clear();
  CHECK_THAT(TextOf(run), Contains("so the repositories of Nightly were not checked."));
  run.modules.push_back(Found(Failed(), kNight - kDay));
  CHECK_THAT(TextOf(run), Contains("so not all of the repositories of Nightly were checked."));
  run.unprobed = Unprobed::kTimeOver;
  CHECK_THAT(TextOf(run), Contains("- Time ran out before all of the repositories of Nightly"));
}

}  // namespace
}  // namespace backup_monitor::report
