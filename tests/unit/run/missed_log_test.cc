// Before a run is reported as missed the log is asked whether it has begun.

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using End = LoggedPass::End;

/// Nothing has come of "3 01:00" by 02:00, when the run is opened.
Night NothingCame() {
  run::RunRules rules;
  rules.reads_log = true;
  Night night = TwoNodes(rules);
  night.Until("3 02:00");
  return night;
}

NodeLog Trouble(ErrorCode trouble) {
  NodeLog log;
  log.trouble = trouble;
  return log;
}

NodeLog Begun(Time now, End end = End::kUnknown, const char* node = "1") {
  NodeLog log;
  log.newest_entry = now;
  log.pass = LoggedPass{.node = NodeId::Parse(node).value(),
                        .plan = PlanId{"daily"},
                        .began = At("3 01:00"),
                        .begin_is_known = true,
                        .last = At("3 01:00"),
                        .end = end};
  return log;
}

/// The run that was opened last.
const Run& Newest(const Night& night) { return night.tracker().memory().runs.rbegin()->second; }

const std::string kVerdicts = "a not_finished, b not_finished";

TEST_CASE("a run is reported as missed when the log of each node has nothing of it",
          "[run][due][log]") {
  Night night = NothingCame();
  CHECK(night.TakeMails().empty());
  night.Hears("daily", "1", {});
  night.Look();
  CHECK(night.TakeMails().empty());
  night.Hears("daily", "2", {});
  night.Look();
  CHECK(night.TakeMails() == Lines{"3 02:00 final daily MISSED: " + kVerdicts});
}

TEST_CASE("a log that does not answer holds that report up for a minute", "[run][due][log]") {
  Night night = NothingCame();
  night.Hears("daily", "1", {});
  SECTION("it says nothing") {}
  SECTION("it may answer yet") {
    const auto trouble = GENERATE(ErrorCode::kTimeout, ErrorCode::kUnavailable);
    night.Hears("daily", "2", Trouble(trouble));
  }
  SECTION("the daemon is restarted") { night.Restart(); }
  night.Until("3 02:00:59");
  CHECK(night.TakeMails().empty());
  night.Until("3 02:01:00");
  CHECK(night.TakeMails() == Lines{"3 02:01 final daily MISSED: " + kVerdicts});
}

TEST_CASE("a log that cannot be read does not", "[run][due][log]") {
  Night night = NothingCame();
  const auto trouble = GENERATE(ErrorCode::kNotFound, ErrorCode::kDenied, ErrorCode::kInvalidInput);
  night.Hears("daily", "1", Trouble(trouble));
  night.Hears("daily", "2", Trouble(trouble));
  night.Look();
  CHECK(night.TakeMails() == Lines{"3 02:00 final daily MISSED: " + kVerdicts});
}

TEST_CASE("a run that goes on by the log is waited for", "[run][due][log]") {
  Night night = NothingCame();
  night.Hears("daily", "1", Begun(night.now()));
  night.Hears("daily", "2", Begun(night.now(), End::kUnknown, "2"));
  night.Until("3 04:00");
  CHECK(night.TakeMails().empty());
  SECTION("until its results have come") {
    night.Saves("daily", "a", "3 01:00", "3 05:00");
    night.Saves("daily", "b", "3 01:00", "3 05:10");
    CHECK(night.TakeMails() == Lines{"3 05:10 final daily SUCCESS: a succeeded, b succeeded"});
  }
  SECTION("until the log says that it has ended") {
    night.Hears("daily", "1", Begun(night.now(), End::kKilled));
    night.Until("3 04:00:02");
    CHECK(night.TakeMails().empty());
    night.Until("3 04:01");
    night.Hears("daily", "2", Begun(night.now(), End::kKilled, "2"));
    night.Until("3 04:01:01");
    CHECK(night.TakeMails() == Lines{"3 04:01:01 final daily INCOMPLETE: " + kVerdicts});
  }
}

TEST_CASE("what the log says through the agent, or of nothing to do, is no begin",
          "[run][due][log]") {
  Night night = NothingCame();
  NodeLog log = Begun(night.now(), End::kNothingToDo);
  SECTION("nothing to do") {}
  SECTION("through the agent") {
    log = Begun(night.now());
    log.pass->through_agent = true;
  }
  night.Hears("daily", "1", log);
  night.Hears("daily", "2", {});
  night.Look();
  CHECK(night.TakeMails() == Lines{"3 02:00 final daily MISSED: " + kVerdicts});
}

TEST_CASE("only what has not begun by the log counts as missed", "[run][due][log]") {
  Night night = NothingCame();
  SECTION("missed") {
    night.Until("3 02:01");
    CHECK(Newest(night).missed == DueCount{1, At("3 01:00"), At("3 01:00")});
  }
  SECTION("not missed") {
    night.Hears("daily", "1", Begun(night.now(), End::kStopped));
    night.Until("3 02:01");
    CHECK_FALSE(Newest(night).missed);
  }
  CHECK_FALSE(Newest(night).open());
}

TEST_CASE("a frequent plan that has begun by the log is asked about each time", "[run][due][log]") {
  run::RunRules rules;
  rules.reads_log = true;
  Night night{rules};
  night.Until("1 00:30");
  night.HasPlan("hourly", {"a"});
  night.IsDue("hourly", "*:00");
  night.Look();
  night.Until("1 02:00");
  REQUIRE(Newest(night).due->at == At("1 01:00"));
  NodeLog log = Begun(night.now(), End::kKilled);
  log.pass->plan = PlanId{"hourly"};
  night.Hears("hourly", "1", log);
  night.Until("1 02:00:01");
  CHECK(night.TakeMails() == Lines{"1 02:00:01 final hourly INCOMPLETE: a never_ran"});
  night.Until("1 03:01");
  CHECK(night.TakeMails() == Lines{"1 03:01 final hourly MISSED: a never_ran"});
}

}  // namespace
}  // namespace backup_monitor::testing
