// Reports that wait for the checks of repositories, through the real worker, checker and store.
#include <future>

#include "announcement/stored_report.h"
#include "catch.h"
#include "integration/app/worker_place.h"

namespace backup_monitor::app {
namespace {

using testing::hours;
using testing::kRunTimeout;
using testing::minutes;
using testing::Place;

TEST_CASE("a snapshot made during the backup turns failed into saved with errors",
          "[pipeline][probe]") {
  Place place;
  place.NightWithErrors();
  place.Do([&] { place.SnapshotOf("mail1", minutes{-19}); });

  REQUIRE(place.UntilMessages(1));
  CHECK(place.LookedInto() == Place::Names{"mail1"});
  CHECK(place.VerdictOf("mail1") == Verdict::kSavedWithErrors);
  CHECK(place.LastRun().outcome == Outcome::kPartial);
  CHECK(place.MailText(0).find("A snapshot was made at") != std::string::npos);
  CHECK(place.Messages().size() == 1);
  CHECK(place.metrics.Expose().find("backup_monitor_probes_total{result=\"read\"} 1\n") !=
        std::string::npos);
}

TEST_CASE("an older snapshot says that nothing was saved", "[pipeline][probe]") {
  Place place;
  place.NightWithErrors();
  place.Do([&] { place.SnapshotOf("mail1", -hours{76}); });

  REQUIRE(place.UntilMessages(1));
  CHECK(place.VerdictOf("mail1") == Verdict::kFailed);
  CHECK(place.MailText(0).find("Not saved.") != std::string::npos);
  CHECK(place.MailText(0).find("3 days 4 hours old") != std::string::npos);
}

TEST_CASE("what refuses us changes no verdict", "[pipeline][probe]") {
  Place place;
  place.NightWithErrors();
  place.Do([&] {
    place.shared.repository.SetFailure(ModuleId{"mail1"}, {ProbeCause::kUnreachable, "no route"});
  });

  REQUIRE(place.UntilMessages(1));
  CHECK(place.VerdictOf("mail1") == Verdict::kFailed);
  CHECK(place.MailText(0).find("Not saved.") == std::string::npos);
  CHECK(place.MailText(0).find("no route") != std::string::npos);
}

TEST_CASE("a run without errors is told at once, in mode failed", "[pipeline][probe]") {
  Place place;
  place.Do([&] {
    place.shared.hangs = true;
    place.clock.Advance(hours{24});
    place.Record("mail1", minutes{-20});
    place.Record("samba1", minutes{-10});
  });
  REQUIRE(place.UntilMessages(1));
  CHECK(place.LookedInto().empty());
}

TEST_CASE("mode all looks into every module, and tells a success without a snapshot",
          "[pipeline][probe]") {
  Place place{ProbeMode::kAll};
  place.NotifyOnProblemsOnly();
  place.Do([&] {
    place.clock.Advance(hours{24});
    place.Record("mail1", minutes{-20});
    place.Record("samba1", minutes{-10});
    place.SnapshotOf("mail1", minutes{-19});
    place.SnapshotOf("samba1", -hours{48});
  });
  REQUIRE(place.UntilMessages(1));
  CHECK(place.LookedInto() == Place::Names{"mail1", "samba1"});
  CHECK(place.LastRun().outcome == Outcome::kSuccess);
  CHECK(place.Messages()[0].subject.find("no snapshot of 1 module") != std::string::npos);
  CHECK(place.MailText(0).find("no snapshot of this run") != std::string::npos);
}

TEST_CASE("a repository that does not answer delays the report no longer than the run's time",
          "[pipeline][probe]") {
  Place place;
  place.Do([&] { place.shared.hangs = true; });
  place.NightWithErrors();
  REQUIRE(place.IsPostponed());
  place.clock.Advance(kRunTimeout - seconds{1});
  REQUIRE(place.Until([&] { return place.worker->status().last_look == place.clock.Now(); }));
  CHECK(place.Messages().empty());
  CHECK_FALSE(place.LastRun().outcome);  // nobody has been told anything

  place.clock.Advance(seconds{1});

  REQUIRE(place.UntilMessages(1));
  CHECK(place.VerdictOf("mail1") == Verdict::kFailed);
  CHECK(place.MailText(0).find("Time ran out") != std::string::npos);
  // What comes of it later would contradict what has been told.
  place.Do([&] {
    place.SnapshotOf("mail1", minutes{-29});
    place.shared.hangs = false;
  });
  CHECK(place.Until([&] {
    return place.metrics.Expose().find("backup_monitor_probes_total{result=\"read\"} 1\n") !=
           std::string::npos;
  }));
  place.clock.Advance(seconds{1});
  REQUIRE(place.Until([&] { return place.worker->status().last_look == place.clock.Now(); }));
  CHECK_FALSE(place.LastRun().modules.at(ModuleId{"mail1"}).record->finding);
  CHECK(place.Messages().size() == 1);
}

TEST_CASE("looks for which there is no time left are given up", "[pipeline][probe]") {
  Place place{ProbeMode::kAll};
  place.Do([&] { place.shared.hangs = true; });
  place.NightWithErrors();
  REQUIRE(place.Until([&] { return place.LookedInto() == Place::Names{"mail1"}; }));
  place.clock.Advance(kRunTimeout - seconds{30});  // less than one look may take
  place.Do([&] {
    place.SnapshotOf("mail1", minutes{-28});
    place.shared.hangs = false;
  });

  REQUIRE(place.UntilMessages(1));
  CHECK(place.LookedInto() == Place::Names{"mail1"});
  CHECK(place.VerdictOf("mail1") == Verdict::kSavedWithErrors);
  CHECK(place.MailText(0).find("Time ran out") != std::string::npos);
}

TEST_CASE("while another run uses the destination nobody looks, and the report says so",
          "[pipeline][probe]") {
  Place place;
  place.Do([&] {
    place.cluster.AddPlan("2", "Weekly", {"mail1", "samba1"}).destination_id = "nas";
    place.clock.Advance(hours{24});
    place.cluster.PutRecord("2", "mail1", place.clock.Now() - minutes{5},
                            place.clock.Now() - minutes{2});
  });
  REQUIRE(place.Until([&] { return place.store->archive().Read(RunId{1}).has_value(); }));
  place.Do([&] {
    place.Record("mail1", minutes{-20}, 2);
    place.Record("samba1", minutes{-10});
  });

  REQUIRE(place.UntilMessages(1));
  CHECK(place.LookedInto().empty());
  CHECK(place.MailText(0).find("Another backup run uses the destination") != std::string::npos);
}

TEST_CASE("a run that begins at the destination ends the wait", "[pipeline][probe]") {
  Place place;
  place.Do([&] {
    place.shared.hangs = true;
    place.cluster.AddPlan("2", "Weekly", {"mail1", "samba1"}).destination_id = "nas";
  });
  place.NightWithErrors();
  REQUIRE(place.IsPostponed());
  place.Do([&] {
    place.cluster.PutRecord("2", "mail1", place.clock.Now() - minutes{5},
                            place.clock.Now() - minutes{2});
  });
  REQUIRE(place.UntilMessages(1));
  CHECK(place.MailText(0).find("Another backup run uses the destination") != std::string::npos);
}

TEST_CASE("a postponed report outlives a restart, and is told once", "[pipeline][probe]") {
  Place place;
  place.Do([&] { place.shared.hangs = true; });
  place.NightWithErrors();
  REQUIRE(place.IsPostponed());
  place.StopDaemon();
  CHECK_FALSE(
      place.LastRun().modules.at(ModuleId{"mail1"}).record->finding);  // cut short says nothing
  place.Do([&] {
    place.SnapshotOf("mail1", minutes{-19});
    place.shared.hangs = false;
  });
  SECTION("looked into by the next daemon") {
    place.StartDaemon();
    REQUIRE(place.UntilMessages(1));
    CHECK(place.VerdictOf("mail1") == Verdict::kSavedWithErrors);
    place.StopDaemon();
    place.StartDaemon();  // what is stored is not looked into again
    CHECK(place.Until([&] { return place.worker->status().last_look == place.clock.Now(); }));
    CHECK(place.LookedInto() == Place::Names{"mail1", "mail1"});
  }
  SECTION("by one that does not look any more") {
    place.mode = ProbeMode::kOff;
    place.StartDaemon();
    REQUIRE(place.UntilMessages(1));
    CHECK(place.VerdictOf("mail1") == Verdict::kFailed);
  }
  SECTION("long after") {
    place.clock.Advance(hours{9 * 24});
    place.StartDaemon();
    REQUIRE(place.UntilMessages(1));
    CHECK(place.MailText(0).find("Time ran out") != std::string::npos);
  }
  CHECK(place.Messages().size() == 1);
  CHECK(place.Until([&] { return place.worker->status().reports_postponed == 0; }));
}

TEST_CASE("a clock that steps back does not hold a report back for as long again",
          "[pipeline][probe]") {
  Place place;
  place.Do([&] { place.shared.hangs = true; });
  place.NightWithErrors();
  REQUIRE(place.IsPostponed());
  place.clock.Advance(-hours{1});
  REQUIRE(place.UntilMessages(1));
}

TEST_CASE("with Redis away what waits is told all the same", "[pipeline][probe]") {
  Place place;
  place.Do([&] { place.shared.hangs = true; });
  place.NightWithErrors();
  REQUIRE(place.IsPostponed());
  place.Do([&] {
    place.cluster.SetOutage(Error{ErrorCode::kUnavailable, "refused"});
    place.SnapshotOf("mail1", minutes{-19});
    place.shared.hangs = false;
  });
  REQUIRE(place.UntilMessages(1));
  CHECK(place.VerdictOf("mail1") == Verdict::kSavedWithErrors);
  CHECK(place.MailText(0).find("The cluster could not be read just now") != std::string::npos);
}

TEST_CASE("a late record while a report waits", "[pipeline][probe]") {
  Place place{ProbeMode::kFailed, {"web1"}};
  place.Do([&] {
    place.shared.hangs = true;
    place.clock.Advance(hours{24});
    place.Record("mail1", minutes{-20}, 2);
  });
  REQUIRE(place.Until([&] { return place.store->archive().Read(RunId{1}).has_value(); }));
  place.clock.Advance(hours{3});
  REQUIRE(place.IsPostponed());
  SECTION("that completes the run is told by the report that waits") {
    place.Do([&] {
      place.Record("samba1", -hours{2} - minutes{10});
      place.Record("web1", -hours{2});
    });
    REQUIRE(place.Until(
        [&] { return place.LastRun().modules.at(ModuleId{"web1"}).record.has_value(); }));
    CHECK(place.Messages().empty());
    place.Do([&] {
      place.SnapshotOf("mail1", -hours{3} - minutes{19});
      place.shared.hangs = false;
    });
    REQUIRE(place.UntilMessages(1));
    CHECK(place.LastRun().outcome == Outcome::kPartial);
    CHECK(place.Messages()[0].subject.find("2 of 3 modules") != std::string::npos);
    CHECK(place.Messages().size() == 1);
  }
  SECTION("that does not is an update of what is told at once") {
    place.Do([&] { place.Record("samba1", -hours{2} - minutes{10}); });
    REQUIRE(place.UntilMessages(1));
    CHECK(place.Messages()[0].kind == ReportKind::kFinal);
    CHECK(place.Messages()[0].subject.find("0 of 3 modules") != std::string::npos);
    CHECK(place.LastRun().open());
    CHECK(place.MailText(0).find("Another result of this run came before") != std::string::npos);
    place.Do([&] {
      place.SnapshotOf("mail1", -hours{3} - minutes{19});
      place.shared.hangs = false;
    });
    place.clock.Advance(hours{7});
    REQUIRE(place.UntilMessages(2));
    CHECK(place.Messages()[1].kind == ReportKind::kUpdate);
    CHECK(place.LastRun().outcome == Outcome::kPartial);
  }
  CHECK(place.VerdictOf("mail1") == Verdict::kSavedWithErrors);
}

TEST_CASE("while a report waits, everybody who asks hears that the run has ended, and its errors",
          "[pipeline][probe]") {
  Place place;
  place.Do([&] { place.shared.hangs = true; });
  place.NightWithErrors();
  REQUIRE(place.IsPostponed());

  const store::RunHead head = place.store->archive().List({})->front();
  CHECK(head.being_checked);
  CHECK(head.errors_so_far == 1);
  const Run run = place.store->archive().Read(head.id).value();
  const Time now = place.clock.Now();
  const auto stored = announcement::ReportOnStored(run, Language::kEnglish, place.store->archive(),
                                                   nullptr, announcement::ReportMomentOf(run, now));
  REQUIRE(stored);
  CHECK(stored->section().being_checked);
  CHECK(stored->section().modules.front().verdict == Verdict::kFailed);
  place.store->inbox().Accept({ReportRequest{}}, now, [](const auto&) {});
  REQUIRE(place.UntilMessages(1));
  CHECK(place.Messages()[0].subject.find(
            "On request: ⚠️ Backup ended with errors, checking repositories") !=
        std::string::npos);
  CHECK(place.MailText(0).find("NS8 reported errors for 1 module.") != std::string::npos);

  place.Do([&] {
    place.SnapshotOf("mail1", minutes{-19});
    place.shared.hangs = false;
  });
  REQUIRE(place.UntilMessages(2));
  CHECK(place.Messages()[1].subject.find("⚠️ Backup partially failed") != std::string::npos);
  CHECK(place.MailText(1).find("still being checked") == std::string::npos);
  CHECK_FALSE(place.store->archive().List({})->front().being_checked);
}

TEST_CASE("a later run of the plan is not told before the one that waits", "[pipeline][probe]") {
  Place place;
  place.Do([&] { place.shared.hangs = true; });
  place.NightWithErrors();
  REQUIRE(place.IsPostponed());
  place.Do([&] {  // run again by hand, at once and well
    place.Record("mail1", minutes{-5});
    place.Record("samba1", minutes{0});
    place.clock.Advance(minutes{5});
  });
  REQUIRE(place.Until([&] { return place.worker->status().reports_postponed == 2; }));
  CHECK(place.Messages().empty());
  place.Do([&] {
    place.SnapshotOf("mail1", minutes{-24});
    place.shared.hangs = false;
  });

  REQUIRE(place.UntilMessages(2));
  CHECK(place.Messages()[0].subject.find("partially failed") != std::string::npos);
  CHECK(place.Messages()[1].subject.find("without errors again after 1 run with errors") !=
        std::string::npos);
}

TEST_CASE("an alert that names no plan may come while a report waits", "[pipeline][probe]") {
  Place place{ProbeMode::kAll};
  place.Do([&] {
    place.shared.hangs = true;
    place.clock.Advance(hours{24});
    place.Record("mail1", minutes{-20});
    place.Record("samba1", minutes{-10});
  });
  REQUIRE(place.IsPostponed());
  place.clock.Advance(minutes{1});
  std::promise<bool> stored;
  place.store->inbox().Accept({Alert{.labels = {{"alertname", "BackupFailed"}},
                                     .starts_at = place.clock.Now(),
                                     .group_was_truncated = false}},
                              place.clock.Now(),
                              [&](auto ids) { stored.set_value(ids.has_value()); });
  REQUIRE(stored.get_future().get());
  place.clock.Advance(minutes{2});

  REQUIRE(place.UntilMessages(1));  // how things stand, since nothing explains the alert
  CHECK(place.Messages()[0].kind == ReportKind::kOnRequest);
  place.Do([&] {
    place.SnapshotOf("mail1", minutes{-22});
    place.SnapshotOf("samba1", minutes{-12});
    place.shared.hangs = false;
  });
  REQUIRE(place.UntilMessages(2));
  CHECK(place.Messages()[1].kind == ReportKind::kFinal);
}

}  // namespace
}  // namespace backup_monitor::app
