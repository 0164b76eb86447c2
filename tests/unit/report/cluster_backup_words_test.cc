// What a report says of the cluster's own backup.

#include "catch.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

/// A run that has closed at kNight, with an upload two days before that may be three days old.
RunSection Saved(ModuleLine line = Line("mail1", Verdict::kSucceeded),
                 Outcome outcome = Outcome::kSuccess) {
  RunSection run = Section(outcome, {std::move(line)});
  run.cluster_backup = ClusterBackupAtClosing{
      .backup = {.uploaded = kNight - 2 * kDay}, .read_at = kNight, .target = 3 * kDay};
  return run;
}

TEST_CASE("when the cluster backup was last uploaded is among the facts",
          "[report][cluster_backup]") {
  RunSection run = Saved();
  const RenderedReport words = Written(run);
  CHECK_THAT(OnOneLine(words.text),
             Contains("Cluster backup: last uploaded Fri 20 Nov 2026, 02:14 CET (2 days ago)") &&
                 !Contains("cannot be rebuilt"));
  CHECK_THAT(words.subject, Contains("Backup completed"));
  run.cluster_backup->trouble = ErrorCode::kTimeout;
  CHECK_THAT(OnOneLine(Written(run).text),
             Contains("Cluster backup: last uploaded Fri 20 Nov 2026, 02:14 CET (2 days ago), as "
                      "far as is known"));
  run.cluster_backup.reset();
  CHECK_THAT(Written(run).text, !Contains("upload"));
}

TEST_CASE("a cluster backup that was not uploaded is in the lead and in the head",
          "[report][cluster_backup]") {
  const bool good = GENERATE(true, false);
  RunSection run = good ? Saved() : Saved(Line("mail1", Verdict::kFailed), Outcome::kRepoFailure);
  run.cluster_backup->backup.failed = ClusterUpload{kNight - seconds{60}, false, "no room"};
  const RenderedReport words = Written(run);
  CHECK_THAT(OnOneLine(words.text),
             Contains("cannot be rebuilt, was not uploaded (Sun 22 Nov 2026, 02:13 CET): no room. "
                      "It was last uploaded Fri 20 Nov 2026, 02:14 CET (2 days ago).") &&
                 Contains("For the cluster's own backup:"));
  CHECK_THAT(words.subject, Contains(good ? "Backup not confirmed" : "Backup failed"));
  CHECK_THAT(OnOneLine(Written(run, Language::kItalian).text),
             Contains("non è stato caricato") && Contains("L'ultimo caricamento è avvenuto"));
  run.cluster_backup->backup.uploaded.reset();
  CHECK_THAT(OnOneLine(Written(run).text), Contains("No earlier upload of it is known."));
  SECTION("not where the log could not be read since") {
    run.cluster_backup->trouble = ErrorCode::kTimeout;
    CHECK_THAT(Written(run).text, !Contains("was not uploaded"));
  }
  SECTION("nor where it was not read") {
    run.cluster_backup->read_at.reset();
    CHECK_THAT(Written(run).text, !Contains("was not uploaded"));
  }
}

TEST_CASE("a cluster backup that is too old is in the lead and in the head",
          "[report][cluster_backup]") {
  const auto [age, over] =
      GENERATE(table<seconds, bool>({{3 * kDay, false}, {3 * kDay + seconds{1}, true}}));
  RunSection run = Saved();
  run.cluster_backup->backup.uploaded = kNight - age;
  const auto says = [&](const RunSection& section) {
    return OnOneLine(Written(section).text)
               .find("has not been uploaded to this destination since Thu 19 Nov") !=
           std::string::npos;
  };
  CHECK(says(run) == over);
  CHECK((Written(run).text.find("check that the leader was on") != std::string::npos) == over);
  CHECK_THAT(Written(run).subject, Contains(over ? "Backup not confirmed" : "Backup completed"));
  SECTION("not where the log could not be read since") {
    run.cluster_backup->trouble = ErrorCode::kUnavailable;
    CHECK_FALSE(says(run));
  }
  SECTION("nor without a target") {
    run.cluster_backup->target.reset();
    CHECK_FALSE(says(run));
  }
  SECTION("also of a run that was missed") {
    run.outcome = Outcome::kMissed;
    run.origin = RunOrigin::kSchedule;
    run.schedule.due = kNight - kDay;
    run.schedule.answer_by = kNight;
    CHECK(says(run) == over);
  }
}

TEST_CASE("that no upload is known is said on request", "[report][cluster_backup]") {
  RunSection run = Saved();
  run.destination_name = "NAS";
  run.cluster_backup->backup.uploaded.reset();
  CHECK_THAT(Written(run).text, !Contains("cluster's own backup"));
  run.plan_now = PlanStatus{};
  CHECK_THAT(OnOneLine(Written(run).text),
             Contains("It is not known when the cluster's own backup was last uploaded to NAS: the "
                      "cluster's log contains no upload of it."));
  run.cluster_backup->trouble = ErrorCode::kDenied;
  CHECK_THAT(OnOneLine(Written(run).text),
             Contains("to NAS: the cluster's log could not be read."));
}

}  // namespace
}  // namespace backup_monitor::report
