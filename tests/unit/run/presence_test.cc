// Whether a run's nodes can be reached, and what then is waited for.

#include "catch.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {
namespace {

run::RunRules WithNodes() {
  run::RunRules rules;
  rules.asks_for_nodes = true;
  return rules;
}

/// a is saved at "2 01:10", b on the same node is silent; it is waited for until 02:50.
Night WaitingForB(run::RunRules rules = WithNodes()) {
  Night night = AfterOneCleanRun({"a", "b"}, rules);
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  return night;
}

NodePresence Booted(std::string_view at) { return {.booted = At(at)}; }
NodePresence Away(std::optional<std::string_view> from,
                  std::optional<std::string_view> until = {}) {
  const auto time = [](auto text) { return text ? std::optional{At(*text)} : std::nullopt; };
  return {.absences = {{time(from), time(until)}}};
}

TEST_CASE("a node that was restarted after its last record sends nothing more", "[run][presence]") {
  const auto [booted, is_over] =
      GENERATE(table<const char*, bool>({{"2 01:10", false}, {"2 01:10:01", true}}));
  Night night = WaitingForB();
  night.Until("2 01:20");
  night.Meets("daily", "1", Booted(booted));
  night.Until("2 01:20:01");
  CHECK(night.TakeMails() ==
        (is_over ? Lines{"2 01:20:01 final daily INCOMPLETE: a succeeded, b not_finished"}
                 : Lines{}));
}

TEST_CASE("one that has no record yet began as long after the others as usual", "[run][presence]") {
  // b began 10 minutes after a, and kSameBegin is 15.
  const auto [booted, is_over] =
      GENERATE(table<const char*, bool>({{"2 01:25", false}, {"2 01:25:01", true}}));
  Night night = AfterOneCleanRun({"a", "b@2"}, WithNodes());
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 01:30");
  night.Meets("daily", "2", Booted(booted));
  night.Until("2 01:30:01");
  CHECK(night.TakeMails().empty() == !is_over);
}

TEST_CASE("of one that has never had a record nothing is concluded", "[run][presence]") {
  Night night = AfterOneCleanRun({"a"}, WithNodes());
  night.HasPlan("daily", {"a", "b@2"});
  night.Saves("daily", "a", "2 01:00", "2 01:10");
  night.Until("2 01:40");
  night.Meets("daily", "2", Booted("2 01:35"));
  night.Until("2 01:40:01");
  CHECK(night.TakeMails().empty());
}

TEST_CASE("or after it was due", "[run][presence][due]") {
  const auto [booted, is_over] =
      GENERATE(table<const char*, bool>({{"3 01:02", false}, {"3 01:02:01", true}}));
  Night night = TwoNodes(WithNodes());
  night.Saves("daily", "a", "3 01:00", "3 01:10");
  night.Until("3 01:11");
  night.Meets("daily", "2", Booted(booted));
  night.Until("3 01:11:01");
  CHECK(night.TakeMails().empty() == !is_over);
}

TEST_CASE("an execution that began after the restart goes on", "[run][presence][log]") {
  const auto [began, is_over] =
      GENERATE(table<const char*, bool>({{"2 01:15", true}, {"2 01:15:01", false}}));
  Night night = WaitingForB();
  night.Until("2 01:20");
  NodeLog log;
  log.pass = LoggedPass{.node = NodeId::Parse("1").value(),
                        .plan = PlanId{"daily"},
                        .began = At(began),
                        .last = At("2 01:19")};
  night.Hears("daily", "1", log);
  night.Meets("daily", "1", Booted("2 01:15"));
  night.Until("2 01:20:01");
  CHECK(night.TakeMails().empty() == !is_over);
}

TEST_CASE("whoever does not ask for nodes concludes nothing of them", "[run][presence]") {
  Night night = WaitingForB(run::RunRules{});
  night.Until("2 01:20");
  night.Meets("daily", "1", GENERATE(Booted("2 01:15"), Away("2 01:12")));
  night.Until("2 02:49:59");
  CHECK(night.TakeMails().empty());
  CHECK(night.TakeLateNotices().empty());
}

TEST_CASE("the clock of the node decides what came after a restart", "[run][presence][clock]") {
  // The node's clock is an hour ahead: a record that we reckon as of 01:10 says 02:10.
  Night night = AfterOneCleanRun({"a", "b"}, WithNodes());
  night.Until("2 01:10");
  night.Write(Record("daily", "a", At("2 02:00"), At("2 02:10")));
  night.Until("2 01:20");
  night.Meets("daily", "1", Booted("2 01:50"));  // ten minutes before the backup
  night.Until("2 01:20:01");
  CHECK(night.TakeMails().empty());
  night.Meets("daily", "1", Booted("2 02:10:01"));
  night.Until("2 01:20:02");
  CHECK(night.TakeMails() ==
        Lines{"2 01:20:02 final daily INCOMPLETE: a succeeded, b not_finished"});
}

TEST_CASE("a result that comes after all reopens the run", "[run][presence]") {
  Night night = WaitingForB();
  night.Until("2 01:20");
  night.Meets("daily", "1", Booted("2 01:15"));
  night.Until("2 01:20:01");
  (void)night.TakeMails();
  night.Saves("daily", "b", "2 01:20", "2 01:30");  // somebody has begun it again
  CHECK(night.TakeMails() == Lines{"2 01:30 update daily SUCCESS: a succeeded, b succeeded"});
}

TEST_CASE("another node's restart ends nothing", "[run][presence]") {
  Night night = WaitingForB();
  night.Until("2 01:20");
  night.Meets("daily", "2", Booted("2 01:15"));
  night.Until("2 02:49:59");
  CHECK(night.TakeMails().empty());
}

TEST_CASE("a node that could not be reached for five minutes has one notice",
          "[run][presence][late]") {
  Night night = WaitingForB();
  night.Until("2 01:20");
  (void)night.TakeLateNotices();
  SECTION("at once, if it is that long") {
    night.Meets("daily", "1", Away("2 01:15"));
    night.Until("2 01:20:01");
    CHECK(night.TakeLateNotices() == Lines{"2 01:20:01 late daily: a succeeded"});
    CHECK(night.known_by() == At("2 02:50"));
    night.Meets("daily", "1", Away("2 01:15", "2 01:30"));
    night.Saves("daily", "b", "2 01:10", "2 01:40");
    CHECK(night.TakeMails() == Lines{"2 01:40 final daily SUCCESS: a succeeded, b succeeded"});
  }
  SECTION("else when it is") {
    night.Meets("daily", "1", Away("2 01:18"));
    night.Until("2 01:22:59");
    CHECK(night.TakeLateNotices().empty());
    night.Until("2 01:23");
    CHECK(night.TakeLateNotices() == Lines{"2 01:23 late daily: a succeeded"});
  }
  SECTION("none if it has come back meanwhile") {
    night.Meets("daily", "1", Away("2 01:18"));
    night.Until("2 01:22");
    night.Meets("daily", "1", Away("2 01:18", "2 01:21"));
    night.Until("2 01:40");
    CHECK(night.TakeLateNotices().empty());
  }
  SECTION("none if a result has come since: only what answers there is away") {
    night.Meets("daily", "1", Away("2 01:09"));
    night.Until("2 01:40");
    CHECK(night.TakeLateNotices().empty());
  }
  SECTION("none if it is not waited for") {
    night.Meets("daily", "2", Away("2 01:12"));
    night.Until("2 01:40");
    CHECK(night.TakeLateNotices().empty());
  }
  SECTION("none if it is not known since when") {
    night.Meets("daily", "1", Away({}));
    night.Until("2 01:40");
    CHECK(night.TakeLateNotices().empty());
  }
  SECTION("none by what was known before a restart of the daemon") {
    night.Meets("daily", "1", Away("2 01:18"));
    night.Restart();
    night.Until("2 01:40");
    CHECK(night.TakeLateNotices().empty());
  }
}

TEST_CASE("of an open run only a new answer about a node goes to the store", "[run][presence]") {
  Night night = WaitingForB();
  run::RunTracker tracker = night.tracker();
  const RunId id = tracker.memory().runs.rbegin()->first;
  const NodeId node = NodeId::Parse("1").value();
  NodePresence presence{.read_at = At("2 01:11")};
  CHECK(tracker.Met(id, node, presence).runs.empty());
  presence.known_from = At("2 00:00");
  CHECK(tracker.Met(id, node, presence).runs.size() == 1);
  presence.read_at = At("2 01:12");
  CHECK(tracker.Met(id, node, presence).runs.empty());
  CHECK(tracker.Find(id)->presence.at(node).read_at == At("2 01:12"));
  presence.booted = At("2 01:11:30");
  CHECK(tracker.Met(id, node, presence).runs.size() == 1);
  presence.absences = {{At("2 01:11"), {}}};
  CHECK(tracker.Met(id, node, presence).runs.size() == 1);
  CHECK(tracker.Find(id)->presence.at(node).ended_backup);
  CHECK(tracker.Met(id, node, {.read_at = At("2 01:13"), .trouble = ErrorCode::kTimeout})
            .runs.size() == 1);
  CHECK(tracker.Find(id)->presence.at(node).booted);  // what is known stays
  CHECK(tracker.Met(RunId{99}, node, presence).runs.empty());
}

}  // namespace
}  // namespace backup_monitor::testing
