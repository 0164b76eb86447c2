#include "report/words/subject.h"

#include "catch.h"
#include "report/mail/report_writer.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report::mail {
namespace {

using namespace testing;

std::string SubjectOf(const Report& report, Language language = Language::kEnglish,
                      const char* prefix = "[NS8 Backup]") {
  return ReportWriter{language, prefix, Rome()}.Render(FactsOf(report)).subject;
}

std::vector<ModuleLine> Modules(int count, Verdict verdict) {
  std::vector<ModuleLine> modules;
  for (int i = 1; i <= count; ++i) modules.push_back(Line("mail" + std::to_string(i), verdict));
  return modules;
}

TEST_CASE("the subject of a failed run triages it", "[report]") {
  CHECK(SubjectOf(Of({Section(Outcome::kRepoFailure, Modules(14, Verdict::kFailed))})) ==
        "[NS8 Backup] ❌ Backup failed: Nightly — 0 of 14 modules without errors, cluster example");
}

TEST_CASE("each outcome has its phrase in each language", "[report]") {
  struct Case {
    Outcome outcome;
    const char* english;
    const char* italian;
  };
  const auto the = GENERATE(
      Case{Outcome::kRepoFailure, "❌ Backup failed: Nightly", "❌ Backup fallito: Nightly"},
      Case{Outcome::kPartial, "⚠️ Backup partially failed: Nightly",
           "⚠️ Backup parzialmente fallito: Nightly"},
      Case{Outcome::kIncomplete, "⏳ Backup not finished: Nightly",
           "⏳ Backup non terminato: Nightly"},
      Case{Outcome::kSuccess, "✅ Backup completed: Nightly", "✅ Backup completato: Nightly"},
      Case{Outcome::kMissed, "🕳 Backup did not run: Nightly",
           "🕳 Backup non eseguito: Nightly"});
  const Report report = Of({Section(the.outcome, Modules(1, Verdict::kSucceeded))});
  CHECK_THAT(SubjectOf(report), Catch::StartsWith(std::string{"[NS8 Backup] "} + the.english));
  CHECK_THAT(SubjectOf(report, Language::kItalian, ""), Catch::StartsWith(the.italian));
}

TEST_CASE("a row of failures and its end are in the subject", "[report]") {
  RunSection failed = Section(Outcome::kRepoFailure, Modules(1, Verdict::kFailed));
  failed.episode.failed = 3;
  CHECK_THAT(SubjectOf(Of({failed})),
             Catch::Contains("0 of 1 module without errors, 3rd time in a row"));
  RunSection fixed = Section(Outcome::kSuccess, Modules(2, Verdict::kSucceeded));
  fixed.episode.failed = 3;
  CHECK_THAT(SubjectOf(Of({fixed})), Catch::Contains("fixed after 3 failed runs"));
  fixed.episode.failed = 1;
  CHECK_THAT(SubjectOf(Of({fixed}), Language::kItalian),
             Catch::Contains("risolto dopo 1 esecuzione non riuscita"));
}

TEST_CASE("several plans carry the worst phrase and their names, each once", "[report]") {
  Report report = Of({Section(Outcome::kRepoFailure, Modules(1, Verdict::kFailed)),
                      Section(Outcome::kSuccess, Modules(2, Verdict::kSucceeded))});
  report.runs[1].plan = PlanId{"2"};
  report.runs[1].plan_name = "Weekly";
  CHECK(SubjectOf(report) ==
        "[NS8 Backup] ❌ Backup failed: Nightly, Weekly — 2 of 3 modules without errors, cluster "
        "example");
  for (int i = 3; i < 10; ++i) {
    report.runs.push_back(report.runs[1]);
    report.runs.back().plan = PlanId{std::to_string(i)};
  }
  CHECK_THAT(SubjectOf(report), Catch::Contains("Nightly, Weekly, Weekly, Weekly, +5 more —"));
}

TEST_CASE("other kinds are recognised unread", "[report]") {
  const RunSection failed =
      Section(Outcome::kPartial, {Line("mail1", Verdict::kFailed), Line("imap1", std::nullopt)});
  CHECK_THAT(
      SubjectOf(Of({failed}, ReportKind::kEarlyNotice)),
      Catch::Contains(
          "⚠️ Backup running with errors: Nightly — 1 of 2 modules with errors so far"));
  CHECK_THAT(SubjectOf(Of({failed}, ReportKind::kUpdate)),
             Catch::Contains("partially failed: Nightly — corrected, 0 of 2"));
  CHECK_THAT(SubjectOf(Of({failed}, ReportKind::kOnRequest)),
             Catch::Contains("On request: ⚠️ Backup partially failed: Nightly"));
  CHECK_THAT(SubjectOf(Of({}, ReportKind::kTest)),
             Catch::Contains("✉️ Test mail — watching 2 plans, 14 modules"));
  Report nothing = Of({}, ReportKind::kNoStatus);
  CHECK_THAT(SubjectOf(nothing),
             Catch::StartsWith("[NS8 Backup] ❌ Backup failed — no status found"));
  nothing.kind = ReportKind::kUnknownPlan;
  nothing.alert.emplace();
  nothing.alert->labels = {{"name", "Old"}};
  CHECK_THAT(SubjectOf(nothing),
             Catch::Contains("❌ Backup failed: Old — plan not in this cluster"));
  Report waiting = Of({}, ReportKind::kUndelivered);
  waiting.undelivered.resize(2);
  CHECK_THAT(SubjectOf(waiting), Catch::Contains("📭 2 reports could not be sent for 3 days"));
}

TEST_CASE("on request, a run that goes on does not hide one that failed", "[report]") {
  RunSection open = Section(Outcome::kIncomplete, {Line("imap1", std::nullopt)});
  open.open = true;
  const auto asked = [](std::vector<RunSection> runs) {
    return SubjectOf(Of(std::move(runs), ReportKind::kOnRequest));
  };
  CHECK_THAT(asked({open}), Catch::Contains("On request: ⏳ Backup still running"));
  CHECK_THAT(asked({Section(Outcome::kSuccess, Modules(1, Verdict::kSucceeded)), open}),
             Catch::Contains("⏳ Backup still running"));
  CHECK_THAT(asked({Section(Outcome::kRepoFailure, Modules(1, Verdict::kFailed)), open}),
             Catch::Contains("❌ Backup failed"));
  open.modules = Modules(1, Verdict::kFailed);
  CHECK_THAT(asked({open}), Catch::Contains("⚠️ Backup running with errors"));
}

TEST_CASE("a long name leaves room for what triages", "[report][hostile]") {
  RunSection run = Section(Outcome::kRepoFailure, Modules(3, Verdict::kFailed));
  run.plan_name = std::string(10'000, 'P') + "\r\nBcc: a@b";
  Report report = Of({run});
  report.cluster_name = "C\xE2\x80\xAE" + std::string(10'000, 'C');
  const std::string subject = SubjectOf(report, Language::kEnglish, "[A\r\nB]");
  CHECK(subject.size() <= words::kSubjectBytes);
  CHECK_THAT(subject, Catch::Contains("0 of 3 modules without errors, cluster C"));
  CHECK(subject.find_first_of("\r\n") == std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::report::mail
