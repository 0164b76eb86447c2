// What a report may say of data: never "saved" of data that was not, never "not saved" of data that was.

#include "catch.h"
#include "report/mail/report_writer.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

std::string OutcomeText(std::vector<ModuleLine> modules, Outcome outcome) {
  return Written(Of({Section(outcome, std::move(modules))})).text;
}

TEST_CASE("of a failed module the report says that the step is unknown", "[report]") {
  const std::string text = OutcomeText({Line("mail1", Verdict::kFailed)}, Outcome::kRepoFailure);
  CHECK_THAT(text, Contains("NS8 reported errors; which step failed is unknown"));
  CHECK_THAT(text, !Contains("not saved"));
  CHECK_THAT(text, !Contains("were saved") && !Contains("was saved"));
}

TEST_CASE("of a module without result the report never says that it was not saved", "[report]") {
  const Verdict verdict = GENERATE(Verdict::kNotFinished, Verdict::kNeverRan);
  const std::string text = OutcomeText({Line("mail1", verdict)}, Outcome::kIncomplete);
  CHECK_THAT(text, Contains("whether it was saved is unknown"));
  CHECK_THAT(text, !Contains("not saved") && !Contains("✅"));
}

TEST_CASE("where no module has a result, one sentence says so", "[report]") {
  const auto lines = [](std::optional<Verdict> first, std::optional<Verdict> second) {
    return std::vector<ModuleLine>{Line("mail1", first), Line("imap1", second)};
  };
  const auto none = std::optional<Verdict>{};
  const std::string unknown =
      "None of the 2 modules left a result of this run: whether they were saved is unknown.\n";
  CHECK_THAT(OutcomeText(lines(Verdict::kNotFinished, Verdict::kNeverRan), Outcome::kIncomplete),
             Contains(unknown) && !Contains("result without errors"));
  CHECK_THAT(
      OutcomeText(lines(Verdict::kNotFinished, Verdict::kSucceeded), Outcome::kIncomplete),
      Contains("Saved without errors: 1 of 2 modules.\n1 module left no result of this run"));
  RunSection run = Section(Outcome::kIncomplete, lines(none, none));
  run.open = true;
  CHECK_THAT(Written(Of({run})).text, Contains("None of the 2 modules has a result yet.\n") &&
                                          !Contains("result without errors"));
  run.modules.back().verdict = Verdict::kFailed;
  CHECK_THAT(Written(Of({run})).text,
             Contains("None of the 2 modules has a result without errors so far.\n") &&
                 Contains("1 module has no result yet."));
}

TEST_CASE("Italian counts what it names", "[report]") {
  std::vector<ModuleLine> modules(15, Line("mail1", Verdict::kFailed));
  modules.front() = Line("mail1", Verdict::kSucceeded);
  const RenderedReport one = Written(Of({Section(Outcome::kPartial, modules)}), Language::kItalian);
  CHECK_THAT(one.subject, Contains("moduli senza errori: 1 su 15"));
  CHECK_THAT(one.text, Contains("Salvati senza errori: 1 su 15 moduli."));
  const RenderedReport all = Written(
      Of({Section(Outcome::kSuccess,
                  {Line("mail1", Verdict::kSucceeded), Line("imap1", Verdict::kSucceeded)})}),
      Language::kItalian);
  CHECK_THAT(all.text, Contains("Tutti e 2 i moduli sono stati salvati senza errori."));
}

TEST_CASE("a snapshot with errors is told as both", "[report]") {
  const std::string text =
      OutcomeText({Line("mail1", Verdict::kSavedWithErrors)}, Outcome::kPartial);
  CHECK_THAT(text, Contains("A snapshot of this run exists, and NS8 reported errors"));
  CHECK_THAT(text, !Contains("aved without errors") && !Contains("not saved"));
}

TEST_CASE("one bad module among good ones is counted and told first", "[report]") {
  const std::string text = OutcomeText(
      {Line("mail1", Verdict::kFailed, "Mail server"), Line("imap1", Verdict::kSucceeded, "Imap")},
      Outcome::kPartial);
  CHECK_THAT(text, Contains("Saved without errors: 1 of 2 modules."));
  CHECK(text.find("Mail server · mail1 · node 2 (Rome)") <
        text.find("Imap · imap1 · node 2 (Rome)"));
}

TEST_CASE("a clean run says that all were saved and that nothing is to do", "[report]") {
  const std::string text = OutcomeText(
      {Line("a1", Verdict::kSucceeded), Line("b1", Verdict::kSucceeded)}, Outcome::kSuccess);
  CHECK_THAT(text, Contains("All 2 modules were saved without errors."));
  CHECK_THAT(text, Contains("Nothing."));
  CHECK_THAT(text, !Contains("❌") && !Contains("journalctl"));
}

TEST_CASE("the answers come in the order of the questions", "[report]") {
  RunSection run = Section(Outcome::kPartial,
                           {Line("mail1", Verdict::kFailed), Line("imap1", Verdict::kSucceeded)});
  run.episode.failed = 3;
  run.failing_since = kNight - 2 * kDay;
  run.gap = Gap{kNight - kDay, kNight - kHour};
  const std::string text = Written(Of({run})).text;
  std::size_t last = 0;
  for (const char* answer :
       {"Backup partially failed", "1 of 2 modules", "Failed: 1 module", "mail1", "Failing since",
        "Took", "Size of the data", "What is not known", "What to do next"}) {
    CAPTURE(answer);
    const std::size_t at = text.find(answer);
    REQUIRE(at != std::string::npos);
    CHECK(at > last);
    last = at;
  }
}

TEST_CASE("a gap and what could not be read are told as not known", "[report]") {
  Report report = Of({Section(Outcome::kSuccess, {Line("a1", Verdict::kSucceeded)})});
  report.runs[0].gap = Gap{kNight - 2 * kDay, kNight - kDay};
  report.complaints = {"status of x1 is not JSON"};
  report.watch.cluster_reachable = false;
  const std::string text = Written(report).text;
  CHECK_THAT(text, Contains("From Fri 20 Nov 2026, 02:14 CET to Sat 21 Nov 2026, 02:14 CET the "
                            "monitor was not watching"));
  CHECK_THAT(text, Contains("status of x1 is not JSON"));
  CHECK_THAT(text, Contains("could not be read just now"));
}

TEST_CASE("no sentence is missing in any language", "[report]") {
  for (const Language language : {Language::kEnglish, Language::kItalian}) {
    for (const Verdict verdict : kAllVerdicts) {
      for (const Outcome outcome : kAllOutcomes) {
        const RenderedReport words =
            Written(Of({Section(outcome, {Line("a1", verdict)})}), language);
        CHECK_THAT(words.subject + words.text + words.html, !Contains("⟦"));
      }
    }
  }
}

}  // namespace
}  // namespace backup_monitor::report
