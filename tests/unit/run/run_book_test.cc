// What each change of the run book does, and what it tells the store.

#include "run/run_book.h"

#include "catch.h"
#include "run_states.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {
namespace {

const PlanId kDailyPlan{"daily"};
const ModuleId kA{"a"};
const ModuleId kB{"b"};

TEST_CASE("a run that opens knows what its plan is called and where it saves to", "[run][book]") {
  Desk desk{{"a"}};
  desk.Is("2 01:00");
  Plan& plan = desk.view.plans.at(kDailyPlan);
  plan.name = "Nightly";
  plan.destination_id = "uuid";
  plan.destination_name = "Somewhere";
  run::RunBook book = desk.Book();
  const RunId id = book.Open(plan, At("2 00:50"), RunOrigin::kRecords);
  const Run& run = desk.memory.runs.at(id);
  CHECK(run.plan_name == "Nightly");
  CHECK(run.destination_id == "uuid");
  CHECK(run.destination_name == "Somewhere");
  CHECK(run.begin == At("2 00:50"));
  CHECK(run.opened_at == At("2 01:00"));
  CHECK(run.modules.at(kA).node == NodeId::Parse("1").value());
  CHECK(desk.step.changed == std::set<RunId>{id});
}

TEST_CASE("a run keeps the identity of the alert that it has to answer", "[run][book]") {
  Desk desk{{"a"}};
  const Run& run = desk.AddRun("2 01:00");
  run::RunBook book = desk.Book();
  book.Attach(run.id, "identity", CausingAlert{.since = At("2 01:00"), .node = {}});
  CHECK(run.alert_identity == "identity");
  CHECK(desk.step.changed == std::set<RunId>{run.id});
}

TEST_CASE("the run that began last is the plan's last closed one, in whatever order they came",
          "[run][book]") {
  Desk desk{{"a"}};
  SetClosed(desk.AddRun("2 01:00"), At("2 02:00"));
  Run& found_later = desk.AddRun("1 01:00");
  found_later.opened_at = At("2 02:30");
  SetClosed(found_later, At("2 03:00"));
  CHECK(desk.Book().memory().LastClosedOf(kDailyPlan)->begin == At("2 01:00"));
}

TEST_CASE("history is seen and kept, and its latest record is the module's past",
          "[run][book][history]") {
  Desk desk{{"a"}};
  desk.Is("2 12:00");
  run::RunBook book = desk.Book();
  book.FileAsHistory(Seen("a", "2 01:00", "2 01:10"), "test");
  book.FileAsHistory(Seen("a", "1 01:00", "1 01:20"), "test");  // older
  const ModuleMemory& past = desk.memory.modules.at({kDailyPlan, kA});
  CHECK(past.started == At("2 01:00"));
  book.FileAsHistory(Seen("a", "2 02:00", "2 02:10"), "test");
  CHECK(past.started == At("2 02:00"));
  CHECK(past.lag == seconds{0});
  CHECK(desk.memory.history.at(kDailyPlan).size() == 3);
  REQUIRE(desk.step.changes.records.size() == 3);
  CHECK(desk.step.changes.records.front().run == RunId{});
}

TEST_CASE("history of a plan that is not in the cluster is kept, of a compact one not",
          "[run][book][history]") {
  Desk desk{{"a"}};
  desk.Is("2 12:00");
  const bool compact = GENERATE(false, true);
  desk.view.plans.at(kDailyPlan).compact = compact;
  run::RunBook book = desk.Book();
  book.FileAsHistory(Seen("a", "2 01:00", "2 01:10"), "test");
  CHECK(desk.memory.history.contains(kDailyPlan) != compact);
  desk.view.plans.clear();
  book.FileAsHistory(Seen("a", "2 02:00", "2 02:10"), "test");
  CHECK(desk.memory.history.contains(kDailyPlan));
}

TEST_CASE("whose record a run is given has left only if the plan did not hold it from the start",
          "[run][book]") {
  Desk desk{{"a", "b"}};
  Run& run = desk.AddRun("2 01:00");
  run.modules.erase(kB);  // joined later
  desk.Is("2 02:00");
  run::RunBook book = desk.Book();
  SECTION("it has joined") {
    book.Give(Seen("b@2", "2 01:00", "2 01:10", 1), run.id, "test");
    CHECK_FALSE(run.modules.at(kB).left);
    CHECK(run.modules.at(kB).node == NodeId::Parse("2").value());
  }
  SECTION("the plan does not hold it any more") {
    book.Give(Seen("x", "2 01:00", "2 01:10"), run.id, "test");
    CHECK(run.modules.at(ModuleId{"x"}).left);
  }
  SECTION("the plan is not there") {
    desk.view.plans.clear();
    book.Give(Seen("b", "2 01:00", "2 01:10"), run.id, "test");
    CHECK(run.modules.at(kB).left);
  }
  SECTION("not if it was expected: two looks decide that") {
    desk.HasPlan("daily", {"b"});
    book.Give(Seen("a@2", "2 01:00", "2 01:10"), run.id, "test");
    CHECK_FALSE(run.modules.at(kA).left);
    CHECK(run.modules.at(kA).node == NodeId::Parse("1").value());  // as the plan stood
  }
}

TEST_CASE("a record that is given takes the place of a borrowed one, and is the past",
          "[run][book]") {
  Desk desk{{"a"}};
  Run& run = desk.AddRun("2 01:00");
  run.opened_at = At("2 01:12");
  run.modules.at(kA).borrowed = Seen("a", "2 01:10", "2 01:20", 1);
  desk.Is("2 02:00");
  run::RunBook book = desk.Book();
  book.Give(Seen("a", "2 01:05", "2 01:15"), run.id, "test");
  CHECK_FALSE(run.modules.at(kA).borrowed.has_value());
  CHECK(desk.memory.modules.at({kDailyPlan, kA}).lag == std::chrono::minutes{15});
}

TEST_CASE("a silent module borrows the newest record of another run that ended after the begin",
          "[run][book]") {
  Desk desk{{"a", "b", "c"}};
  Run& run = desk.AddRun("2 01:00");
  run.opened_at = At("2 02:00");
  Give(run, Seen("a", "2 01:00", "2 01:05"));
  Run& second = desk.AddRun("2 01:10");
  Give(second, Seen("b", "2 00:45", "2 01:50"));
  Give(second, Seen("a", "2 01:10", "2 01:40"));
  Give(second, Seen("c", "2 01:10", "2 01:40"));
  Run& third = desk.AddRun("2 00:50");
  Give(third, Seen("b", "2 00:50", "2 01:30", 1));
  run.modules.at(ModuleId{"c"}).left = true;
  run.modules.at(ModuleId{"c"}).borrowed =
      Seen("c", "2 01:10", "2 01:40");  // when it closed before
  desk.Is("2 03:00");
  run::RunBook book = desk.Book();
  book.Close(run.id, desk.view.looked_at, "test");
  REQUIRE(run.modules.at(kB).borrowed);
  CHECK(run.modules.at(kB).borrowed->ended == At("2 01:50"));
  CHECK_FALSE(run.modules.at(kA).borrowed.has_value());             // it has its own
  CHECK_FALSE(run.modules.at(ModuleId{"c"}).borrowed.has_value());  // it does not count
}

TEST_CASE("what was reported is not borrowed anew when the run is shown once more", "[run][book]") {
  Desk desk{{"a"}};
  Run& run = desk.AddRun("2 01:00");
  Give(desk.AddRun("2 01:10"), Seen("a", "2 01:10", "2 01:40"));
  SetClosed(run, At("2 02:00"));
  const bool announced = GENERATE(false, true);
  SetAnnounced(run, announced);
  desk.Is("2 03:00");
  run::RunBook book = desk.Book();
  book.Announce({Announcement::Kind::kPlansSucceeded, {run.id}, std::nullopt});
  CHECK(run.modules.at(kA).borrowed.has_value() != announced);
}

TEST_CASE("never ran is said of what counts and has nothing to show, now or ever", "[run][book]") {
  Desk desk{{"silent", "left", "saved", "past"}};
  desk.HasPast("past", seconds{0}, seconds{60});
  Run& run = desk.AddRun("2 01:00");
  run.modules.at(ModuleId{"left"}).left = true;
  Give(run, Seen("saved", "2 01:00", "2 01:05"));
  desk.Is("2 03:00");
  run::RunBook book = desk.Book();
  book.Close(run.id, desk.view.looked_at, "test");
  const auto said = [&](const char* module) {
    return desk.memory.modules.at({kDailyPlan, ModuleId{module}}).reported_never_ran;
  };
  CHECK(said("silent"));
  CHECK_FALSE(said("left"));
  CHECK_FALSE(said("saved"));
  CHECK_FALSE(said("past"));
  // The store is told of nothing else.
  REQUIRE(desk.step.changes.modules.size() == 1);
  CHECK(desk.step.changes.modules.begin()->first.second == ModuleId{"silent"});
}

TEST_CASE("a run that closes late leaves the past of a later one alone", "[run][book]") {
  Desk desk{{"a"}};
  Run& run = desk.AddRun("2 01:00");
  Run& later = desk.AddRun("2 01:20");
  desk.Is("2 02:00");
  run::RunBook book = desk.Book();
  book.Give(Seen("a", "2 01:05", "2 01:15"), run.id, "test");
  book.Give(Seen("a", "2 01:25", "2 01:30"), later.id, "test");
  book.Close(run.id, desk.view.looked_at, "test");
  CHECK(desk.memory.modules.at({kDailyPlan, kA}).lag == std::chrono::minutes{10});
}

TEST_CASE("a run in which nothing counts is nobody's business", "[run][book]") {
  Desk desk{{"a"}};
  Run& run = desk.AddRun("2 01:00");
  const bool left = GENERATE(false, true);
  run.modules.at(kA).left = left;
  desk.Is("2 03:00");
  run::RunBook book = desk.Book();
  book.Close(run.id, desk.view.looked_at, "test");
  CHECK(run.announced() == left);
}

TEST_CASE("a remark is made once, and the rates of alerts are kept if they change", "[run][book]") {
  Desk desk{{"a"}};
  run::RunBook book = desk.Book();
  for (const char* text : {"one", "two", "one"}) book.Remark(text);
  CHECK(desk.step.remarks == std::vector<std::string>{"one", "two"});
  book.SetAlertRates({});
  CHECK_FALSE(desk.step.changes.alert_rates.has_value());
}

TEST_CASE("a module borrows what ended after its run began, whenever that began", "[run][book]") {
  const auto [end, borrows] =
      GENERATE(table<const char*, bool>({{"2 01:00:01", true}, {"2 01:00", false}}));
  Desk desk{{"a"}};
  Run& run = desk.AddRun("2 01:00");
  Give(desk.AddRun("2 00:30"), Seen("a", "2 00:30", end));
  desk.Is("2 03:00");
  run::RunBook book = desk.Book();
  book.Close(run.id, desk.view.looked_at, "test");
  CHECK(run.modules.at(kA).borrowed.has_value() == borrows);
}

TEST_CASE("when a module's record ends is reckoned from where its run began in the end",
          "[run][book]") {
  Desk desk{{"a", "b@2"}};
  const Run& run = desk.AddRun("2 01:05");
  desk.Is("2 02:00");
  run::RunBook book = desk.Book();
  book.Give(Seen("a", "2 01:05", "2 01:15"), run.id, "test");
  CHECK(desk.memory.modules.at({kDailyPlan, kA}).lag == std::chrono::minutes{10});
  book.Give(Seen("b@2", "2 01:00", "2 01:20"), run.id, "test");
  book.Close(run.id, desk.view.looked_at, "test");
  CHECK(desk.memory.modules.at({kDailyPlan, kA}).lag == std::chrono::minutes{15});
}

TEST_CASE("a failure is no part of how long a module's good backups took", "[run][book]") {
  Desk desk{{"a"}};
  desk.HasPast("a", seconds{0}, seconds{600});
  desk.Is("2 12:00");
  run::RunBook book = desk.Book();
  book.Give(Seen("a", "2 01:00", "2 06:00", 1), desk.AddRun("2 01:00").id, "test");
  const ModuleMemory& past = desk.memory.modules.at({kDailyPlan, kA});
  CHECK(past.good_duration == seconds{600});
  CHECK(past.longest_duration == seconds{600});
  CHECK(past.ended == At("2 06:00"));
}

}  // namespace
}  // namespace backup_monitor::testing
