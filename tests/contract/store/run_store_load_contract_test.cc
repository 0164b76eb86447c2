
#include "catch.h"
#include "contract/store/samples.h"
#include "fakes/temporary_store.h"
#include "run_states.h"

namespace backup_monitor::testing {
namespace {

constexpr std::int64_t kNow = 10'000'000;
constexpr std::int64_t kEightDays = 8 * 86'400;

RecordKey KeyOf(const SeenRecord& seen) { return seen.record.key(); }

TEST_CASE("an empty store remembers nothing", "[store]") {
  TemporaryStore store;
  const auto memory = store->runs().Load(At(kNow));
  REQUIRE(memory);
  CHECK(memory->runs.empty());
  CHECK(memory->seen.empty());
  CHECK_FALSE(memory->last_look);
  CHECK(memory->newest_run == RunId{});
}

TEST_CASE("which due moments of a plan count is remembered, and what is not watched is forgotten",
          "[store][due]") {
  TemporaryStore store;
  PlanWatch full{
      "*-*-* 02:00 \xff", At(10), At(20), DueCount{3, At(11), At(13)}, At(14), At(15), true};
  PlanWatch fresh{"daily", At(30), At(40), std::nullopt, std::nullopt, std::nullopt, false};
  RunChanges changes;
  changes.watches = {{PlanId{"1"}, full}, {PlanId{"gone"}, fresh}};
  REQUIRE(Save(store->runs(), changes));
  changes.watches = {{PlanId{"1"}, full}, {PlanId{"2"}, fresh}};
  REQUIRE(Save(store->runs(), changes));
  REQUIRE(Save(store->runs(), RunChanges{}));  // a step that changes none keeps them

  store.Reopen();

  const auto memory = store->runs().Load(At(kNow));
  REQUIRE(memory);
  CHECK((memory->watches == *changes.watches));
}

TEST_CASE("what reports have said of modules is remembered", "[store]") {
  TemporaryStore store;
  const ModuleWatch full{At(-11), "14030a59 \xff", At(-10), true};
  RunChanges changes;
  changes.module_watches = {{ModuleId{"mail1"}, full}, {ModuleId{"gone1"}, full}};
  REQUIRE(Save(store->runs(), changes));
  changes.module_watches = {{ModuleId{"mail1"}, full},
                            {ModuleId{"web1"}, {std::nullopt, "", std::nullopt, false}}};
  REQUIRE(Save(store->runs(), changes));
  REQUIRE(Save(store->runs(), RunChanges{}));  // a step that changes none keeps them

  store.Reopen();

  const auto memory = store->runs().Load(At(kNow));
  REQUIRE(memory);
  CHECK((memory->module_watches == *changes.module_watches));
}

TEST_CASE("of each plan the newest run of a due moment is remembered", "[store][due]") {
  TemporaryStore store;
  const auto closed = [](std::int64_t id, std::int64_t at, std::optional<std::int64_t> due) {
    Run run = ClosedRun(id, "1", at, Outcome::kSuccess);
    SetClosed(run, At(at + 10));
    if (due) run.due = RunDue{At(*due), {}};
    return run;
  };
  for (const Run& run : {closed(1, 5000, 5000), closed(2, 4000, 6000), closed(3, 3000, 4000),
                         closed(4, 7000, std::nullopt)}) {
    REQUIRE(Save(store->runs(), run));
  }
  const auto memory = store->runs().Load(At(kNow));
  REQUIRE(memory);
  std::vector<int> ids;
  for (const auto& [id, run] : memory->runs) ids.push_back(static_cast<int>(id));
  CHECK(ids == std::vector<int>{2, 4});
}

TEST_CASE("open runs, recent ones and each plan's newest closed one are remembered", "[store]") {
  TemporaryStore store;
  const std::int64_t edge = kNow - kEightDays;
  const auto closed = [](std::int64_t id, const std::string& plan, std::int64_t at) {
    Run run = ClosedRun(id, plan, at - 600, Outcome::kSuccess);
    SetClosed(run, At(at));
    return run;
  };
  Run open = closed(1, "1", edge - 5000);
  SetClosed(open, std::nullopt);
  for (const Run& run :
       {open, closed(2, "1", edge - 2), closed(3, "1", edge - 1), closed(4, "1", edge),
        closed(5, "2", edge - 9000), closed(6, "2", edge - 9001)}) {
    REQUIRE(Save(store->runs(), run));
  }

  const auto memory = store->runs().Load(At(kNow));

  REQUIRE(memory);
  std::vector<int> ids;
  for (const auto& [id, run] : memory->runs) ids.push_back(static_cast<int>(id));
  CHECK(ids == std::vector<int>{1, 4, 5});
  CHECK(memory->newest_run == RunId{6});
}

TEST_CASE("keys of records are remembered while the state machine needs them", "[store]") {
  TemporaryStore store;
  const std::int64_t edge = kNow - kEightDays;
  SeenRecord future = RecordOf("1", "future1", 2'000'000'000, 500);
  future.started = future.ended = future.seen_at = At(500);
  const SeenRecord later = RecordOf("1", "future1", 600, 700);
  const SeenRecord long_ago = RecordOf("1", "mail1", edge - 300, edge - 200);
  const SeenRecord just_out = RecordOf("1", "mail1", edge - 100, edge - 1);
  const SeenRecord just_in = RecordOf("1", "samba1", edge - 50, edge);
  const SeenRecord newest = RecordOf("1", "samba1", edge - 60, edge - 30);
  RunChanges changes;
  for (const SeenRecord& seen : {future, later, long_ago, just_out, just_in, newest}) {
    changes.records.push_back({seen, RunId{}});
  }
  REQUIRE(Save(store->runs(), changes));

  const auto memory = store->runs().Load(At(kNow));

  REQUIRE(memory);
  // The last seen of a module counts as still in Redis, whatever its times.
  CHECK(memory->seen ==
        std::set{KeyOf(future), KeyOf(later), KeyOf(just_out), KeyOf(just_in), KeyOf(newest)});
}

TEST_CASE("a record keeps its run when it comes back as history", "[store]") {
  TemporaryStore store;
  const SeenRecord seen = RecordOf("1", "mail1", 1000, 1100);
  SeenRecord again = seen;
  again.seen_at = At(kNow);
  Run run = ClosedRun(1, "1", 1000, Outcome::kSuccess);
  run.modules[ModuleId{"mail1"}].record = seen;
  RunChanges changes;
  changes.runs.emplace(run.id, run);
  changes.records = {{seen, RunId{1}}};
  REQUIRE(Save(store->runs(), changes));

  changes = {};
  changes.records = {{RecordOf("1", "mail1", 2000, 2100), RunId{}}, {again, RunId{}}};
  REQUIRE(Save(store->runs(), changes));

  const auto memory = store->runs().Load(At(kNow));
  REQUIRE(memory);
  CHECK(memory->runs.at(RunId{1}).modules.at(ModuleId{"mail1"}).record == seen);
  REQUIRE(memory->history.at(PlanId{"1"}).size() == 1);
  CHECK(memory->seen.contains(KeyOf(seen)));  // it is the one in Redis again
}

TEST_CASE("history is remembered until its plan has opened a second run since", "[store]") {
  TemporaryStore store;
  RunChanges changes;
  for (const char* plan : {"none", "one", "two", "older"}) {
    changes.records.push_back({RecordOf(plan, "b1", 200, 300), RunId{}});
    changes.records.push_back({RecordOf(plan, "a1", 100, 250), RunId{}});
  }
  changes.records.push_back({RecordOf("one", "mine1", 100, 250), RunId{1}});
  REQUIRE(Save(store->runs(), changes));
  REQUIRE(Save(store->runs(), ClosedRun(1, "one", 1000, Outcome::kSuccess)));
  REQUIRE(Save(store->runs(), ClosedRun(2, "two", 1000, Outcome::kSuccess)));
  REQUIRE(Save(store->runs(), ClosedRun(3, "two", 2000, Outcome::kSuccess)));
  for (const int id : {4, 5, 6})
    REQUIRE(Save(store->runs(), ClosedRun(id, "older", id, Outcome::kSuccess)));

  const auto memory = store->runs().Load(At(kNow));

  REQUIRE(memory);
  REQUIRE(memory->history.size() == 3);
  CHECK_FALSE(memory->history.contains(PlanId{"two"}));
  CHECK(memory->history.at(PlanId{"older"}).size() == 2);
  const auto& history = memory->history.at(PlanId{"one"});
  REQUIRE(history.size() == 2);
  CHECK(history[0] == RecordOf("one", "a1", 100, 250));
  CHECK(history[1] == RecordOf("one", "b1", 200, 300));
}

TEST_CASE("history given to a run is history no more", "[store]") {
  TemporaryStore store;
  RunChanges changes;
  changes.records = {{RecordOf("1", "mail1", 100, 200), RunId{}}};
  REQUIRE(Save(store->runs(), changes));
  changes.records = {{RecordOf("1", "mail1", 100, 200), RunId{1}}};
  REQUIRE(Save(store->runs(), changes));

  CHECK(store->runs().Load(At(kNow))->history.empty());
}

TEST_CASE("how many reports alerts have led to is remembered, as it was saved last", "[store]") {
  TemporaryStore store;
  CHECK((store->runs().Load(At(kNow))->alert_rates == AlertRates{}));
  RunChanges changes;
  changes.alert_rates = AlertRates{{At(100), 3, 17, {"a", "b\xff"}}, {At(200), 2, 0, {}}};
  REQUIRE(Save(store->runs(), changes));
  store.Reopen();
  CHECK((store->runs().Load(At(kNow))->alert_rates == *changes.alert_rates));

  RunChanges other;  // one that says nothing changes nothing
  REQUIRE(Save(store->runs(), other));
  CHECK((store->runs().Load(At(kNow))->alert_rates == *changes.alert_rates));
  changes.alert_rates = AlertRates{{}, {At(300), 1, 0, {}}};
  REQUIRE(Save(store->runs(), changes));
  CHECK((store->runs().Load(At(kNow))->alert_rates == *changes.alert_rates));
}

TEST_CASE("what has no table of its own is remembered too", "[store]") {
  TemporaryStore store;
  RunChanges changes;
  const PlanModule key{PlanId{"1"}, ModuleId{"mail1"}};
  changes.modules[key] = {At(1), At(2), seconds{3}, seconds{5}, seconds{6}, true, false, At(9)};
  changes.compact_reported[PlanId{"1"}] = At(4);
  changes.look = RunChanges::Look{
      At(5), {{PlanId{"1"}, "old"}, {PlanId{"2"}, "two"}}, {ModuleId{"a1"}, ModuleId{"c1"}}};
  REQUIRE(Save(store->runs(), changes));
  changes = {};
  changes.modules[key] = {At(1), At(2), seconds{-3}, seconds{4}, seconds{5}, false, true, At(-1)};
  changes.compact_reported[PlanId{"1"}] = At(6);
  changes.look = RunChanges::Look{At(7), {{PlanId{"1"}, "new"}}, {ModuleId{"b1"}, ModuleId{"c1"}}};
  REQUIRE(Save(store->runs(), changes));

  store.Reopen();
  const auto memory = store->runs().Load(At(kNow));

  REQUIRE(memory);
  CHECK(memory->modules ==
        std::map<PlanModule, ModuleMemory>{
            {key, {At(1), At(2), seconds{-3}, seconds{4}, seconds{5}, false, true, At(-1)}}});
  CHECK(memory->compact_reported == std::map<PlanId, Time>{{PlanId{"1"}, At(6)}});
  CHECK(memory->known_plans ==
        std::map<PlanId, std::string>{{PlanId{"1"}, "new"}, {PlanId{"2"}, "two"}});
  CHECK(memory->known_modules == std::set<ModuleId>{ModuleId{"b1"}, ModuleId{"c1"}});
  CHECK(memory->last_look == At(7));
}

}  // namespace
}  // namespace backup_monitor::testing
