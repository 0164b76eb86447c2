// What is said while a run takes longer than usual: what is saved, what is waited for and until when.

#include "catch.h"
#include "report/json/report_json.h"
#include "report/mail/palette.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;
using Catch::StartsWith;
using Kinds = std::vector<Step::Kind>;

constexpr Time kKnownBy{kNight + 5 * kHour};  // 07:14 in Rome

Report Late(Outcome so_far, std::vector<ModuleLine> modules) {
  RunSection run = Section(so_far, std::move(modules));
  run.open = true;
  run.end.reset();
  run.known_by = kKnownBy;
  return Of({run}, ReportKind::kLateNotice);
}

ModuleLine Saved(const char* id) { return Line(id, Verdict::kSucceeded); }
ModuleLine Awaited(std::string id) { return Line(std::move(id), std::nullopt); }

Report LateWithoutErrors() {
  return Late(Outcome::kSuccess, {Awaited("nextcloud1"), Saved("mail1"), Saved("imap1"),
                                  Saved("web1"), Saved("samba1")});
}

Report LateWithErrors() {
  return Late(Outcome::kPartial,
              {Failed("mail1"), Failed("imap1"), Awaited("samba1"), Awaited("web1"), Saved("a1")});
}

Report LateWithoutSnapshot() {
  ModuleLine none = Saved("imap1");
  none.counts_no_snapshot = true;
  return Late(Outcome::kSuccess, {none, Awaited("mail1")});
}

/// Nothing but an alert says that there is a run.
Report LateByAlertAlone() {
  Report report = Late(Outcome::kIncomplete, {Awaited("mail1"), Awaited("imap1")});
  RunSection& run = report.runs.front();
  run.origin = RunOrigin::kAlert;
  run.alert = CausingAlert{kNight, "", true};
  run.alert_unexplained = true;
  return report;
}

TEST_CASE("the subject of a late notice says how many are saved and how many are outstanding",
          "[report][late]") {
  CHECK(Written(LateWithoutErrors()).subject ==
        "⏳ Backup taking longer than usual: Nightly — 4 of 5 modules without errors so far, "
        "1 outstanding, cluster example");
  CHECK(Written(LateWithoutErrors(), Language::kItalian).subject ==
        "⏳ Backup più lungo del solito: Nightly — moduli senza errori finora: 4 su 5, "
        "in attesa: 1, cluster example");
  CHECK(Written(Late(Outcome::kSuccess, {Awaited("a1")})).subject ==
        "⏳ Backup taking longer than usual: Nightly — 0 of 1 module without errors so far, "
        "1 outstanding, cluster example");
}

TEST_CASE("the head of a late notice is never better than the worst that is known so far",
          "[report][late]") {
  CHECK(Written(LateWithErrors()).subject ==
        "⚠️ Backup taking longer than usual, with errors: Nightly — 1 of 5 modules without "
        "errors so far, 2 with errors, 2 outstanding, cluster example");
  CHECK(Written(LateWithErrors(), Language::kItalian).subject ==
        "⚠️ Backup più lungo del solito, con errori: Nightly — moduli senza errori finora: "
        "1 su 5, con errori: 2, in attesa: 2, cluster example");
  CHECK(Written(LateWithoutSnapshot()).subject ==
        "⚠️ Backup taking longer than usual, not confirmed: Nightly — 1 of 2 modules without "
        "errors so far, 1 outstanding, no snapshot of 1 module, cluster example");
  CHECK_THAT(Written(LateWithoutSnapshot(), Language::kItalian).subject,
             StartsWith("⚠️ Backup più lungo del solito, non confermato: Nightly"));
  CHECK_THAT(Written(LateByAlertAlone()).subject,
             StartsWith("⚠️ Alert, no result yet: Nightly — 0 of 2 modules"));
  for (const Report& report : {LateWithoutErrors(), LateWithErrors(), LateWithoutSnapshot()}) {
    const RenderedReport words = Written(report);
    CHECK_THAT(words.text, StartsWith(words.subject.substr(0, words.subject.find(':')) + "\n"));
  }
}

TEST_CASE("a late notice has the colour of a run that goes on, never that of one that failed",
          "[report][late]") {
  const auto tone = [](const Report& report) { return mail::ToneOf(FactsOf(report)).name; };
  CHECK(tone(LateWithoutErrors()) == "wait");
  CHECK(tone(LateWithErrors()) == "warn");
  CHECK(tone(Late(Outcome::kRepoFailure, {Failed(), Awaited("a1")})) == "warn");
  CHECK(tone(LateWithoutSnapshot()) == "warn");
  CHECK(tone(LateByAlertAlone()) == "warn");
}

TEST_CASE("a late notice opens with what is waited for and until when", "[report][late]") {
  CHECK_THAT(TextOf(LateWithoutErrors()),
             Contains("\n\nThe run is taking longer than usual. The final report follows in this "
                      "thread when the run is over.\n\n"
                      "Still waiting for: nextcloud1. The wait ends by Sun 22 Nov 2026, "
                      "07:14 CET at the latest.\n\n"));
  CHECK_THAT(Written(LateWithoutErrors(), Language::kItalian).text,
             Contains("\n\nL'esecuzione sta durando più del solito. Il report definitivo seguirà "
                      "in questa conversazione quando sarà finita.\n\n"
                      "Ancora in attesa di: nextcloud1. L'attesa termina entro dom 22 nov 2026, "
                      "07:14 CET.\n\n"));
  CHECK_THAT(TextOf(LateWithErrors()),
             Contains("\n\nThe run is taking longer than usual, and NS8 has already reported "
                      "errors. The final report follows in this thread when the run is over.\n\n"
                      "Still waiting for: samba1, web1. The wait ends by Sun 22 Nov 2026, "
                      "07:14 CET at the latest.\n\n"));
  CHECK_THAT(Written(LateWithErrors(), Language::kItalian).text,
             Contains("\n\nL'esecuzione sta durando più del solito e NS8 ha già segnalato errori. "
                      "Il report definitivo seguirà"));
  CHECK_THAT(TextOf(LateByAlertAlone()),
             Contains("The results of this backup are later than usual.") &&
                 !Contains("The run is taking longer"));
  CHECK_THAT(Written(LateByAlertAlone(), Language::kItalian).text,
             Contains("I risultati di questo backup arrivano più tardi del solito."));
}

TEST_CASE("where it is not known until when a run is waited for, nothing is said of it",
          "[report][late]") {
  Report report = LateWithoutErrors();
  report.runs.front().known_by.reset();
  CHECK_THAT(TextOf(report),
             Contains("\n\nStill waiting for: nextcloud1.\n\n") && !Contains("The wait ends"));
  CHECK_THAT(Written(report, Language::kItalian).text,
             Contains("\n\nAncora in attesa di: nextcloud1.\n\n") && !Contains("L'attesa"));
}

TEST_CASE("a late notice names as many modules as other sentences do", "[report][late]") {
  std::vector<ModuleLine> modules;
  for (int i = 1; i <= 20; ++i) modules.push_back(Awaited("app" + std::to_string(i)));
  modules.push_back(Saved("mail1"));
  CHECK_THAT(TextOf(Late(Outcome::kSuccess, modules)), Contains("app19, app20. The wait"));
  modules.push_back(Awaited("app21"));
  CHECK_THAT(TextOf(Late(Outcome::kSuccess, modules)),
             Contains("app19, app20, +1 more. The wait") && !Contains("app20, app21"));
}

TEST_CASE("a module is waited for once, until the last of its runs", "[report][late]") {
  Report report = Late(Outcome::kSuccess, {Awaited("a1"), Awaited("b1")});
  report.runs.push_back(report.runs.front());
  report.runs.back().plan = PlanId{"2"};
  report.runs.back().known_by = kKnownBy + kHour;
  CHECK_THAT(TextOf(report),
             Contains("Still waiting for: a1, b1. The wait ends by Sun 22 Nov 2026, 08:14 CET at"));
  report.runs.front().known_by.reset();
  CHECK_THAT(TextOf(report), Contains("Still waiting for: a1, b1.\n"));
}

TEST_CASE("a late notice says what is saved so far, and first what is waited for",
          "[report][late]") {
  const RenderedReport words = Written(LateWithoutErrors());
  CHECK_THAT(words.text, Contains("Saved without errors so far: 4 of 5 modules.") &&
                             Contains("1 module has no result yet."));
  CHECK_THAT(words.html, Contains("Still waiting for: nextcloud1<"));  // beside the subject
  CHECK_THAT(Written(LateWithErrors()).html, Contains("With errors: mail1, imap1<") &&
                                                 !Contains("Still waiting for: samba1, web1<"));
}

TEST_CASE("while a run is only late there is nothing to do", "[report][late]") {
  const auto steps = [](const Report& report) {
    Kinds kinds;
    for (const Step& step : FactsOf(report).steps) kinds.push_back(step.kind);
    return kinds;
  };
  CHECK(steps(LateWithoutErrors()) == Kinds{Step::Kind::kNothingYet});
  CHECK_THAT(
      TextOf(LateWithoutErrors()),
      Contains("1. Wait for the final report: there is nothing to do about this run yet.\n") &&
          !Contains("run the backup") && !Contains("being backed up"));
  CHECK_THAT(Written(LateWithoutErrors(), Language::kItalian).text,
             Contains("1. Attendere il report definitivo: per questa esecuzione non c'è ancora "
                      "nulla da fare.\n"));
  CHECK(steps(LateByAlertAlone()) == Kinds{Step::Kind::kAlert});
}

TEST_CASE("what a late notice advises against errors is what an early notice does",
          "[report][late]") {
  Report early = LateWithErrors();
  early.kind = ReportKind::kEarlyNotice;
  const auto to_do = [](const Report& report) {
    const std::string text = TextOf(report);
    return text.substr(text.find("== What to do next"));
  };
  CHECK(to_do(LateWithErrors()) == to_do(early));
  CHECK_THAT(to_do(early), Contains("Check the log") && Contains("Do not interrupt the run") &&
                               !Contains("run the backup now") &&
                               !Contains("Wait for the final report"));
}

TEST_CASE("programs are told until when a run is waited for", "[report][late]") {
  const auto written = [](const Report& report) { return json::ReportJson(FactsOf(report)); };
  CHECK_THAT(written(LateWithoutErrors()),
             Contains("\"kind\":\"late_notice\"") &&
                 Contains("\"known_by\":\"2026-11-22T06:14:00Z\",\"known_by_unix\":1795328040"));
  CHECK_THAT(written(Of({Section(Outcome::kSuccess, {Saved("a1")})})),
             Contains("\"known_by\":null,\"known_by_unix\":null"));
}

}  // namespace
}  // namespace backup_monitor::report
