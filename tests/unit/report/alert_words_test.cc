// What a report says of the alert that caused it.

#include "catch.h"
#include "report/json/report_json.h"
#include "report/mail/report_writer.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

RenderedReport English(const Report& report) { return Written(report); }
RenderedReport Italian(const Report& report) { return Written(report, Language::kItalian); }

/// A run that an alert has opened.
RunSection Alerted(Outcome outcome, std::vector<ModuleLine> modules, bool unexplained) {
  RunSection run = Section(outcome, std::move(modules));
  run.alert = CausingAlert{kNight + 5 * kMinute, "", true};
  run.alert_unexplained = unexplained;
  return run;
}

TEST_CASE("a report that an alert caused says so, and from when and for which node it was",
          "[report][alert]") {
  RunSection run = Alerted(Outcome::kIncomplete, {Line("mail1", Verdict::kNotFinished)}, true);
  run.origin = RunOrigin::kAlert;
  run.end.reset();
  std::string text = English(Of({run})).text;
  CHECK_THAT(text,
             Contains("An alert reported a failure of this backup: Sun 22 Nov 2026, 02:19 CET"));
  CHECK_THAT(text, Contains("No result explains it, so what failed is unknown."));
  CHECK_THAT(text, Contains("Alert since") && !Contains("Began"));
  CHECK_THAT(text, Contains("Find out why the alert was raised"));

  run.alert->node = "2\n";
  CHECK_THAT(English(Of({run})).text,
             Contains("An alert reported a failure of this backup on node 2"));
  run.alert->names_plan = false;
  CHECK_THAT(English(Of({run})).text, Contains("An alert that names no plan reported a failure"));
  CHECK_THAT(Italian(Of({run})).text, Contains("Un allarme che non indica alcuna pianificazione"));
}

constexpr const char* kSilenced =
    "The alert was silenced in Alertmanager when it was read: while that lasts, Alertmanager "
    "notifies nobody of it.";

TEST_CASE("a report says that its alert was silenced, once, and only if it was",
          "[report][alert]") {
  RunSection run = Alerted(Outcome::kIncomplete, {Line("mail1", Verdict::kNotFinished)}, true);
  const auto text = [&run] { return English(Of({run})).text; };
  CHECK_THAT(text(), !Contains("silenced"));
  run.alert->silenced = true;
  const std::string said = text();
  CHECK_THAT(said, Contains(kSilenced));
  CHECK(said.find(kSilenced) == said.rfind(kSilenced));
  CHECK_THAT(Italian(Of({run})).text, Contains("l'allarme era silenziato in Alertmanager"));
  const Report report = Of({run});
  CHECK_THAT(report::json::ReportJson(FactsOf(report)), Contains("\"silenced\":true"));

  run.origin = RunOrigin::kNoStatus;
  run.end.reset();
  CHECK_THAT(English(Of({run}, ReportKind::kNoStatus)).text,
             Contains("no status found") && Contains(kSilenced));
}

TEST_CASE("an alert without a run is said to be silenced, too", "[report][alert]") {
  for (const ReportKind kind :
       {ReportKind::kNoStatus, ReportKind::kUnknownPlan, ReportKind::kOnRequest}) {
    Report report = Of({}, kind);
    report.alert = Alert{{{"alertname", "BackupFailed"}, {"id", "9"}}, kNight, false};
    CHECK_THAT(English(report).text, !Contains("silenced"));
    report.alert->silenced = true;
    CHECK_THAT(English(report).text, Contains(kSilenced));
    CHECK_THAT(report::json::ReportJson(FactsOf(report)), Contains("\"silenced\":true"));
  }
}

TEST_CASE("a report whose results explain its alert does not say that none does",
          "[report][alert]") {
  const RunSection run = Alerted(Outcome::kRepoFailure, {Line("mail1", Verdict::kFailed)}, false);
  const std::string text = English(Of({run})).text;
  CHECK_THAT(text, Contains("An alert reported a failure of this backup"));
  CHECK_THAT(text, !Contains("No result explains") && !Contains("why the alert was raised"));
  CHECK_THAT(text, Contains("Began"));
}

TEST_CASE("everything saved and an alert unexplained is not confirmed, never a green success",
          "[report][alert]") {
  const RunSection run =
      Alerted(Outcome::kIncomplete,
              {Line("mail1", Verdict::kSucceeded), Line("imap1", Verdict::kSucceeded)}, true);
  for (const Report& report : {Of({run}), Of({run}, ReportKind::kOnRequest)}) {
    const RenderedReport words = English(report);
    CHECK_THAT(words.subject,
               Contains("⚠️ Backup not confirmed") && !Contains("✅") && !Contains("⏳"));
    CHECK_THAT(words.text, !Contains("\nNothing."));
    CHECK_THAT(words.text, Contains("All 2 modules were saved without errors."));
    CHECK_THAT(words.html, !Contains("#135c2d") || Contains("#7a4700"));
  }
  CHECK_THAT(Italian(Of({run})).subject, Contains("⚠️ Backup non confermato"));

  RunSection unfinished = Section(Outcome::kIncomplete, {Line("mail1", Verdict::kNotFinished)});
  // Amber is worse than blue: the head is never better than the worst of what it stands for.
  CHECK_THAT(English(Of({run, unfinished})).subject, Contains("⚠️ Backup not confirmed"));
  const RunSection good = Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)});
  CHECK_THAT(English(Of({run, good})).subject, Contains("⚠️ Backup not confirmed"));
}

TEST_CASE("a run that is open for its alert alone is not called running", "[report][alert]") {
  RunSection run = Alerted(Outcome::kIncomplete, {Line("mail1", std::nullopt)}, true);
  run.open = true;
  run.end.reset();
  const RenderedReport words = English(Of({run}, ReportKind::kOnRequest));
  CHECK_THAT(words.subject, Contains("⚠️ Alert, no result yet"));
  CHECK_THAT(words.text, Contains("No result explains it yet.") && !Contains("still running"));
  CHECK_THAT(words.text, Contains("No result has come since the alert, and whether a backup is "
                                  "running is unknown.") &&
                             !Contains("still in progress"));

  run.modules.push_back(Line("imap1", Verdict::kSucceeded));
  CHECK_THAT(English(Of({run}, ReportKind::kOnRequest)).text,
             Contains("The run is still in progress.") && !Contains("since the alert, and"));
}

TEST_CASE("an alert about what was told as a success is the news", "[report][alert]") {
  Report report = Of({Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)})},
                     ReportKind::kOnRequest);
  report.alert = Alert{{{"alertname", "BackupFailed"}}, kNight, false};
  CHECK(report.worst() == Outcome::kIncomplete);
  CHECK_THAT(report::json::ReportJson(FactsOf(report)), Contains("\"outcome\":\"INCOMPLETE\""));
  CHECK_THAT(English(report).subject, Contains("❓ Alert without a plan"));
  CHECK_THAT(English(report).text, !Contains("\nNothing."));
  report.alert->labels["id"] = "1";
  CHECK_THAT(English(report).subject, Contains("⚠️ Backup not confirmed"));
  CHECK_THAT(English(report).text, Contains("no result explains the alert"));
}

TEST_CASE("a report that an alert asked for quotes it, and names no plan that it does not name",
          "[report][alert]") {
  Report report = Of({Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)})},
                     ReportKind::kOnRequest);
  CHECK_THAT(English(report).text, !Contains("== The alert ==") && Contains("Watching 2 plans"));
  report.alert = Alert{{{"alertname", "BackupFailed"}, {"node", "7"}}, kNight, false};
  CHECK_THAT(English(report).subject, Contains("Alert without a plan — 1 of 1 module"));
  CHECK_THAT(English(report).text,
             Contains("== The alert ==\nFiring since Sun 22 Nov 2026, 02:14 CET (2 hours ago)\n"
                      "alertname = BackupFailed\nnode = 7\n") &&
                 !Contains("Watching"));
  report.alert->labels["id"] = "1";
  CHECK_THAT(English(report).subject, Contains("Backup not confirmed: Nightly — 1 of 1 module"));
}

TEST_CASE("a summary of alerts says how many there were and names some", "[report][alert]") {
  Report report = Of({}, ReportKind::kAlertSummary);
  report.alert_summary = AlertSummary{kNight, kNight + kHour, 4997, {"ghost\x07", "other"}};
  CHECK(report.worst() == Outcome::kRepoFailure);
  const RenderedReport words = English(report);
  CHECK_THAT(words.subject,
             Contains("❌ 4,997 more backup alerts — not explained by a plan of this cluster"));
  CHECK_THAT(
      words.text,
      Contains("From Sun 22 Nov 2026, 02:14 CET to Sun 22 Nov 2026, 03:14 CET, 4,997 more alerts"));
  CHECK_THAT(words.text, Contains("Plans named: ghost") && Contains("other.") && !Contains("\x07"));
  CHECK_THAT(words.text, Contains("Compare the alerts with the plans"));
  CHECK_THAT(Italian(report).subject, Contains("altri allarmi di backup"));
  CHECK_THAT(report::json::ReportJson(FactsOf(report)), Contains("\"alerts\":4997"));
  report.alert_summary->alerts = 1;
  CHECK_THAT(English(report).text,
             Contains("Compare the alert with the plans on the Backup page of "
                      "cluster-admin: its plan may have been deleted"));
}

TEST_CASE("a report on request says which alerts do not fit the plans", "[report][alert]") {
  Report report = Of({Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)})});
  report.kind = ReportKind::kOnRequest;
  report.contradictions = Contradictions("Old <b>");
  CHECK_THAT(OnOneLine(English(report).text),
             Contains("An alert has been firing since Sun 22 Nov 2026, 02:14 CET") &&
                 Contains("for the plan Old <b>, which has been removed from this cluster. No "
                          "backup that is still scheduled is concerned.") &&
                 Contains("The last run of Nightly has failed on node 2 (Rome) (Sun 22 Nov") &&
                 Contains("and no alert of NS8 is firing for it"));
  CHECK_THAT(OnOneLine(Italian(report).text),
             Contains("È attivo da") && Contains("nessun allarme di NS8 è attivo"));
  report.contradictions.front().since.reset();
  CHECK_THAT(OnOneLine(English(report).text), Contains("An alert is firing for the plan Old"));
  CHECK_THAT(report::json::ReportJson(FactsOf(report)),
             Contains(R"("alert_contradictions":[{"kind":"plan_gone","plan":{"id":"8",)"));
}

}  // namespace
}  // namespace backup_monitor::report
