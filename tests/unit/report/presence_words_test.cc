// What a report says of nodes that could not be reached, or were restarted.

#include "catch.h"
#include "report/json/report_json.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

const NodeId kRome = *NodeId::Parse("2");
constexpr Time kClosed = kNight + kHour;
constexpr seconds kSecond{1};

PresenceLine Away(std::optional<Time> from, std::optional<Time> until) {
  return {kRome,
          "Rome",
          {.read_at = kClosed, .known_from = kNight - kHour, .absences = {{from, until}}}};
}
PresenceLine Booted(Time at, bool ended_backup = true) {
  return {kRome,
          "Rome",
          {.read_at = kClosed,
           .known_from = kNight - kHour,
           .booted = at,
           .ended_backup = ended_backup}};
}

/// From 02:14 to 03:14: mail1 on node 1 is saved, web1 on node 2 is silent.
RunSection HalfSilent(std::vector<PresenceLine> presence) {
  RunSection run = Section(Outcome::kIncomplete, {Line("mail1", Verdict::kSucceeded),
                                                  Line("web1", Verdict::kNotFinished)});
  run.modules.front().node = *NodeId::Parse("1");
  run.closed_at = kClosed;
  run.presence = std::move(presence);
  return run;
}

RunSection NothingCame(std::vector<PresenceLine> presence) {
  RunSection run = Section(Outcome::kMissed, {Line("mail1", Verdict::kNotFinished)});
  run.origin = RunOrigin::kSchedule;
  run.end.reset();
  run.closed_at = run.schedule.answer_by = kClosed;
  run.schedule.due = kNight;
  run.schedule.next = kNight + kDay;
  run.presence = std::move(presence);
  return run;
}

std::string English(const RunSection& run) { return OnOneLine(Written(run).text); }

bool Says(const RunSection& run, const std::string& words) {
  return English(run).find(words) != std::string::npos;
}

TEST_CASE("since when and until when a node could not be reached", "[report][presence]") {
  const auto [from, until, en, it] = GENERATE(table<std::optional<Time>, std::optional<Time>,
                                                    std::string, std::string>({
      {kNight - kMinute, kClosed,
       "The cluster could not reach node 2 (Rome) from Sun 22 Nov 2026, 02:13 CET to Sun 22 Nov "
       "2026, 03:14 CET.",
       "Il cluster non ha potuto raggiungere il nodo 2 (Rome) da "},
      {kNight - kMinute, std::nullopt,
       "The cluster has not been able to reach node 2 (Rome) since Sun 22 Nov 2026, 02:13 CET.",
       "Il cluster non riesce a raggiungere il nodo 2 (Rome) da "},
      {std::nullopt, kClosed,
       "The cluster could not reach node 2 (Rome) until Sun 22 Nov 2026, 03:14 CET.",
       "Il cluster non ha potuto raggiungere il nodo 2 (Rome) fino a "},
      {std::nullopt, std::nullopt,
       "The cluster could not reach node 2 (Rome) when this report was made.",
       "Al momento di questo report il cluster non poteva raggiungere il nodo 2 (Rome)."},
  }));
  const std::vector<PresenceLine> presence{Away(from, until)};
  const RunSection run = GENERATE_COPY(HalfSilent(presence), NothingCame(presence));
  CHECK_THAT(English(run), Contains(en));
  CHECK_THAT(OnOneLine(Written(run, Language::kItalian).text), Contains(it));
  CHECK_THAT(Written(run).html, Contains("reach node 2 (Rome)"));
}

TEST_CASE("a restart that ended the backup is named with the time", "[report][presence]") {
  CHECK_THAT(
      English(HalfSilent({Booted(kNight + kMinute)})),
      Contains("The restart of node 2 (Rome) ended its backup (Sun 22 Nov 2026, 02:15 CET)."));
  CHECK_FALSE(Says(HalfSilent({Booted(kNight + kMinute, false)}), "restart"));
}

TEST_CASE("what a node did before or after the run is not of it", "[report][presence]") {
  // The run was from 02:14 to 03:14; two minutes more at both ends for clocks that differ.
  const auto [from, until, is_said] = GENERATE(table<Time, Time, bool>({
      {kNight - kHour, kNight - 121 * kSecond, false},
      {kNight - kHour, kNight - 120 * kSecond, true},
      {kClosed + 120 * kSecond, kNight + kDay, true},
      {kClosed + 121 * kSecond, kNight + kDay, false},
  }));
  CHECK(Says(HalfSilent({Away(from, until)}), "could not reach") == is_said);
}

TEST_CASE("a run that did not take place begins with its due moment", "[report][presence]") {
  RunSection run = NothingCame({Away(kNight - kHour, kNight + kMinute)});
  run.begin = kNight + 10 * kMinute;
  CHECK(Says(run, "could not reach"));
  run.schedule.due.reset();
  CHECK_FALSE(Says(run, "could not reach"));
}

TEST_CASE("a result that came meanwhile says that the node was there", "[report][presence]") {
  RunSection run = HalfSilent({});
  run.modules.front().node = kRome;  // saved from 02:14 to 02:17
  const auto [from, until, is_said] = GENERATE(table<Time, std::optional<Time>, bool>({
      {kNight + kMinute - kSecond, std::nullopt, false},  // over two minutes before 02:17
      {kNight + kMinute, std::nullopt, true},
      {kNight, kNight + 5 * kMinute, true},
      {kNight, kNight + 5 * kMinute + kSecond, false},
  }));
  run.presence = {Away(from, until)};
  CHECK(Says(run, "reach node 2") == is_said);
}

TEST_CASE("of a node that has sent every result nothing is said", "[report][presence]") {
  RunSection run = HalfSilent({Away(kNight, kNight + kMinute)});
  run.modules.back().node = *NodeId::Parse("3");
  CHECK_FALSE(Says(run, "could not reach"));
}

TEST_CASE("the first and the last absence are named, and ten nodes", "[report][presence]") {
  RunSection run = HalfSilent({Away(kNight, kNight + kMinute)});
  for (int at = 10; at <= 20; at += 10) {
    run.presence[0].presence.absences.push_back(
        {kNight + at * kMinute, kNight + (at + 1) * kMinute});
  }
  CHECK(Says(run, "from Sun 22 Nov 2026, 02:14"));
  CHECK_FALSE(Says(run, "from Sun 22 Nov 2026, 02:24"));
  CHECK(Says(run, "from Sun 22 Nov 2026, 02:34"));

  run.modules.clear();
  run.presence.clear();
  for (int node = 1; node <= 11; ++node) {
    run.modules.push_back(Line("web" + std::to_string(node), Verdict::kNotFinished));
    run.modules.back().node = *NodeId::Parse(std::to_string(node));
    run.presence.push_back({*run.modules.back().node, "", Away(kNight, kClosed).presence});
  }
  CHECK(Says(run, "reach node 10 from"));
  CHECK_FALSE(Says(run, "reach node 11 from"));
  CHECK(Says(run, "The same holds for 1 more node: it could not be reached, or was restarted."));
}

TEST_CASE("where it is known why, no other cause is listed", "[report][presence]") {
  // Five minutes or longer, and until two minutes before the run closed at least.
  const auto [line, is_known] = GENERATE(table<PresenceLine, bool>({
      {Away(kClosed - 5 * kMinute, {}), true},
      {Away(kClosed - 5 * kMinute + kSecond, {}), false},
      {Away(kNight, kClosed - 2 * kMinute), true},
      {Away(kNight, kClosed - 2 * kMinute - kSecond), false},
      {Booted(kNight), true},
      {Booted(kNight, false), false},
  }));
  CHECK(Says(HalfSilent({line}), "still running, cancelled, the node was off") == !is_known);
}

TEST_CASE("a run that did not take place says what to do", "[report][presence]") {
  const std::string asks = "were its nodes on at that time?";
  const std::string knows = "Find out why the plan's nodes could not be reached when it was due.";
  const auto [from, until, is_known] = GENERATE(table<Time, std::optional<Time>, bool>({
      {kNight, std::nullopt, true},
      {kNight + kMinute, std::nullopt, true},
      {kNight + kMinute + kSecond, std::nullopt, false},
      {kNight - kHour, kNight, true},
      {kNight - kHour, kNight - kSecond, false},
  }));
  RunSection run = NothingCame({Away(from, until)});
  CHECK(Says(run, knows) == is_known);
  CHECK(Says(run, asks) == !is_known);
  run.modules.push_back(Line("web1", Verdict::kNotFinished));
  run.modules.back().node = *NodeId::Parse("3");  // of which nothing is known
  CHECK(Says(run, asks));
}

TEST_CASE("that nobody could say it is named once", "[report][presence]") {
  const auto [trouble, is_said] = GENERATE(table<ErrorCode, bool>(
      {{ErrorCode::kTimeout, true}, {ErrorCode::kDenied, true}, {ErrorCode::kNotFound, false}}));
  RunSection run = HalfSilent({});
  run.modules.push_back(Line("web2", Verdict::kNotFinished));
  run.modules.back().node = *NodeId::Parse("3");
  for (const char* node : {"2", "3"})
    run.presence.push_back({*NodeId::Parse(node), "", {.read_at = kNight, .trouble = trouble}});
  const std::string said = "Whether the nodes could be reached during the run could not be read.";
  const std::string text = English(run);
  CHECK((text.find(said) != std::string::npos) == is_said);
  CHECK(text.find(said) == text.rfind(said));

  for (PresenceLine& line : run.presence) line.presence.known_from = kNight;  // by earlier answers
  CHECK_FALSE(Says(run, said));
  for (PresenceLine& line : run.presence) line.presence.known_from.reset();
  for (ModuleLine& line : run.modules) {
    if (line.verdict == Verdict::kNotFinished) line = Line("web1", Verdict::kFailed);
  }
  CHECK_FALSE(Says(run, said));  // the nodes were there
}

TEST_CASE("for programs everything is there", "[report][presence]") {
  const RunSection run = HalfSilent({Away({}, kNight), Booted(kNight)});
  const Report report = Of({run});
  const std::string text = json::ReportJson(FactsOf(report));
  CHECK_THAT(text, Contains(R"("nodes":[{"node":2,"node_name":"Rome",)"));
  CHECK_THAT(text, Contains(R"("absences":[{"from":null,"from_unix":null,)"
                            R"("until":"2026-11-22T01:14:00Z","until_unix":1795310040}])"));
  CHECK_THAT(text, Contains(R"("booted":"2026-11-22T01:14:00Z","booted_unix":1795310040,)"
                            R"("ended_backup":true)"));
}

}  // namespace
}  // namespace backup_monitor::report
