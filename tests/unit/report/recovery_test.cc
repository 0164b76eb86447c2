// How a report says that the newest data of an application is too old, or is not any more.

#include "catch.h"
#include "report/facts/derive_facts.h"
#include "report/json/report_json.h"
#include "report/mail/palette.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::testing {
namespace {

using Catch::Matchers::Contains;
using report::FactsOf;

/// It failed, and its newest data was so old when the run closed; it may be two days old.
RunSection Old(seconds age) {
  ModuleLine line = Failed();
  line.target = 2 * kDay;
  RunSection run = Section(Outcome::kRepoFailure, {line});
  run.closed_at = kNight + kHour;
  run.modules[0].last_good = run.modules[0].newest_data = *run.closed_at - age;
  return run;
}

TEST_CASE("a run names the applications over their target", "[report][recovery]") {
  const RunSection young = Old(2 * kDay);
  CHECK_FALSE(FactsOf(young).modules[0].over_target);
  CHECK_THAT(TextOf(young), !Contains("older than"));
  const RunSection run = Old(2 * kDay + seconds{1});
  CHECK(FactsOf(run).modules[0].over_target);
  const std::string text = TextOf(run);
  CHECK_THAT(text, Contains("The newest good backup of mail1 is older than its target.") &&
                       Contains("not older than 2 d: exceeded"));
  CHECK_THAT(TextOf(run, Language::kItalian), Contains("è più vecchio del suo obiettivo."));

  SECTION("not while it is open, nor without a target") {
    RunSection other = run;
    other.closed_at.reset();
    CHECK_FALSE(FactsOf(other).modules[0].over_target);
    other = run;
    other.modules[0].target.reset();
    CHECK_FALSE(FactsOf(other).modules[0].over_target);
  }
  SECTION("several together") {
    RunSection both = run;
    both.modules.push_back(run.modules[0]);
    both.modules[1].module = ModuleId{"web1"};
    CHECK_THAT(TextOf(both), Contains("The newest good backups of 2 applications are older than "
                                      "their targets: mail1, web1."));
  }
}

TEST_CASE("a run names the applications that are back in their target", "[report][recovery]") {
  RunSection run = Section(Outcome::kSuccess,
                           {Line("mail1", Verdict::kSucceeded), Line("web1", Verdict::kSucceeded)});
  run.closed_at = *run.end;
  for (ModuleLine& line : run.modules) {
    line.target = 2 * kDay;
    line.newest_data = line.last_good;
  }
  CHECK_THAT(TextOf(run), !Contains("target"));
  run.modules[1].was_over = true;
  CHECK_THAT(TextOf(run), Contains("The newest good backup of web1 is within its target again."));
  run.modules[1].verdict = Verdict::kFailed;
  CHECK_THAT(TextOf(run), !Contains("within"));
}

Report Crossed(std::vector<bool> over) {
  Report report = Of({}, ReportKind::kRecoveryPoint);
  for (std::size_t i = 0; i < over.size(); ++i) {
    report.recovery.push_back({ModuleId{"mail" + std::to_string(i + 1)}, "Mail <b>",
                               *NodeId::Parse("2"), "Rome", over[i], kNight - 3 * kDay, 2 * kDay});
  }
  return report;
}

TEST_CASE("a message of its own says which data is too old", "[report][recovery]") {
  const Report report = Crossed({true, false});
  const RenderedReport written = Written(report);
  CHECK_THAT(written.subject, Contains("⚠️ Newest backup too old: mail1"));
  CHECK_THAT(written.subject, !Contains("mail2"));
  CHECK_THAT(
      OnOneLine(written.text),
      Contains("The newest good backup of mail1 dates from Thu 19 Nov 2026, 02:14 CET (3 days "
               "ago) and is older than its target of 2 d.") &&
          Contains("mail2 dates from Thu 19 Nov 2026, 02:14 CET (3 days ago), and is within "
                   "its target of 2 d again.") &&
          Contains("Run the plan of these applications now"));
  CHECK(report::mail::ToneOf(FactsOf(report)).name == "warn");
  CHECK(report.worst() == Outcome::kIncomplete);
  CHECK_THAT(report::json::ReportJson(FactsOf(report)),
             Contains(R"("module":"mail1","ui_name":"Mail <b>","node":2,"node_name":"Rome",)"
                      R"("over":true,"newest_data":"2026-11-19T01:14:00Z",)"
                      R"("newest_data_unix":1795050840,"target_seconds":172800)"));
}

TEST_CASE("a message of its own says whose data is recent again", "[report][recovery]") {
  const Report report = Crossed({false, false});
  CHECK_THAT(Written(report).subject, Contains("✅ Newest backup recent again: mail1, mail2"));
  CHECK_THAT(TextOf(report), !Contains("Run the plan"));
  CHECK(report::mail::ToneOf(FactsOf(report)).name == "good");
  CHECK(report.worst() == Outcome::kSuccess);
}

TEST_CASE("of many applications ten are named", "[report][recovery][bounds]") {
  const std::string text = TextOf(Crossed(std::vector<bool>(12, true)));
  CHECK_THAT(text, Contains("mail10 dates from") && !Contains("mail11 dates from") &&
                       Contains("2 more applications are over their targets."));
}

TEST_CASE("a report on request is no better than old data", "[report][recovery]") {
  Report report = Of({Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)})},
                     ReportKind::kOnRequest);
  CHECK_THAT(Written(report).subject, Contains("✅"));
  report.recovery = Crossed({true}).recovery;
  CHECK_THAT(Written(report).subject, Contains("⚠️ Newest backup too old: mail1"));
  CHECK(report::mail::ToneOf(FactsOf(report)).name == "warn");
  CHECK_THAT(TextOf(report), Contains("older than its target of 2 d"));
}

}  // namespace
}  // namespace backup_monitor::testing
