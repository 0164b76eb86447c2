// Before a run is reported as missed the log is asked whether it has begun.

#include "catch.h"
#include "run/plan_state.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

using End = LoggedPass::End;

/// Nothing has come of "3 01:00" by 02:00, when the run is opened.
Night NothingCame() {
  Night night = TwoNodes(WithLog());
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

PlanState StateOf(const Night& night) {
  return run::StatusOf(PlanId{"daily"}, night.cluster(), night.tracker().memory(), WithLog()).state;
}

const std::string kVerdicts = "a not_finished, b not_finished";

TEST_CASE("for a minute the log may say that a run of which nothing has come has begun",
          "[run][due][log]") {
  Night night = NothingCame();
  SECTION("it says nothing") {}
  SECTION("it has nothing of the run") {
    night.Hears("daily", "1", {});
    night.Hears("daily", "2", {});
  }
  SECTION("it may answer yet") {
    const auto trouble = GENERATE(ErrorCode::kTimeout, ErrorCode::kUnavailable);
    night.Hears("daily", "1", Trouble(ErrorCode::kDenied));
    night.Hears("daily", "2", Trouble(trouble));
  }
  SECTION("the daemon is restarted") { night.Restart(); }
  night.Until("3 02:00:59");
  CHECK(night.TakeMails().empty());
  CHECK(StateOf(night) == PlanState::kLate);
  night.Until("3 02:01:00");
  CHECK(night.TakeMails() == Lines{"3 02:01 final daily MISSED: " + kVerdicts});
  CHECK(StateOf(night) == PlanState::kMissed);
}

TEST_CASE("a log that cannot be read is not waited for", "[run][due][log]") {
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
  night.Until("3 02:01");
  CHECK(night.TakeMails() == Lines{"3 02:01 final daily MISSED: " + kVerdicts});
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
  Night night = WatchedFrom0030("hourly", "*:00", {"a"}, WithLog());
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

TEST_CASE("after a long absence a plan that is due often has one report of what it missed",
          "[run][due][log]") {
  run::RunRules rules;
  rules.reads_log = GENERATE(true, false);
  Night night{rules};
  night.HasPlan("hourly", {"a"});
  night.IsDue("hourly", "*:00");
  night.Look();
  night.Saves("hourly", "a", "1 01:00", "1 01:10");
  (void)night.TakeMails();
  night.Stop();
  night.Until("3 08:05");
  night.Start();
  night.Until("3 08:55");
  const Lines mails = night.TakeMails();
  CHECK(std::ranges::count_if(mails, [](const std::string& mail) {
          return mail.find("MISSED") != std::string::npos;
        }) == 1);
}

TEST_CASE("a run that goes on by the log swallows the next due moment", "[run][due][log]") {
  Night night = WatchedFrom0030("often", "1,7,13,19:00", {"a"}, WithLog());
  night.Until("1 03:30");
  REQUIRE(Newest(night).due->at == At("1 01:00"));
  NodeLog log = Begun(night.now());
  log.pass->plan = PlanId{"often"};
  // What began later may as well be of the next, by a clock that is behind.
  const auto [began, opened] = GENERATE(table<std::string, std::string>(
      {{"1 01:00", "1 01:00"}, {"1 06:57:59", "1 01:00"}, {"1 06:58", "1 07:00"}}));
  log.pass->began = At(began);
  const auto goes_on = [&](std::string_view until) {
    while (night.now() < At(until)) {
      log.newest_entry = night.now();
      night.Hears("often", "1", log);
      night.Until(night.now() + std::chrono::minutes{5});
    }
  };
  goes_on("1 11:00");
  CHECK(night.TakeMails().empty());
  CHECK(Newest(night).due->at == At(opened));
  if (opened != "1 01:00") return;
  night.Saves("often", "a", "1 01:00", "1 11:10");
  CHECK(night.TakeMails() == Lines{"1 11:10 final often SUCCESS: a succeeded"});
}

TEST_CASE("a run that was cut off swallows nothing that was due before somebody noticed",
          "[run][due][log]") {
  Night night = WatchedFrom0030("often", "1,7,13,19:00", {"a"}, WithLog());
  night.Until("1 08:05");
  CHECK(night.TakeMails() == Lines{"1 03:31 final often MISSED: a never_ran"});
  NodeLog log = Begun(night.now());
  log.pass->plan = PlanId{"often"};
  log.pass->began = At("1 01:00");
  const auto [end, last, swallows] = GENERATE(table<End, std::string, bool>({
      {End::kRebooted, "1 07:00", false},
      {End::kRebooted, "1 07:00:01", true},
      {End::kLost, "1 07:00", false},
      {End::kKilled, "1 01:00", true},
  }));
  log.pass->end = end;
  log.pass->last = At(last);
  log.pass->ended = At("1 08:00");
  night.Hears("often", "1", log);
  night.Until("1 09:40");
  // The plan is due often, so a second one is only counted on its day.
  CHECK(night.tracker().memory().watches.at(PlanId{"often"}).missed.has_value() == !swallows);
}

TEST_CASE("runs of which nothing has come end no others", "[run][due][log]") {
  Night night = TwoNodes(WithLog());
  night.Stop();
  night.Until("6 12:00");
  night.Start();
  night.Until("6 13:02");
  CHECK(night.TakeMails().size() == 4);
  for (const std::string& reason : night.reasons())
    CHECK(reason.find("a third run") == std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::testing
