
#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

TEST_CASE("a daemon off for two nights tells what is there, and that there is a gap",
          "[run][restart]") {
  Night night = AfterOneCleanRun({"a", "b"});

  night.Stop();
  night.Fails("daily", "a", "2 01:00", "2 01:10");
  night.Fails("daily", "b", "2 01:10", "2 01:20");
  night.CleanRun("daily", "3 01:00");
  night.Until("3 12:00");
  night.Start();
  night.Until("3 12:05");
  CHECK(night.TakeMails() ==
        Lines{"3 12:00 final daily SUCCESS (after a gap): a succeeded, b succeeded"});

  night.CleanRun("daily", "4 01:00");
  CHECK(night.TakeMails() == Lines{"4 01:20 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("records of two nights that are seen together are two runs", "[run][restart]") {
  Night night = AfterOneCleanRun({"a@1", "b@2"});

  night.Stop();
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Saves("daily", "b", "2 01:00", "2 01:10");
  night.Saves("daily", "a", "3 01:00", "3 01:10");  // b's node is off
  night.Until("3 12:00");
  night.Start();
  night.Until("3 12:05");

  const Lines mails = night.TakeMails();
  CHECK(mails.size() == 2);
  for (const Mail& mail : night.told()) {
    const Section& section = mail.sections.front();
    if (section.begin != At("3 01:00")) continue;
    CHECK(section.rows.at(ModuleId{"b"}).verdict == Verdict::kNotFinished);
  }
}

TEST_CASE("a daemon that starts in the middle of a run goes on with it", "[run][restart]") {
  Night night = AfterOneCleanRun({"a", "b"});
  night.Fails("daily", "a", "2 01:00", "2 01:10");

  night.Stop();
  night.Until("2 01:40");
  night.Start();
  night.Saves("daily", "b", "2 01:10", "2 01:50");

  CHECK(night.TakeMails() == Lines{"2 01:40 early daily: a failed",
                                   "2 01:50 final daily PARTIAL: a failed, b succeeded"});
}

TEST_CASE("a restart at any moment changes no report", "[run][restart]") {
  Night night = AfterOneCleanRun({"a", "b", "c"});
  const int moment = GENERATE(0, 1, 2, 3, 4);
  CAPTURE(moment);
  const auto at = [&](int now) {
    if (now == moment) night.Restart();
  };

  at(0);
  night.Fails("daily", "a", "2 01:00", "2 01:10");
  at(1);
  night.Until("2 01:26");
  at(2);
  night.Saves("daily", "b", "2 01:10", "2 01:30");
  at(3);
  night.Until("2 03:01");
  at(4);
  night.Saves("daily", "c", "2 01:30", "2 03:30");
  night.Until("3 00:00");

  CHECK(night.TakeMails() ==
        Lines{"2 01:25 early daily: a failed",
              "2 03:00 final daily PARTIAL: a failed, b succeeded, c not_finished",
              "2 03:30 update daily PARTIAL: a failed, b succeeded, c succeeded"});
}

TEST_CASE("a step that could not be stored is told again, not lost", "[run][restart]") {
  Night night = AfterOneCleanRun({"a"});

  night.FailNextStore();
  night.Until("2 01:00");  // the failed step was an idle one
  night.LosesEvents();
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.FailNextStore();
  night.Look();
  CHECK(night.TakeMails() == Lines{});
  night.Until("2 02:00");

  CHECK(night.TakeMails() == Lines{"2 01:10 final daily SUCCESS: a succeeded"});
}

}  // namespace
}  // namespace backup_monitor::testing
