// A stored run is told as of one moment.
#include "announcement/stored_report.h"

#include "catch.h"
#include "fakes/fake_archive.h"
#include "run_states.h"

namespace backup_monitor::announcement {
namespace {

using std::chrono::hours;

const Time kRunBegin{seconds{1'763'800'000}};

Run Failed() {
  Run run;
  run.id = RunId{7};
  run.plan = PlanId{"1"};
  run.begin = kRunBegin;
  SetClosed(run, kRunBegin + hours{1});
  RunModule& module = run.modules[ModuleId{"mail1"}];
  module.expected = true;
  SeenRecord& seen = module.record.emplace();
  seen.started = seen.record.start = kRunBegin;
  seen.ended = seen.record.end = kRunBegin + seconds{60};
  seen.record.error_count = 1;
  return run;
}

TEST_CASE("a run that has ended is told as of its end, or of the look into its repositories",
          "[app]") {
  const Time now = kRunBegin + hours{1000};
  Run run = Failed();
  CHECK(ReportMomentOf(run, now) == kRunBegin + hours{1});
  run.modules.begin()->second.record->finding.emplace().probed_at = kRunBegin + hours{2};
  CHECK(ReportMomentOf(run, now) == kRunBegin + hours{2});
  CHECK(ReportMomentOf(run, kRunBegin) == kRunBegin);  // never in the future
  SetClosed(run, std::nullopt);
  CHECK(ReportMomentOf(run, now) == now);
}

TEST_CASE("its past is read for that moment, which the description names", "[app]") {
  testing::FakeArchive archive;
  const Run run = Failed();
  const auto described = ReportOnStored(run, Language::kEnglish, archive, nullptr,
                                        ReportMomentOf(run, kRunBegin + hours{1000}));
  REQUIRE(described);
  CHECK(archive.asked_as_of == kRunBegin + hours{1});
  CHECK(described->as_of() == kRunBegin + hours{1});
  CHECK_FALSE(described->section().being_checked);
  archive.history.being_checked = true;
  CHECK(ReportOnStored(run, Language::kEnglish, archive, nullptr, kRunBegin + hours{2})
            ->section()
            .being_checked);
  Run open = run;
  SetClosed(open, std::nullopt);
  CHECK_FALSE(ReportOnStored(open, Language::kEnglish, archive, nullptr, kRunBegin + hours{2})
                  ->section()
                  .being_checked);
}

TEST_CASE("a stored run is put into words only where a language is asked for", "[app]") {
  testing::FakeArchive archive;
  const Run run = Failed();
  const auto in = [&](std::optional<Language> language) {
    return ReportOnStored(run, language, archive, nullptr, kRunBegin + hours{2});
  };
  const auto facts_alone = in(std::nullopt);
  REQUIRE(facts_alone);
  CHECK_FALSE(facts_alone->words);
  CHECK(facts_alone->run().phrase == Phrase::kFailed);
  CHECK(facts_alone->run().modules.front().rank == Rank::kFailed);
  const auto english = in(Language::kEnglish);
  const auto italian = in(Language::kItalian);
  REQUIRE((english && english->words && italian && italian->words));
  CHECK(english->words->modules.front().says != italian->words->modules.front().says);
  CHECK_FALSE(english->words->advice.empty());
}

TEST_CASE("the facts of a stored run stay with it where it is moved", "[app]") {
  Report report;
  report.runs.emplace_back().modules.emplace_back().module = ModuleId{"mail1"};
  StoredReport stored{std::move(report)};
  const StoredReport moved{std::move(stored)};
  CHECK(&moved.run().section == &moved.section());
  CHECK(moved.run().modules.front().line.module == ModuleId{"mail1"});
}

}  // namespace
}  // namespace backup_monitor::announcement
