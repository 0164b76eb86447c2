// A run that has ended, and whose final report waits for looks into its repositories.

#include "catch.h"
#include "report/mail/report_writer.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

RenderedReport OnRequest(std::vector<RunSection> runs, Language language = Language::kEnglish) {
  return Written(Of(std::move(runs), ReportKind::kOnRequest), language);
}

RunSection Checked(RunSection run) {
  run.being_checked = true;
  return run;
}

RunSection WithErrors() {
  return Section(Outcome::kPartial,
                 {Line("mail1", Verdict::kFailed), Line("imap1", Verdict::kSucceeded)});
}

TEST_CASE("NS8's errors are shown while the repositories are being checked", "[report]") {
  const RenderedReport words = OnRequest({Checked(WithErrors())});
  CHECK_THAT(words.subject,
             Catch::StartsWith("On request: ⚠️ Backup ended with errors, checking "
                               "repositories: Nightly — 1 of 2 modules"));
  CHECK_THAT(words.text, Contains("The run has ended. What is said here comes from NS8 alone: the "
                                  "repositories are still being checked, and the report follows."));
  CHECK_THAT(words.text,
             Contains("NS8 reported errors for 1 module.") && Contains("-- ❌ Failed: 1 module"));
  CHECK_THAT(words.text,
             Contains("Wait for the report: it comes when the repositories have been checked."));
  CHECK_THAT(words.text, !Contains("still running") && !Contains("run the backup now") &&
                             !Contains("destination can be reached"));
  CHECK_THAT(words.text, Contains("NS8 reports success for 1 of 2 modules.") &&
                             !Contains("Saved without errors: 1"));
}

TEST_CASE("of a success that is being checked nobody says yet that it was saved", "[report]") {
  const RenderedReport words =
      OnRequest({Checked(Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)}))});
  CHECK_THAT(words.subject, Contains("⏳ Backup ended, checking repositories"));
  CHECK_THAT(words.text, Contains("NS8 reports success for 1 of 1 module.") &&
                             !Contains("was saved without errors"));
  CHECK_THAT(words.text, !Contains("Nothing."));
  const std::string open =
      "1 module. NS8 reports success; the repository has not been checked yet.";
  const std::string last = "1 module. This is its last good backup.";
  CHECK_THAT(words.text, Contains(open) && !Contains(last));
  CHECK_THAT(words.html, Contains(open) && !Contains(last));
  CHECK_THAT(OnRequest({Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)})}).text,
             Contains(last) && !Contains(open));
  CHECK_THAT(OnRequest({Checked(WithErrors())}, Language::kItalian).subject,
             Contains("⚠️ Backup finito con errori, verifica dei repository in corso"));
}

TEST_CASE("what is being checked hides no run that failed, and is news where nothing did",
          "[report]") {
  const RunSection good = Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)});
  const RunSection failed = Section(Outcome::kRepoFailure, {Line("mail1", Verdict::kFailed)});
  CHECK_THAT(OnRequest({Checked(failed), failed}).subject, Contains("On request: ❌ Backup failed"));
  CHECK_THAT(OnRequest({Checked(WithErrors()), WithErrors()}).subject,
             Contains("On request: ⚠️ Backup partially failed"));
  CHECK_THAT(OnRequest({good, Checked(good)}).subject,
             Contains("On request: ⏳ Backup ended, checking"));
  CHECK_THAT(OnRequest({Checked(WithErrors()), good}).subject,
             Contains("On request: ⚠️ Backup ended with errors"));
}

}  // namespace
}  // namespace backup_monitor::report
