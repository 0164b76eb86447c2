
#include "catch.h"
#include "report/mail/report_writer.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

RunSection Large(int good, int failed) {
  RunSection run = Section(Outcome::kPartial, {});
  for (int i = 0; i < failed; ++i)
    run.modules.push_back(
        Line("bad" + std::to_string(i), Verdict::kFailed, "Customer " + std::to_string(i)));
  for (int i = 0; i < good; ++i)
    run.modules.push_back(
        Line("good" + std::to_string(i), Verdict::kSucceeded, "Customer " + std::to_string(i)));
  return run;
}

TEST_CASE("200 failed modules are listed in full, below the size where Gmail cuts", "[report]") {
  const RenderedReport words = Written(Large(50, 200));
  CHECK_THAT(words.text, Contains("bad199") && Contains("good49"));
  CHECK_THAT(words.text, !Contains("not listed"));
  CHECK(words.html.size() < 102'000);
}

TEST_CASE(
    "findings of 200 modules and long names stay below that size, and what is over is counted",
    "[report]") {
  RunSection run = Large(50, 200);
  for (ModuleLine& line : run.modules) {
    line.ui_name += std::string(60, '&');
    if (line.verdict == Verdict::kFailed)
      line = Refused(line, ProbeCause::kLocked, std::string(300, '<'));
  }
  const RenderedReport words = Written(run);
  CHECK(words.html.size() < 102'000);
  CHECK_THAT(words.text,
             Contains("more modules are not listed.") && Contains("node 2 (Rome): 50 modules"));
  CHECK_THAT(words.text, Contains("And likewise for 190 more."));
  std::size_t answers = 0;
  for (std::size_t at = 0; (at = words.text.find("Repository check:", at)) != std::string::npos;
       ++at)
    ++answers;
  CHECK(answers == 20);
}

TEST_CASE("2,000 modules with findings make a mail of bounded size", "[report]") {
  RunSection run = Large(300, 1700);
  for (ModuleLine& line : run.modules)
    line = Refused(line, ProbeCause::kDamaged, std::string(300, 'x'));
  const RenderedReport words = Written(run);
  CHECK(words.html.size() < 102'000);
  CHECK(words.html.size() + words.text.size() < 200'000);
}

TEST_CASE("one failed module more is counted", "[report]") {
  const RenderedReport words = Written(Large(51, 201));
  CHECK_THAT(words.text, !Contains("bad200") && Contains("1 more module is not listed."));
  CHECK_THAT(words.text, !Contains("good0") && Contains("node 2 (Rome): 51 modules"));
}

TEST_CASE("2,000 modules make a mail of bounded size", "[report]") {
  const RenderedReport words = Written(Large(300, 1700));
  CHECK(words.html.size() + words.text.size() < 200'000);
  CHECK_THAT(words.subject, Contains("300 of 2,000 modules without errors"));
}

TEST_CASE("many plans share one budget and are counted when over", "[report]") {
  std::vector<RunSection> runs(40, Large(30, 30));
  for (std::size_t i = 0; i < runs.size(); ++i) runs[i].plan = PlanId{std::to_string(i)};
  const RenderedReport words = Written(Of(std::move(runs)));
  CHECK(words.html.size() + words.text.size() < 300'000);
  CHECK_THAT(words.text, Contains("10 more runs are not shown."));
}

TEST_CASE("modules whose verdict is news are named even in a sum", "[report]") {
  RunSection run = Large(100, 0);
  run.modules[70].episode.failed = 2;
  CHECK_THAT(Written(run).text, Contains("good70") && !Contains("good71"));
}

TEST_CASE("foreign text of any size and kind makes a bounded, escaped page", "[report][hostile]") {
  ModuleLine line = Line(std::string(10'000, '<'), Verdict::kFailed, "</td><script>x</script>");
  line.error_text = "\"'&<img src=x>" + std::string(100'000, '>');
  Report report = Of({Section(Outcome::kRepoFailure, {line})});
  report.cluster_name = "<b>\r\n{{footer}}";
  report.complaints = std::vector<std::string>(5'000, std::string(5'000, '&'));
  const RenderedReport words = Written(report);
  CHECK(words.html.size() < 102'000);
  CHECK_THAT(words.html, !Contains("<script") && !Contains("<img") && !Contains("<b>"));
  CHECK_THAT(words.html, Contains("&lt;/td&gt;&lt;script&gt;") && Contains("{{footer}}"));
  CHECK_THAT(words.text, Contains("</td><script>x</script>") && Contains("And 4,980 things more"));
}

}  // namespace
}  // namespace backup_monitor::report
