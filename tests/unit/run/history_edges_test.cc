// Which records of history are of a run, and what a plan's history says.

#include "catch.h"
#include "run/history_links.h"
#include "run/newer_history.h"
#include "run_states.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

SeenRecord Unwatched(std::string_view module, std::string_view start, std::string_view end,
                     std::uint32_t errors = 0) {
  SeenRecord record = Seen(module, start, end, errors);
  record.stored_by.reset();
  return record;
}

bool Linked(const SeenRecord& record, const Run& run, const Desk& desk) {
  return run::IsLinked(record, run, desk.memory, desk.rules);
}

TEST_CASE("a clean-up links a record to what its node did next in the plan's order",
          "[run][history]") {
  // x is of another node and silent. What follows begins at noon, q or more after everything else.
  Desk desk{{"a", "x@2", "b", "c"}};
  Run& run = desk.AddRun("2 12:00");
  Give(run, Seen("b", "2 12:00", "2 12:30"));
  Give(run, Seen("c", "2 19:00", "2 19:30"));
  CHECK(Linked(Unwatched("a", "2 05:00", "2 06:00"), run, desk));
  CHECK_FALSE(Linked(Unwatched("a", "2 05:00", "2 05:59:59"), run, desk));
  CHECK_FALSE(Linked(Unwatched("a", "2 05:00", "2 06:00", 1), run, desk));
  CHECK_FALSE(Linked(Seen("a", "2 05:00", "2 06:00"), run, desk));  // it was watched
  CHECK_FALSE(Linked(Unwatched("c", "2 05:00", "2 06:00"), run, desk));
}

TEST_CASE("what began after the run is linked up to q after its last end", "[run][history]") {
  Desk desk{{"a", "b"}};
  Run& run = desk.AddRun("2 12:00");
  Give(run, Seen("b", "2 12:00", "2 12:30"));
  CHECK(Linked(Unwatched("a", "2 13:40", "2 14:00"), run, desk));
  CHECK_FALSE(Linked(Unwatched("a", "2 13:40:01", "2 14:00"), run, desk));
}

TEST_CASE("history is newer if it ended after every run of its plan, and none is open",
          "[run][history]") {
  Desk desk{{"a", "b"}};
  desk.Is("2 12:00");
  const PlanId plan{"daily"};
  const auto is_newer = [&] { return run::IsHistoryNewer(plan, desk.memory); };
  CHECK_FALSE(is_newer());
  desk.memory.history[plan].clear();
  CHECK_FALSE(is_newer());  // there is none
  desk.AddHistory("a", "2 01:00", "2 01:10");
  desk.AddHistory("b", "2 01:10", "2 01:20");
  CHECK(is_newer());

  Run& run = desk.AddRun("1 01:00");
  SECTION("an open run") { CHECK_FALSE(is_newer()); }
  SECTION("of another plan says nothing") {
    run.plan = PlanId{"weekly"};
    CHECK(is_newer());
  }
  SECTION("one that ended earlier, or as late as history") {
    SetClosed(run, At("2 11:00"));
    Give(run, Seen("a", "1 01:00", "2 01:19:59"));
    CHECK(is_newer());
    Give(run, Seen("a", "1 01:00", "2 01:20"));
    CHECK_FALSE(is_newer());
  }
  SECTION("of one without a record its begin counts") {
    SetClosed(run, At("2 11:00"));
    run.begin = At("2 01:19:59");
    CHECK(is_newer());
    run.begin = At("2 01:20");
    CHECK_FALSE(is_newer());
  }
}

TEST_CASE("an alert is answered by the run that history makes, of each module the newest",
          "[run][history]") {
  // Two days before the alert. c 10:00 to 10:10, b q before that, and a q before b.
  Desk desk{{"a", "b", "c"}};
  desk.Is("3 12:00");
  const Plan& plan = desk.view.plans.at(PlanId{"daily"});
  const auto answers = [&] {
    return run::HistoryAnswers(plan, At("3 12:00"), desk.rules.quiet, desk.memory);
  };
  CHECK_FALSE(answers());
  desk.memory.history[plan.id].clear();
  CHECK_FALSE(answers());
  desk.AddHistory("c", "1 10:00", "1 10:10");
  desk.AddHistory("b", "1 08:40", "1 08:50");
  CHECK_FALSE(answers());

  SECTION("an error that gaps of q link to the newest") {
    desk.AddHistory("a", "1 07:20", "1 07:30", 1);
    CHECK(answers());
  }
  SECTION("an error a second farther") {
    desk.AddHistory("a", "1 07:20", "1 07:29:59", 1);
    CHECK_FALSE(answers());
  }
  SECTION("an error of a module that was saved since") {
    desk.AddHistory("c", "1 09:00", "1 09:10", 1);
    CHECK_FALSE(answers());
  }
  SECTION("successes q before the alert, but not a second earlier") {
    desk.AddHistory("a", "3 10:00", "3 10:49:59");
    CHECK_FALSE(answers());
    desk.AddHistory("a", "3 10:00", "3 10:50");
    CHECK(answers());
  }
}

TEST_CASE("of a run without a record history is what began up to q after its begin",
          "[run][history]") {
  Desk desk{{"a"}};
  Run& run = desk.AddRun("2 12:00");
  run.opened_at = At("2 13:00");
  CHECK(Linked(Unwatched("a", "2 13:10", "2 14:00"), run, desk));
  CHECK_FALSE(Linked(Unwatched("a", "2 13:10:01", "2 14:00"), run, desk));
}

}  // namespace
}  // namespace backup_monitor::testing
