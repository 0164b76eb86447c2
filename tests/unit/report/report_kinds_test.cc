
#include "catch.h"
#include "report/mail/report_writer.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

TEST_CASE("an early notice says that the run goes on and what has no result yet", "[report]") {
  RunSection run =
      Section(Outcome::kPartial, {Line("mail1", Verdict::kFailed), Line("imap1", std::nullopt)});
  run.open = true;
  const std::string text = TextOf(Of({run}, ReportKind::kEarlyNotice));
  CHECK_THAT(text, Contains("The run is still in progress"));
  CHECK_THAT(text, Contains("No result yet: 1 module"));
  CHECK_THAT(text, Contains("Do not interrupt the run"));
  CHECK_THAT(text, !Contains("Ended") && !Contains("Took"));
}

TEST_CASE("an update shows what changed", "[report]") {
  ModuleLine line = Line("mail1", Verdict::kSucceeded, "Mail server");
  line.previous_verdict = Verdict::kNotFinished;
  const std::string text = TextOf(Of({Section(Outcome::kSuccess, {line})}, ReportKind::kUpdate));
  CHECK_THAT(text, Contains("Corrected"));
  CHECK_THAT(text, Contains("- Mail server: was “⏳ Not finished”, is “✅ Saved”"));
}

TEST_CASE("a recovery says after how many runs, and what only left the plan", "[report]") {
  RunSection run = Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)});
  run.episode.failed = 3;
  run.left_plan = {ModuleId{"imap1"}};
  const std::string text = TextOf(Of({run}));
  CHECK_THAT(text, Contains("This is fixed after 3 failed runs."));
  CHECK_THAT(text, Contains("Not fixed: imap1 was failing when it was removed from the plan."));
  CHECK_THAT(
      text,
      Contains("If imap1 still matters, make sure on the Backup page that a plan includes it."));
  run.left_plan.emplace_back("web1");
  CHECK_THAT(
      TextOf(Of({run})),
      Contains("Not fixed: imap1, web1 were failing when they were removed from the plan.") &&
          Contains("If imap1, web1 still matter, make sure on the Backup page that a plan includes "
                   "them."));
}

TEST_CASE("an alert without any status quotes its labels", "[report]") {
  Report report = Of({}, GENERATE(ReportKind::kNoStatus, ReportKind::kUnknownPlan));
  report.alert.emplace();
  report.alert->labels = {{"alertname", "NethServerBackupFailed"}, {"name", "Old"}};
  report.alert->starts_at = kNight;
  const std::string text = TextOf(report);
  CHECK_THAT(text, Contains("❌ Backup failed"));
  CHECK_THAT(text, Contains("alertname = NethServerBackupFailed") && Contains("name = Old"));
  CHECK_THAT(text, Contains("Firing since Sun 22 Nov 2026, 02:14 CET"));
  CHECK_THAT(text, Contains(report.kind == ReportKind::kNoStatus ? "no status found"
                                                                 : "not in this cluster"));
}

TEST_CASE("a plan without status says so until a record comes", "[report]") {
  RunSection run = Section(Outcome::kRepoFailure, {Line("mail1", Verdict::kNeverRan)});
  run.origin = RunOrigin::kNoStatus;
  CHECK_THAT(TextOf(Of({run})), Contains("no status found"));
  run.modules = {Line("mail1", Verdict::kSucceeded)};
  run.outcome = Outcome::kSuccess;
  CHECK_THAT(TextOf(Of({run}, ReportKind::kUpdate)), !Contains("no status found"));
}

TEST_CASE("a plan record without modules is told as what it is", "[report]") {
  RunSection run = Section(Outcome::kRepoFailure, {});
  run.origin = RunOrigin::kCompact;
  run.plan_status = CompactPlanStatus{kNight, false, 2, "disk is full"};
  const std::string text = TextOf(Of({run}));
  CHECK_THAT(text, Contains("The plan itself reports 2 errors"));
  CHECK_THAT(text, Contains("“disk is full”"));
  CHECK_THAT(text, Contains("which of them were saved is unknown"));
}

TEST_CASE("the test mail says what is watched and what is in no plan", "[report]") {
  Report report = Of({}, ReportKind::kTest);
  report.watch.unprotected = {ModuleId{"loki1"}};
  const std::string text = TextOf(report);
  CHECK_THAT(text, Contains("Watching 2 plans, 14 modules. 1 module is in no plan."));
  CHECK_THAT(text, Contains("loki1"));
}

TEST_CASE("a summary of what could not be sent lists the subjects", "[report]") {
  Report report = Of({}, ReportKind::kUndelivered);
  for (int i = 0; i < 60; ++i)
    report.undelivered.push_back({kNight, "Subject " + std::to_string(i)});
  const std::string text = TextOf(report);
  CHECK_THAT(text, Contains("📭 60 reports"));
  // Which of these it was, only the attempts know.
  CHECK_THAT(text, Contains("switched off, could not be reached or refused these reports"));
  CHECK_THAT(text, Contains("Subject 49") && !Contains("Subject 50") && Contains("And 10 more."));
}

}  // namespace
}  // namespace backup_monitor::report
