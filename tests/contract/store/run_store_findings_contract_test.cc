// What checks of repositories found, and the reports that wait for them.

#include "catch.h"
#include "contract/store/run_equality.h"
#include "contract/store/samples.h"
#include "fakes/temporary_store.h"

namespace backup_monitor::testing {
namespace {

Finding FullFinding() {
  Finding finding;
  finding.probed_at = At(2000);
  finding.newest = Snapshot{At(1700), "beef", 0xFFFF'FFFF'FFFF'FFFF};
  finding.of_run = Snapshot{At(1200), "a2a4", 77};
  finding.cause = ProbeCause::kLocked;
  finding.words = "repository is already locked by \xff";
  finding.complete = false;
  return finding;
}

Finding Refused(ProbeCause cause) {
  Finding finding;
  finding.probed_at = At(2000);
  finding.cause = cause;
  return finding;
}

/// A closed run with one record with errors.
Run FailedRun(std::int64_t id = 7, std::int64_t begin = 1000) {
  Run run = ClosedRun(id, "1", begin, Outcome::kRepoFailure);
  AddModule(run, "mail1", Verdict::kFailed);
  run.modules.at(ModuleId{"mail1"}).record = RecordOf("1", "mail1", begin, begin + 500, 2);
  return run;
}

/// Keeps a finding of the run's only record, in a transaction of its own.
void Keep(store::RunStore& store, const Run& run, const Finding& finding) {
  auto transaction = store.Begin().value();
  REQUIRE(transaction->Keep(run.modules.begin()->second.record->record.key(), finding));
  REQUIRE(transaction->Commit());
}

PostponedReport Postpone(store::RunStore& store, Announcement announcement, std::int64_t since) {
  PostponedReport postponed{PostponedId{}, std::move(announcement), At(since)};
  auto transaction = store.Begin().value();
  postponed.id = transaction->Postpone(postponed).value();
  REQUIRE(transaction->Commit());
  return postponed;
}

std::vector<PostponedReport> Postponed(store::RunStore& store) {
  return store.Begin().value()->Postponed().value();
}

TEST_CASE("every part of a finding comes back with its record, wherever that is shown", "[store]") {
  TemporaryStore store;
  Run run = FailedRun();
  Run overlapping = ClosedRun(8, "1", 1100, Outcome::kRepoFailure);
  overlapping.modules[ModuleId{"mail1"}].borrowed = run.modules.at(ModuleId{"mail1"}).record;
  REQUIRE(Save(store->runs(), run));
  REQUIRE(Save(store->runs(), overlapping));
  Keep(store->runs(), run, FullFinding());

  store.Reopen();

  run.modules.at(ModuleId{"mail1"}).record->finding = FullFinding();
  overlapping.modules.at(ModuleId{"mail1"}).borrowed->finding = FullFinding();
  CheckSame(store->archive().Read(RunId{7}).value(), run);
  CheckSame(store->runs().Begin().value()->Read(RunId{8}).value(), overlapping);
  CheckSame(store->runs().Load(At(2100))->runs.at(RunId{7}), run);
}

TEST_CASE("what is not known of a finding comes back as not known", "[store]") {
  TemporaryStore store;
  Run run = FailedRun();
  REQUIRE(Save(store->runs(), run));
  Finding finding;
  finding.probed_at = At(2000);
  SECTION("an empty repository") {}
  SECTION("an old snapshot without a size") { finding.newest = Snapshot{At(5), "", std::nullopt}; }
  SECTION("a cause") {
    finding.cause = GENERATE(
        ProbeCause::kUnreachable, ProbeCause::kLocked, ProbeCause::kWrongKey,
        ProbeCause::kNoRepository, ProbeCause::kDamaged, ProbeCause::kTimeout, ProbeCause::kDenied,
        ProbeCause::kCertificate, ProbeCause::kFull, ProbeCause::kHostKey, ProbeCause::kDamagedLock,
        ProbeCause::kNotStarted, ProbeCause::kIncomplete, ProbeCause::kUnknown);
  }
  Keep(store->runs(), run, finding);
  CHECK(store->archive().Read(RunId{7})->modules.at(ModuleId{"mail1"}).record->finding == finding);
}

TEST_CASE("the first finding of a record stays, whatever is saved later", "[store]") {
  TemporaryStore store;
  Run run = FailedRun();
  REQUIRE(Save(store->runs(), run));
  Keep(store->runs(), run, FullFinding());

  Keep(store->runs(), run, Refused(ProbeCause::kTimeout));
  RunChanges again;  // the record as NS8 still has it, which knows of no finding
  again.runs.emplace(run.id, run);
  again.records.push_back({*run.modules.at(ModuleId{"mail1"}).record, run.id});
  REQUIRE(Save(store->runs(), again));

  CHECK(store->archive().Read(RunId{7})->modules.at(ModuleId{"mail1"}).record->finding ==
        FullFinding());
}

TEST_CASE("a finding of a record that is not stored goes nowhere", "[store]") {
  TemporaryStore store;
  Keep(store->runs(), FailedRun(), FullFinding());
  CHECK(store->archive().Read(RunId{7}).error().code == ErrorCode::kNotFound);
}

TEST_CASE("the history tells the newest snapshot of the last look that could read", "[store]") {
  TemporaryStore store;
  const auto newest = [&] {
    return store->runs()
        .Begin()
        .value()
        ->HistoryOf(FailedRun(9, 9000), At(1'000'000))
        ->modules.at(ModuleId{"mail1"})
        .newest_snapshot;
  };
  for (std::int64_t id : {1, 2, 3}) REQUIRE(Save(store->runs(), FailedRun(id, id * 1000)));
  CHECK_FALSE(newest());
  Finding found;
  found.probed_at = At(1600);
  found.newest = Snapshot{At(400), "a", {}};
  Keep(store->runs(), FailedRun(1, 1000), found);
  CHECK(newest() == At(400));
  Finding refused = Refused(ProbeCause::kUnreachable);
  refused.probed_at = At(2600);
  Keep(store->runs(), FailedRun(2, 2000), refused);
  CHECK(newest() == At(400));
  Finding emptied;
  emptied.probed_at = At(3600);
  Keep(store->runs(), FailedRun(3, 3000), emptied);
  CHECK_FALSE(newest());
}

TEST_CASE("postponed reports outlive a restart, oldest first", "[store]") {
  TemporaryStore store;
  Alert alert;
  alert.labels = {{"id", "1"}, {"name", "nightly \xff"}};
  alert.starts_at = At(990);
  const PostponedReport first =
      Postpone(store->runs(), {Announcement::Kind::kFinal, {RunId{9}, RunId{7}}, alert}, 1600);
  const PostponedReport second =
      Postpone(store->runs(), {Announcement::Kind::kUpdate, {RunId{8}}, {}}, 1500);
  CHECK(first.id != second.id);

  store.Reopen();

  const auto postponed = Postponed(store->runs());
  REQUIRE(postponed.size() == 2);
  CHECK(postponed[0].id == first.id);
  CHECK(postponed[0].since == At(1600));
  CHECK(postponed[0].announcement.kind == Announcement::Kind::kFinal);
  CHECK(postponed[0].announcement.runs == std::vector<RunId>{RunId{9}, RunId{7}});
  REQUIRE(postponed[0].announcement.alert);
  CHECK(postponed[0].announcement.alert->labels == alert.labels);
  CHECK(postponed[0].announcement.alert->starts_at == At(990));
  CHECK(postponed[1].announcement.kind == Announcement::Kind::kUpdate);
  CHECK(postponed[1].announcement.runs == std::vector<RunId>{RunId{8}});
  CHECK_FALSE(postponed[1].announcement.alert);
}

TEST_CASE("a report that is released is postponed no more", "[store]") {
  TemporaryStore store;
  const PostponedReport first =
      Postpone(store->runs(), {Announcement::Kind::kFinal, {RunId{7}}, {}}, 1600);
  const PostponedReport second =
      Postpone(store->runs(), {Announcement::Kind::kFinal, {RunId{8}}, {}}, 1700);
  {
    auto transaction = store->runs().Begin().value();
    REQUIRE(transaction->Release(first.id));
    CHECK(transaction->Postponed()->size() == 1);
  }
  CHECK(Postponed(store->runs()).size() == 2);  // not committed: nothing happened
  auto transaction = store->runs().Begin().value();
  REQUIRE(transaction->Release(first.id));
  REQUIRE(transaction->Commit());
  transaction.reset();
  REQUIRE(Postponed(store->runs()).size() == 1);
  CHECK(Postponed(store->runs()).front().id == second.id);
}

}  // namespace
}  // namespace backup_monitor::testing
