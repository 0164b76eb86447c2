// A stored run is told as of one moment.
#include "announcement/stored_report.h"

#include <catch2/catch.hpp>

#include "fakes/fake_archive.h"

namespace backup_monitor {
namespace {

using std::chrono::hours;

const Time kRunBegin{seconds{1'763'800'000}};

Run Failed() {
  Run run;
  run.id = RunId{7};
  run.plan = PlanId{"1"};
  run.begin = kRunBegin;
  run.closed_at = kRunBegin + hours{1};
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
  run.closed_at.reset();
  CHECK(ReportMomentOf(run, now) == now);
}

TEST_CASE("its past is read for that moment, which the telling names", "[app]") {
  testing::FakeArchive archive;
  const PastOf past = [&](const Run& of, Time as_of) { return archive.HistoryOf(of, as_of); };
  const Run run = Failed();
  const auto telling = ReportOnStored(run, Language::kEnglish, past, nullptr,
                                      ReportMomentOf(run, kRunBegin + hours{1000}));
  REQUIRE(telling);
  CHECK(archive.asked_as_of == kRunBegin + hours{1});
  CHECK(telling->as_of == kRunBegin + hours{1});
  CHECK_FALSE(telling->section.being_checked);
  archive.history.being_checked = true;
  CHECK(ReportOnStored(run, Language::kEnglish, past, nullptr, kRunBegin + hours{2})
            ->section.being_checked);
  Run open = run;
  open.closed_at.reset();
  CHECK_FALSE(ReportOnStored(open, Language::kEnglish, past, nullptr, kRunBegin + hours{2})
                  ->section.being_checked);
}

}  // namespace
}  // namespace backup_monitor
