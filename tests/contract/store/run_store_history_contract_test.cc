
#include "catch.h"
#include "contract/store/samples.h"
#include "fakes/temporary_store.h"
#include "run_states.h"

namespace backup_monitor::testing {
namespace {

PlanHistory HistoryOf(TemporaryStore& store, const Run& run, Time as_of = At(1'000'000)) {
  auto transaction = store->runs().Begin().value();
  return transaction->HistoryOf(run, as_of).value();
}

/// A run of `module` under plan 1 with one verdict.
Run Judged(std::int64_t id, std::int64_t begin, Outcome outcome, const std::string& module,
           Verdict verdict) {
  Run run = ClosedRun(id, "1", begin, outcome);
  AddModule(run, module, verdict);
  return run;
}

Run Tonight(const std::vector<std::string>& modules) {
  Run run = ClosedRun(100, "1", 10'000, Outcome::kPartial);
  for (const std::string& module : modules) AddModule(run, module, Verdict::kFailed);
  return run;
}

TEST_CASE("the history goes back to the first success, newest first", "[store]") {
  TemporaryStore store;
  Run middle = Judged(2, 2000, Outcome::kPartial, "mail1", Verdict::kFailed);
  AddModule(middle, "samba1", Verdict::kSucceeded);
  AddModule(middle, "dns1", Verdict::kNotFinished);
  middle.modules[ModuleId{"gone1"}].expected = true;  // did not count: no verdict
  middle.modules[ModuleId{"mail1"}].record = RecordOf("1", "mail1", 2000, 2222, 1);
  for (const Run& run : {Judged(1, 1000, Outcome::kRepoFailure, "mail1", Verdict::kFailed),
                         Judged(5, 1500, Outcome::kSuccess, "mail1", Verdict::kSucceeded), middle,
                         Judged(3, 3000, Outcome::kIncomplete, "mail1", Verdict::kNeverRan)}) {
    REQUIRE(Save(store->runs(), run));
  }

  const PlanHistory history = HistoryOf(store, Tonight({}));

  REQUIRE(history.runs_before.size() == 3);
  CHECK(history.runs_before[0].id == RunId{3});
  const PastRun& past = history.runs_before[1];
  CHECK(past.id == RunId{2});
  CHECK(past.begin == At(2000));
  CHECK(past.end == At(2222));
  CHECK(past.outcome == Outcome::kPartial);
  CHECK(past.not_succeeded == std::map<ModuleId, Verdict>{{ModuleId{"dns1"}, Verdict::kNotFinished},
                                                          {ModuleId{"mail1"}, Verdict::kFailed}});
  CHECK(history.runs_before[2].id == RunId{5});
  CHECK(history.runs_before[2].not_succeeded.empty());
}

TEST_CASE("only closed runs of the plan that began before count", "[store]") {
  TemporaryStore store;
  Run open = Judged(1, 1000, Outcome::kPartial, "mail1", Verdict::kFailed);
  SetClosed(open, std::nullopt);
  Run other = Judged(2, 2000, Outcome::kPartial, "mail1", Verdict::kFailed);
  other.plan = PlanId{"2"};
  Run same = Tonight({"mail1"});
  for (const Run& run :
       {open, other, same, Judged(3, 10'000, Outcome::kPartial, "mail1", Verdict::kFailed),
        Judged(4, 9'999, Outcome::kPartial, "mail1", Verdict::kFailed),
        Judged(5, 10'001, Outcome::kPartial, "mail1", Verdict::kFailed)}) {
    REQUIRE(Save(store->runs(), run));
  }

  const PlanHistory history = HistoryOf(store, same);

  REQUIRE(history.runs_before.size() == 1);
  CHECK(history.runs_before[0].id == RunId{4});
  CHECK(history.modules.at(ModuleId{"mail1"}).before.total() == 1);
}

TEST_CASE("a module's failures in a row skip runs without it and end at its success", "[store]") {
  TemporaryStore store;
  const std::vector<Run> runs{
      Judged(1, 1000, Outcome::kPartial, "mail1", Verdict::kFailed),
      Judged(2, 2000, Outcome::kPartial, "mail1", Verdict::kSucceeded),
      Judged(3, 3000, Outcome::kPartial, "mail1", Verdict::kSavedWithErrors),
      Judged(4, 4000, Outcome::kSuccess, "other1", Verdict::kSucceeded),
      Judged(5, 5000, Outcome::kIncomplete, "mail1", Verdict::kNotFinished),
      Judged(6, 6000, Outcome::kPartial, "good1", Verdict::kFailed),
      Judged(7, 7000, Outcome::kSuccess, "good1", Verdict::kSucceeded)};
  for (const Run& run : runs) REQUIRE(Save(store->runs(), run));

  const PlanHistory history = HistoryOf(store, Tonight({"mail1", "good1", "other1", "new1"}));

  REQUIRE(history.modules.size() == 4);
  CHECK(history.modules.at(ModuleId{"mail1"}).before.total() == 2);  // across a SUCCESS without it
  CHECK(history.modules.at(ModuleId{"good1"}).before.total() == 0);
  CHECK(history.modules.at(ModuleId{"other1"}).before.total() == 0);
  CHECK(history.modules.at(ModuleId{"new1"}).before.total() == 0);
}

TEST_CASE("an old run sees only what began before it", "[store]") {
  TemporaryStore store;
  for (const Run& run : {Judged(1, 1000, Outcome::kPartial, "mail1", Verdict::kFailed),
                         Judged(2, 2000, Outcome::kPartial, "mail1", Verdict::kFailed),
                         Judged(3, 3000, Outcome::kSuccess, "mail1", Verdict::kSucceeded)}) {
    REQUIRE(Save(store->runs(), run));
  }

  const auto history =
      HistoryOf(store, Judged(2, 2000, Outcome::kPartial, "mail1", Verdict::kFailed));

  CHECK(history.runs_before.size() == 1);
  CHECK(history.modules.at(ModuleId{"mail1"}).before.total() == 1);
}

TEST_CASE("last good backup, duration and size come from the module's records", "[store]") {
  TemporaryStore store;
  SeenRecord sized = RecordOf("1", "mail1", 1000, 1100);
  sized.record.restore_bytes = 4096;
  SeenRecord unsized = RecordOf("1", "mail1", 2000, 2050);
  SeenRecord failed = RecordOf("1", "mail1", 3000, 3007, 1);
  failed.record.restore_bytes = 1;  // NS8 repeats an earlier snapshot's
  SeenRecord mine = RecordOf("1", "mail1", 10'000, 10'500);
  mine.record.restore_bytes = 2;
  SeenRecord other_plan = RecordOf("2", "mail1", 9000, 9500);
  RunChanges changes;
  for (const SeenRecord& seen : {sized, unsized, failed})
    changes.records.push_back({seen, RunId{}});
  changes.records.push_back({other_plan, RunId{}});
  REQUIRE(Save(store->runs(), changes));

  const Run tonight = Tonight({"mail1", "new1"});
  const auto before = HistoryOf(store, tonight).modules.at(ModuleId{"mail1"});
  CHECK(before.last_good == At(2050));
  CHECK(before.previous_duration == seconds{7});
  CHECK(before.previous_size_bytes == 4096U);
  const auto unknown = HistoryOf(store, tonight).modules.at(ModuleId{"new1"});
  CHECK_FALSE(unknown.last_good);
  CHECK_FALSE(unknown.previous_duration);
  CHECK_FALSE(unknown.previous_size_bytes);

  changes = {};
  changes.records = {{mine, RunId{100}}};
  REQUIRE(Save(store->runs(), changes));
  const auto after = HistoryOf(store, tonight).modules.at(ModuleId{"mail1"});
  CHECK(after.last_good == At(10'500));
  CHECK(after.previous_duration == seconds{7});
  CHECK(after.previous_size_bytes == 4096U);
}

/// A run of plan 2 to `destination` with one record of mail1 without errors.
Run OfOtherPlan(const std::string& destination) {
  Run run = ClosedRun(50, "2", 9000, Outcome::kSuccess);
  run.plan_name = "Weekly";
  run.destination_id = destination;
  AddModule(run, "mail1", Verdict::kSucceeded);
  run.modules[ModuleId{"mail1"}].record = RecordOf("2", "mail1", 9000, 9500);
  return run;
}

Run ToNas(Run run) {
  run.destination_id = "nas";
  return run;
}

bool SaveWithRecord(TemporaryStore& store, const Run& run) {
  RunChanges changes;
  changes.runs.emplace(run.id, run);
  for (const auto& [id, module] : run.modules) changes.records.push_back({*module.record, run.id});
  return Save(store->runs(), changes);
}

TEST_CASE(
    "a good backup of another plan counts where both go to one destination, and says whose it is",
    "[store]") {
  TemporaryStore store;
  REQUIRE(SaveWithRecord(store, OfOtherPlan("nas")));
  const auto of = [&](const Run& run) {
    return HistoryOf(store, run).modules.at(ModuleId{"mail1"});
  };

  CHECK(of(ToNas(Tonight({"mail1"}))).last_good == At(9500));
  CHECK(of(ToNas(Tonight({"mail1"}))).last_good_plan == "Weekly");
  CHECK_FALSE(of(Tonight({"mail1"})).last_good);  // the plan's destination is not known
  Run elsewhere = Tonight({"mail1"});
  elsewhere.destination_id = "b2";
  CHECK_FALSE(of(elsewhere).last_good);
  CHECK_FALSE(of(ToNas(Tonight({"mail1"}))).previous_duration);  // the plan's own

  RunChanges own;
  own.records.push_back({RecordOf("1", "mail1", 9400, 9500), RunId{}});
  REQUIRE(Save(store->runs(), own));
  CHECK(of(ToNas(Tonight({"mail1"}))).last_good_plan.empty());  // as new as its own
}

TEST_CASE("of a record without a run it is not known where it went", "[store]") {
  TemporaryStore store;
  REQUIRE(SaveWithRecord(store, OfOtherPlan("nas")));
  RunChanges history;
  history.records.push_back({RecordOf("2", "mail1", 9600, 9700), RunId{}});
  REQUIRE(Save(store->runs(), history));

  CHECK(HistoryOf(store, ToNas(Tonight({"mail1"}))).modules.at(ModuleId{"mail1"}).last_good ==
        At(9500));
}

TEST_CASE("a record that counts no snapshot is no good backup", "[store]") {
  TemporaryStore store;
  SeenRecord empty = RecordOf("1", "mail1", 2000, 2050);
  empty.record.restore_bytes = 0;
  empty.record.snapshot_count = 0;
  RunChanges changes;
  for (const SeenRecord& seen : {RecordOf("1", "mail1", 1000, 1100), empty})
    changes.records.push_back({seen, RunId{}});
  REQUIRE(Save(store->runs(), changes));

  CHECK(HistoryOf(store, Tonight({"mail1"})).modules.at(ModuleId{"mail1"}).last_good == At(1100));
}

TEST_CASE("everything is as it was at the moment asked for", "[store]") {
  TemporaryStore store;
  RunChanges changes;
  for (const std::int64_t begin : {1000, 2000}) {
    SeenRecord seen = RecordOf("1", "mail1", begin, begin + 100);
    changes.records.push_back({seen, RunId{}});
  }
  REQUIRE(Save(store->runs(), changes));
  auto transaction = store->runs().Begin().value();
  for (const std::int64_t begin : {1000, 2000}) {
    Finding finding;
    finding.probed_at = At(begin + 500);
    finding.newest = Snapshot{At(begin + 50), "a", {}};
    REQUIRE(transaction->Keep(RecordKey{PlanId{"1"}, ModuleId{"mail1"}, At(begin)}, finding));
  }
  REQUIRE(transaction->Commit());
  const auto at = [&](std::int64_t moment) {
    return HistoryOf(store, Tonight({"mail1"}), At(moment)).modules.at(ModuleId{"mail1"});
  };

  CHECK_FALSE(at(1099).last_good);
  CHECK(at(1100).last_good == At(1100));
  CHECK(at(2099).last_good == At(1100));
  CHECK(at(2100).last_good == At(2100));
  CHECK_FALSE(at(1499).newest_snapshot);
  CHECK(at(1500).newest_snapshot == At(1050));
  CHECK(at(2499).newest_snapshot == At(1050));
  CHECK(at(2500).newest_snapshot == At(2050));
}

TEST_CASE("the verdicts of a module's row are told by kind, and its number of files", "[store]") {
  TemporaryStore store;
  for (const Run& run : {Judged(1, 1000, Outcome::kPartial, "mail1", Verdict::kSavedWithErrors),
                         Judged(2, 2000, Outcome::kIncomplete, "mail1", Verdict::kNotFinished),
                         Judged(3, 3000, Outcome::kPartial, "mail1", Verdict::kFailed)}) {
    REQUIRE(Save(store->runs(), run));
  }
  SeenRecord counted = RecordOf("1", "mail1", 500, 600);
  counted.record.file_count = 12;
  RunChanges changes;
  changes.records.push_back({counted, RunId{}});
  REQUIRE(Save(store->runs(), changes));

  const auto history = HistoryOf(store, Tonight({"mail1"})).modules.at(ModuleId{"mail1"});
  CHECK(history.before == Episode{.failed = 1, .with_snapshot = 1, .without_result = 1});
  CHECK(history.previous_file_count == 12U);
}

TEST_CASE("a run whose report waits is being checked", "[store]") {
  TemporaryStore store;
  REQUIRE(Save(store->runs(), Tonight({"mail1"})));
  CHECK_FALSE(HistoryOf(store, Tonight({"mail1"})).being_checked);
  auto transaction = store->runs().Begin().value();
  REQUIRE(transaction->Postpone({{}, {Announcement::Kind::kFinal, {RunId{100}}, {}}, At(10'700)}));
  REQUIRE(transaction->Commit());
  CHECK(HistoryOf(store, Tonight({"mail1"})).being_checked);
}

}  // namespace
}  // namespace backup_monitor::testing
