// A store that was copied from another instance and adopted: what was before is that one's to tell.

#include "catch.h"
#include "run/current_runs.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

/// Copied on day 2 at 01:15, in the middle of a run, with one module of it told as failed.
Night Copied() {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Fails("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 01:15");
  night.StopAndAdopt();
  return night;
}

TEST_CASE("what happened until the first look of an adopted store is never told",
          "[run][adopted]") {
  Night night = Copied();
  night.Saves("daily", "b", "2 01:10", "2 01:20");
  night.CleanRun("daily", "3 01:00");
  night.Until("3 12:00");

  night.Start();
  night.Until("4 00:59");

  CHECK(night.TakeMails() == Lines{});
  CHECK(night.tracker().memory().runs.size() == 1);  // the run of day 1
}

TEST_CASE("the next run of an adopted store is told as usual, without a gap", "[run][adopted]") {
  Night night = Copied();
  night.Until("5 12:00");
  night.Start();

  night.CleanRun("daily", "6 01:00");

  CHECK(night.TakeMails() == Lines{"6 01:20 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("a run that goes on after its store was adopted is told whole", "[run][adopted]") {
  Night night = Copied();
  night.Until("2 01:18");
  night.Start();
  const bool restarted = GENERATE(false, true);

  night.Saves("daily", "b", "2 01:10", "2 01:20");
  if (restarted) night.Restart();
  night.Until("2 12:00");

  CHECK(night.TakeMails().back() == "2 01:20 final daily PARTIAL: a failed, b succeeded");
}

TEST_CASE("a run that was told before the copy is not told again", "[run][adopted]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 23:00");
  CHECK(night.TakeMails().size() == 1);             // b not finished
  night.Saves("daily", "b", "2 22:00", "2 23:10");  // reopens it, or opens one of its own
  night.StopAndAdopt();
  night.Until("2 23:30");

  night.Start();
  night.Until("4 00:00");

  CHECK(night.TakeMails() == Lines{});
  for (const auto& [id, run] : night.tracker().memory().runs) CHECK_FALSE(run.open());
}

TEST_CASE("an alert about what an adopted store has not told shows what is in Redis",
          "[run][adopted]") {
  Night night = Copied();
  night.CleanRun("daily", "3 01:00");
  night.Fails("daily", "a", "4 01:00", "4 01:10");
  night.Saves("daily", "b", "4 01:10", "4 01:20");
  night.Until("4 01:30");
  night.Start();
  night.Until("4 01:31");

  SECTION("with its plan") { night.AlertFor("daily", "4 01:10:15"); }
  SECTION("without a plan") { night.Alert({}, At("4 01:10:15")); }
  night.Until("4 02:00");

  CHECK(night.TakeMails() == Lines{"4 01:31:30 final daily PARTIAL: a failed, b succeeded"});
}

TEST_CASE("a report on request of an adopted store shows what is in Redis", "[run][adopted]") {
  Night night = Copied();
  night.Fails("daily", "a", "4 01:00", "4 01:10");
  night.Fails("daily", "b", "4 01:10", "4 01:20");
  night.Until("4 02:00");
  night.Start();
  night.Until("4 02:01");

  const auto current =
      run::CurrentRuns(night.cluster(), night.tracker().memory(), {}, std::nullopt);

  REQUIRE(current.size() == 1);
  CHECK(current[0].id == RunId{});  // a run in our books must not be taken for this one
  CHECK(current[0].begin == At("4 01:00"));
  CHECK(current[0].modules.at(ModuleId{"b"}).record->record.error_count > 0);
}

TEST_CASE("history joins one run of an adopted store", "[run][adopted]") {
  Night night = Copied();
  night.Until("2 01:18");
  night.Start();
  night.Saves("daily", "b", "2 01:10", "2 01:20");
  night.Until("2 02:50");
  CHECK(night.TakeMails().size() == 1);

  night.Saves("daily", "b", "2 02:10", "2 02:51");
  night.Until("2 12:00");

  const Lines mails = night.TakeMails();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].find("a failed") == std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::testing
