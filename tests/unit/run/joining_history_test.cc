// Which records of history a run takes in, when, and once.

#include "catch.h"
#include "run_states.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {
namespace {

const PlanId kItsPlan{"daily"};

bool Holds(const Run& run, const char* module) {
  return run.modules.at(ModuleId{module}).record.has_value();
}

std::size_t LeftIn(const Desk& desk) { return desk.memory.history.at(kItsPlan).size(); }

TEST_CASE("what a node did right before joins at once, one after the other in the plan's order",
          "[run][history]") {
  // c began at 11:20. Before it came b and a, and at a's time y, which the plan holds after b.
  Desk desk{{"x", "a", "b", "y", "c"}};
  Run& run = desk.AddRun("0 11:20");
  desk.Is("0 12:00");
  desk.AddHistory("y", "0 10:55", "0 11:00");
  desk.AddHistory("a", "0 10:50", "0 11:00");
  desk.AddHistory("b", "0 11:00", "0 11:20");
  run::RunBook book = desk.Book();
  book.Give(Seen("c", "0 11:20", "0 11:40"), run.id, "test");
  CHECK(Holds(run, "b"));
  CHECK(Holds(run, "a"));
  CHECK_FALSE(Holds(run, "y"));
  CHECK(LeftIn(desk) == 1);
  CHECK(run.begin == At("0 10:50"));
}

TEST_CASE("history of a second node joins when the run closes, not at once", "[run][history]") {
  Desk desk{{"a@1", "x@2", "y@2"}};
  Run& run = desk.AddRun("0 11:20");
  desk.Is("0 12:00");
  desk.AddHistory("x@2", "0 11:20", "0 11:30");
  run::RunBook book = desk.Book();
  book.Give(Seen("a@1", "0 11:20", "0 11:40"), run.id, "test");
  book.Give(Seen("y@2", "0 11:30", "0 11:50"), run.id, "test");
  CHECK_FALSE(Holds(run, "x"));
  book.Close(run.id, desk.view.looked_at, "test");
  CHECK(Holds(run, "x"));
  CHECK(LeftIn(desk) == 0);
}

TEST_CASE("without the plan's order nothing joins at once", "[run][history]") {
  Desk desk{{"a", "b"}};
  Run& run = desk.AddRun("0 11:20");
  desk.Is("0 12:00");
  desk.AddHistory("a", "0 11:10", "0 11:20");
  desk.memory.orders.clear();
  run::RunBook book = desk.Book();
  book.Give(Seen("b", "0 11:20", "0 11:40"), run.id, "test");
  CHECK_FALSE(Holds(run, "a"));
}

TEST_CASE("history goes to the first run that its plan has opened since it was seen",
          "[run][history]") {
  // It was seen at 12:00.
  const auto [opened_before, joins] =
      GENERATE(table<const char*, bool>({{"0 11:59:59", true}, {"0 12:00", false}}));
  Desk desk{{"a", "b"}};
  Run& before = desk.AddRun(opened_before);
  before.begin = At("0 11:00");
  SetClosed(before, At("0 12:30"));
  desk.Is("0 12:00");
  desk.AddHistory("a", "0 11:50", "0 11:58");
  Run& run = desk.AddRun("0 12:10");
  Give(run, Seen("b", "0 12:10", "0 12:20"));
  desk.Is("0 13:00");
  run::RunBook book = desk.Book();
  book.Close(run.id, desk.view.looked_at, "test");
  CHECK(Holds(run, "a") == joins);
}

TEST_CASE("history joins for modules that are silent", "[run][history]") {
  Desk desk{{"a", "b"}};
  desk.Is("0 12:00");
  desk.AddHistory("a", "0 11:50", "0 11:58", 1);
  Run& run = desk.AddRun("0 12:10");
  Give(run, Seen("a", "0 12:10", "0 12:20"));
  desk.Is("0 13:00");
  run::RunBook book = desk.Book();
  book.Close(run.id, desk.view.looked_at, "test");
  CHECK(run.modules.at(ModuleId{"a"}).record->started == At("0 12:10"));
  CHECK(LeftIn(desk) == 1);
}

TEST_CASE("the newest of a plan's history opens a run once", "[run][history]") {
  Desk desk{{"a", "b"}};
  desk.Is("0 12:00");
  run::RunBook book = desk.Book();
  const Plan& plan = desk.view.plans.at(kItsPlan);
  CHECK(book.OpenFromHistory(plan) == std::nullopt);
  desk.memory.history[kItsPlan].clear();
  CHECK(book.OpenFromHistory(plan) == std::nullopt);
  desk.AddHistory("a", "0 10:00", "0 10:10");
  desk.AddHistory("b", "0 10:10", "0 10:20");
  const auto id = book.OpenFromHistory(plan);
  REQUIRE(id);
  CHECK(Holds(desk.memory.runs.at(*id), "a"));
  CHECK(Holds(desk.memory.runs.at(*id), "b"));
  CHECK(LeftIn(desk) == 0);
}

TEST_CASE("what ended after the next one began is not right before it", "[run][history]") {
  const auto [end, joins] =
      GENERATE(table<const char*, bool>({{"0 11:20", true}, {"0 11:20:01", false}}));
  Desk desk{{"a", "b"}};
  Run& run = desk.AddRun("0 11:20");
  desk.Is("0 12:00");
  desk.AddHistory("a", "0 11:00", end);
  run::RunBook book = desk.Book();
  book.Give(Seen("b", "0 11:20", "0 11:40"), run.id, "test");
  CHECK(Holds(run, "a") == joins);
}

TEST_CASE("what began before the due moment of a run is of an earlier night, however long it took",
          "[run][history]") {
  // Up to two minutes before it, since a node's clock may be behind.
  const auto [start, joins] =
      GENERATE(table<const char*, bool>({{"0 10:58", true}, {"0 10:57:59", false}}));
  Desk desk{{"a", "b"}};
  Run& run = desk.AddRun("0 11:00:20");
  run.due = RunDue{At("0 11:00"), {{*NodeId::Parse("1"), {At("0 11:00"), At("0 13:00")}}}};
  desk.Is("0 14:00");
  desk.AddHistory("a", start, "0 13:50");
  run::RunBook book = desk.Book();
  book.Give(Seen("b", "0 11:00:20", "0 11:40"), run.id, "test");
  book.Close(run.id, desk.view.looked_at, "test");
  CHECK(Holds(run, "a") == joins);
}

TEST_CASE("a run that a clock which is ahead let begin early counts from its own begin",
          "[run][history]") {
  const auto [start, joins] =
      GENERATE(table<const char*, bool>({{"0 09:58", true}, {"0 09:57:59", false}}));
  Desk desk{{"a", "b"}};
  Run& run = desk.AddRun("0 10:00");
  run.due = RunDue{At("0 11:00"), {{*NodeId::Parse("1"), {At("0 11:00"), At("0 13:00")}}}};
  desk.Is("0 14:00");
  desk.AddHistory("a", start, "0 13:50");
  run::RunBook book = desk.Book();
  book.Give(Seen("b", "0 10:00", "0 11:40"), run.id, "test");
  book.Close(run.id, desk.view.looked_at, "test");
  CHECK(Holds(run, "a") == joins);
}

}  // namespace
}  // namespace backup_monitor::testing
