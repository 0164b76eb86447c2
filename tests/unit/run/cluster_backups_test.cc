// What is known of the cluster's own backup, and of which runs.

#include "run/cluster_backups.h"

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;

UploadReading Reading(Time at, std::vector<PlanUpload> uploads = {},
                      std::optional<ErrorCode> trouble = {}) {
  return {.read_at = at, .trouble = trouble, .uploads = std::move(uploads)};
}
PlanUpload Uploaded(const char* plan, std::string_view at) {
  return {PlanId{plan}, {At(at), true}};
}

/// Two plans to one destination, and one to another. Each has run once.
Night ThreePlans() {
  Night night{WithLog()};
  for (const auto& [plan, destination] :
       {std::pair{"daily", "nas"}, {"weekly", "nas"}, {"cloud", "b2"}}) {
    night.HasPlan(plan, {"a"});
    night.cluster().plans.at(PlanId{plan}).destination_id = destination;
    night.CleanRun(plan, "1 01:00");
  }
  return night;
}

const Run& NewestOf(const Night& night, const char* plan) {
  const Run* newest = nullptr;
  for (const auto& [id, run] : night.tracker().memory().runs) {
    if (run.plan == PlanId{plan}) newest = &run;
  }
  return *newest;
}

const ClusterBackupAtClosing* BackupOf(const Night& night, const char* plan) {
  const Run& newest = NewestOf(night, plan);
  return newest.cluster_backup ? &*newest.cluster_backup : nullptr;
}

TEST_CASE("an upload counts for every plan to its destination", "[run][cluster_backup]") {
  Night night = ThreePlans();
  night.Reads(Reading(night.now(), {Uploaded("weekly", "1 01:00"), Uploaded("gone", "1 02:00")}));
  CHECK(BackupOf(night, "daily")->backup.uploaded == At("1 01:00"));
  CHECK(BackupOf(night, "weekly")->backup.uploaded == At("1 01:00"));
  CHECK_FALSE(BackupOf(night, "cloud")->backup.uploaded);
  CHECK(BackupOf(night, "cloud")->read_at == night.now());
  CHECK(night.tracker().memory().uploads.by_destination.size() == 1);
}

TEST_CASE("a run shows what was known at the first reading after it closed",
          "[run][cluster_backup]") {
  Night night = ThreePlans();
  const Time closed = night.now();
  CHECK_FALSE(BackupOf(night, "cloud")->read_at);
  CHECK(NewestOf(night, "cloud").awaits_cluster_backup());
  SECTION("not by an earlier one") {
    night.Reads(Reading(closed - seconds{1}, {Uploaded("cloud", "1 00:30")}));
    CHECK(NewestOf(night, "cloud").awaits_cluster_backup());
  }
  night.Reads(Reading(closed, {Uploaded("cloud", "1 01:00")}));
  CHECK_FALSE(NewestOf(night, "cloud").awaits_cluster_backup());
  night.Reads(Reading(closed + seconds{1}, {Uploaded("cloud", "1 01:01")}));
  CHECK(BackupOf(night, "cloud")->backup.uploaded == At("1 01:00"));

  SECTION("and the next one what is known when it closes") {
    night.CleanRun("cloud", "2 01:00");
    CHECK(BackupOf(night, "cloud")->backup.uploaded == At("1 01:01"));
    CHECK(NewestOf(night, "cloud").awaits_cluster_backup());
  }
}

TEST_CASE("a reading says nothing of a run that closed over an hour before",
          "[run][cluster_backup]") {
  const auto [later, known] =
      GENERATE(table<seconds, bool>({{hours{1}, true}, {hours{1} + seconds{1}, false}}));
  Night night = ThreePlans();
  night.Reads(Reading(night.now() + later, {Uploaded("cloud", "1 01:00")}));
  CHECK(BackupOf(night, "cloud")->read_at.has_value() == known);
}

TEST_CASE("one without an answer keeps what was known, and says so", "[run][cluster_backup]") {
  Night night = ThreePlans();
  night.Reads(Reading(night.now(), {Uploaded("cloud", "1 01:00")}));
  night.CleanRun("cloud", "2 01:00");
  night.Reads(Reading(night.now(), {}, ErrorCode::kTimeout));
  CHECK(BackupOf(night, "cloud")->backup.uploaded == At("1 01:00"));
  CHECK(BackupOf(night, "cloud")->trouble == ErrorCode::kTimeout);
  CHECK_FALSE(NewestOf(night, "cloud").awaits_cluster_backup());
  CHECK(night.tracker().memory().uploads.known_to < night.now());
}

TEST_CASE("it may be as old as the plan's data", "[run][cluster_backup]") {
  run::RunRules rules = WithLog();
  rules.recovery_targets[PlanId{"daily"}] = hours{30};
  Night night{rules};
  night.HasPlan("daily", {"a"});
  night.cluster().plans.at(PlanId{"daily"}).destination_id = "nas";
  night.CleanRun("daily", "1 01:00");
  night.Reads(Reading(night.now()));
  CHECK(BackupOf(night, "daily")->target == hours{30});
}

TEST_CASE("what is known outlives a restart", "[run][cluster_backup]") {
  Night night = ThreePlans();
  night.Reads(Reading(night.now(), {Uploaded("cloud", "1 01:00")}));
  const Time read = night.now();
  night.Restart();
  const ClusterUploads& uploads = night.tracker().memory().uploads;
  CHECK(uploads.known_to == read);
  CHECK(uploads.by_destination.at("b2").uploaded == At("1 01:00"));
}

TEST_CASE("of many destinations the one tried the longest ago is forgotten",
          "[run][cluster_backup]") {
  ClusterUploads uploads;
  std::map<PlanId, std::string> destinations;
  UploadReading reading;
  for (std::size_t i = 0; i <= ClusterUploads::kMostDestinations; ++i) {
    const PlanId plan{std::to_string(i)};
    destinations.emplace(plan, "d" + std::to_string(i));
    reading.uploads.push_back({plan, {At("1 01:00") + seconds{i == 7 ? -1 : 1}, i % 2 == 0}});
  }
  run::Take(reading, destinations, uploads);
  CHECK(uploads.by_destination.size() == ClusterUploads::kMostDestinations);
  CHECK_FALSE(uploads.by_destination.contains("d7"));
}

}  // namespace
}  // namespace backup_monitor::testing
