// What the cluster's log says of a run's nodes, and how long is then waited for them.

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using End = LoggedPass::End;

/// An execution on node 1 that began at "2 01:00".
NodeLog LogOf(End end, const char* node = "1") {
  NodeLog log;
  log.pass = LoggedPass{.node = NodeId::Parse(node).value(),
                        .plan = PlanId{"daily"},
                        .began = At("2 01:00"),
                        .last = At("2 01:10"),
                        .end = end};
  return log;
}

/// One whose node has said something a moment ago.
NodeLog Running(Time newest) {
  NodeLog log = LogOf(End::kUnknown);
  log.newest_entry = newest;
  return log;
}

/// a is saved at "2 01:10", b is silent. Without the log b is waited for until 01:20, its usual end, + 2 × 10 min + q.
Night HalfDone(run::RunRules rules = WithLog()) {
  Night night = AfterOneCleanRun({"a", "b"}, rules);
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  return night;
}

const Lines kAtOnce{"2 01:15:01 final daily INCOMPLETE: a succeeded, b not_finished"};

TEST_CASE("a run whose execution has ended by the log closes at the next second's look",
          "[run][log]") {
  const End end = GENERATE(End::kWell, End::kWithFailures, End::kNothingToDo, End::kStopped,
                           End::kKilled, End::kRebooted, End::kLost);
  Night night = HalfDone();
  night.Until("2 01:15");
  night.Hears("daily", "1", LogOf(end));
  CHECK(night.TakeMails().empty());
  night.Until("2 01:15:01");
  CHECK(night.TakeMails() == kAtOnce);
}

TEST_CASE("a result that came before that look is none that is missing", "[run][log]") {
  Night night = HalfDone();
  night.LosesEvents();
  night.Until("2 01:15");
  night.Hears("daily", "1", LogOf(End::kWell));
  night.Write(Record("daily", "b", At("2 01:10"), At("2 01:15")));
  night.Until("2 01:15:01");
  CHECK(night.TakeMails() == Lines{"2 01:15:01 final daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("where the log decides nothing the run is waited for as without it", "[run][log]") {
  Night night = HalfDone();
  NodeLog log = LogOf(End::kWell);
  SECTION("no execution is known to be it") { log.pass.reset(); }
  SECTION("it went through the agent, where any line may be an application's") {
    log.pass->through_agent = true;
  }
  SECTION("it could not be read") {
    log = NodeLog{};
    log.trouble = ErrorCode::kUnavailable;
  }
  SECTION("it is another node's") {
    night.Until("2 01:15");
    night.Hears("daily", "2", LogOf(End::kWell, "2"));
    log.pass.reset();
  }
  night.Until("2 01:15");
  night.Hears("daily", "1", log);
  night.Until("2 02:49:59");
  CHECK(night.TakeMails().empty());
  night.Until("2 02:50");
  CHECK(night.TakeMails() == Lines{"2 02:50 final daily INCOMPLETE: a succeeded, b not_finished"});
}

TEST_CASE("a log that is not read any more decides nothing", "[run][log]") {
  Night night = HalfDone(run::RunRules{});
  night.Until("2 01:15");
  night.Hears("daily", "1", LogOf(End::kWell));
  night.Until("2 02:49:59");
  CHECK(night.TakeMails().empty());
}

TEST_CASE("what the log shows running is not over before its cap", "[run][log]") {
  Night night = HalfDone();
  night.Until("2 02:45");
  night.Hears("daily", "1", Running(At("2 02:44")));
  night.Until("2 20:59:59");
  CHECK(night.TakeMails().empty());

  SECTION("20 hours after its begin") {
    night.Until("2 21:00");
    CHECK(night.TakeMails() ==
          Lines{"2 21:00 final daily INCOMPLETE: a succeeded, b not_finished"});
  }
  SECTION("and its result counts") {
    night.Saves("daily", "b", "2 01:10", "2 20:59:59");
    CHECK(night.TakeMails() == Lines{"2 20:59:59 final daily SUCCESS: a succeeded, b succeeded"});
  }
}

TEST_CASE("what was running and has ended by the log is over", "[run][log]") {
  Night night = HalfDone();
  night.Until("2 02:45");
  night.Hears("daily", "1", Running(At("2 02:44")));
  night.Until("2 05:00");
  night.Hears("daily", "1", LogOf(End::kKilled));
  night.Until("2 05:00:01");
  CHECK(night.TakeMails() ==
        Lines{"2 05:00:01 final daily INCOMPLETE: a succeeded, b not_finished"});
}

TEST_CASE("it is shown running only by an entry of the node within ten minutes", "[run][log]") {
  NodeLog log = Running(Time{});
  bool shows = false;
  SECTION("ten minutes before the reading") {
    log.newest_entry = At("2 01:50");
    shows = true;
  }
  SECTION("a second more") { log.newest_entry = At("2 01:49:59"); }
  SECTION("ten minutes after it, by a clock that is ahead") {
    log.newest_entry = At("2 02:10");
    shows = true;
  }
  SECTION("a second more") { log.newest_entry = At("2 02:10:01"); }
  SECTION("none") { log.newest_entry.reset(); }
  SECTION("not all was read, and the end may be in the rest") {
    log.newest_entry = At("2 02:00");
    log.complete = false;
  }
  SECTION("it went through the agent") {
    log.newest_entry = At("2 02:00");
    log.pass->through_agent = true;
  }
  Night night = HalfDone();
  night.Until("2 02:00");
  night.Hears("daily", "1", log);
  night.Until("2 02:50");
  CHECK(night.TakeMails().empty() == shows);
}

TEST_CASE("a log that goes away leaves what ended ended, and running for ten minutes",
          "[run][log]") {
  Night night = HalfDone();
  NodeLog away;
  away.trouble = ErrorCode::kTimeout;
  night.Until("2 01:15");
  SECTION("ended") {
    night.Hears("daily", "1", LogOf(End::kWell));
    night.Hears("daily", "1", away);
    night.Until("2 01:15:01");
    CHECK(night.TakeMails() == kAtOnce);
  }
  SECTION("running") {
    night.Hears("daily", "1", Running(At("2 01:15")));
    night.Until("2 03:00");
    night.Hears("daily", "1", Running(At("2 03:00")));
    night.Until("2 03:10");
    night.Hears("daily", "1", away);
    night.Look();
    CHECK(night.TakeMails().empty());
    night.Until("2 03:10:01");
    night.Hears("daily", "1", away);
    night.Look();
    CHECK(night.TakeMails().size() == 1);
  }
}

TEST_CASE("a node that has ended does not end another one's share", "[run][log]") {
  Night night{WithLog()};
  night.HasPlan("daily", {"a", "b", "c@2"});
  night.CleanRun("daily", "1 01:00");
  (void)night.TakeMails();
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Hears("daily", "1", LogOf(End::kKilled));
  night.Until("2 02:00");
  CHECK(night.TakeMails().empty());
  night.Hears("daily", "2", LogOf(End::kKilled, "2"));
  night.Until("2 02:00:01");
  CHECK(night.TakeMails() ==
        Lines{"2 02:00:01 final daily INCOMPLETE: a succeeded, b not_finished, c not_finished"});
}

TEST_CASE("what is over by the log is not late", "[run][log]") {
  Night night{WithLog()};
  night.HasPlan("daily", {"a", "b", "c@2"});
  night.CleanRun("daily", "1 01:00");
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 01:15");
  night.Hears("daily", "1", LogOf(End::kKilled));
  NodeLog log = Running(At("2 01:15"));
  log.pass->node = NodeId::Parse("2").value();
  night.Hears("daily", "2", log);
  // b is late from 02:20 on, c from 02:10 (its usual start, 01:20 from the begin) + q at the earliest.
  night.Until("2 02:20");
  CHECK(night.TakeLateNotices().empty());
}

TEST_CASE("what the log has said is there after a restart", "[run][log]") {
  Night night = HalfDone();
  night.Until("2 01:15");
  night.Hears("daily", "1", LogOf(End::kKilled));
  night.Restart();
  night.Until("2 01:15:01");
  CHECK(night.TakeMails() == kAtOnce);
}

TEST_CASE("of an open run only what is new goes to the store", "[run][log]") {
  Night night = HalfDone();
  run::RunTracker tracker = night.tracker();
  const RunId id = tracker.memory().runs.rbegin()->first;
  const NodeId node = NodeId::Parse("1").value();
  NodeLog log = Running(At("2 01:10"));
  log.read_at = At("2 01:10");
  CHECK(tracker.Heard(id, node, log).runs.size() == 1);
  log.read_at = log.newest_entry.emplace(At("2 01:11"));
  CHECK(tracker.Heard(id, node, log).runs.empty());
  CHECK(tracker.Find(id)->log.at(node).read_at == At("2 01:11"));
  log.newest_entry.reset();  // it is not known to be running any more
  CHECK(tracker.Heard(id, node, log).runs.size() == 1);
  log.pass->last += seconds{1};
  CHECK(tracker.Heard(id, node, log).runs.size() == 1);
  CHECK(tracker.Heard(RunId{99}, node, log).runs.empty());
}

TEST_CASE("a reading of the future is one of now", "[run][log][clock]") {
  Night night = HalfDone();
  night.Until("2 05:00");  // the run is over by the rules
  (void)night.TakeMails();
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  night.Until("3 01:15");
  night.Hears("daily", "1", LogOf(End::kKilled));
  night.SetClock(At("3 00:15"));
  night.Look();
  night.Until("3 00:15:02");
  CHECK(night.TakeMails().size() == 1);
}

}  // namespace
}  // namespace backup_monitor::testing
