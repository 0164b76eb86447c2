// What a report says of nodes that could not be reached, or were restarted.

#include "catch.h"
#include "report/json/report_json.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

const NodeId kRome = *NodeId::Parse("2");

PresenceLine Away(std::optional<Time> from, std::optional<Time> until) {
  return {kRome, "Rome", {.read_at = kNight + 2 * kHour, .absences = {{from, until}}}};
}
PresenceLine Booted(Time at) {
  return {kRome, "Rome", {.read_at = kNight + 2 * kHour, .booted = at}};
}

/// From 02:14 to 03:14: mail1 on node 1 is saved, web1 on node 2 is silent.
RunSection HalfSilent(std::vector<PresenceLine> presence) {
  RunSection run = Section(Outcome::kIncomplete, {Line("mail1", Verdict::kSucceeded),
                                                  Line("web1", Verdict::kNotFinished)});
  run.modules.front().node = *NodeId::Parse("1");
  run.closed_at = kNight + kHour;
  run.presence = std::move(presence);
  return run;
}

RunSection NothingCame(std::vector<PresenceLine> presence) {
  RunSection run = Section(Outcome::kMissed, {Line("mail1", Verdict::kNotFinished)});
  run.origin = RunOrigin::kSchedule;
  run.end.reset();
  run.closed_at = run.schedule.answer_by = kNight + kHour;
  run.schedule.due = kNight;
  run.schedule.next = kNight + kDay;
  run.presence = std::move(presence);
  return run;
}

std::string English(const RunSection& run) { return OnOneLine(Written(run).text); }

TEST_CASE("since when and until when a node could not be reached", "[report][presence]") {
  const auto [from, until, en, it] =
      GENERATE(table<std::optional<Time>, std::optional<Time>, std::string, std::string>({
          {kNight - kMinute, kNight + kHour,
           "From Sun 22 Nov 2026, 02:13 CET to Sun 22 Nov 2026, 03:14 CET, node 2 (Rome) could not "
           "be reached.",
           "il nodo 2 (Rome) non era raggiungibile."},
          {kNight - kMinute, std::nullopt,
           "Since Sun 22 Nov 2026, 02:13 CET, node 2 (Rome) has not been reachable.",
           "il nodo 2 (Rome) non è raggiungibile."},
          {std::nullopt, kNight + kHour,
           "Until Sun 22 Nov 2026, 03:14 CET, node 2 (Rome) could not be reached.", "Fino a"},
          {std::nullopt, std::nullopt,
           "When this report was made, node 2 (Rome) could not be reached.",
           "Al momento di questo rapporto il nodo 2 (Rome) non era raggiungibile."},
      }));
  const RunSection run =
      GENERATE_COPY(HalfSilent({Away(from, until)}), NothingCame({Away(from, until)}));
  CHECK_THAT(English(run), Contains(en));
  CHECK_THAT(OnOneLine(Written(run, Language::kItalian).text), Contains(it));
  CHECK_THAT(Written(run).html, Contains("node 2 (Rome)"));
}

TEST_CASE("a node that was restarted is named with the time", "[report][presence]") {
  CHECK_THAT(English(HalfSilent({Booted(kNight + kMinute)})),
             Contains("On Sun 22 Nov 2026, 02:15 CET, node 2 (Rome) was restarted."));
}

TEST_CASE("what a node did before or after the run explains nothing", "[report][presence]") {
  // The run was from 02:14 to 03:14; two minutes more at both ends for clocks that differ.
  const auto [line, is_said] = GENERATE(table<PresenceLine, bool>({
      {Away(kNight - kHour, kNight - 121 * seconds{1}), false},
      {Away(kNight - kHour, kNight - 120 * seconds{1}), true},
      {Away(kNight + kHour + 120 * seconds{1}, kNight + kDay), true},
      {Away(kNight + kHour + 121 * seconds{1}, kNight + kDay), false},
      {Booted(kNight - 121 * seconds{1}), false},
      {Booted(kNight - 120 * seconds{1}), true},
      {Booted(kNight + kHour + 120 * seconds{1}), true},
      {Booted(kNight + kHour + 121 * seconds{1}), false},
  }));
  CAPTURE(line.presence.booted.has_value());
  const std::string text = English(HalfSilent({line}));
  CHECK((text.find("be reached") != std::string::npos ||
         text.find("was restarted") != std::string::npos) == is_said);
}

TEST_CASE("a run that did not take place begins with its due moment", "[report][presence]") {
  RunSection run = NothingCame({Away(kNight - kHour, kNight + kMinute)});
  run.begin = kNight + 10 * kMinute;
  CHECK_THAT(English(run), Contains("could not be reached."));
  run.schedule.due.reset();
  CHECK_THAT(English(run), !Contains("could not be reached."));
}

TEST_CASE("of a node that has sent every result nothing is said", "[report][presence]") {
  RunSection run = HalfSilent({Away(kNight, kNight + kMinute)});
  SECTION("it is another node's") { run.modules.back().node = *NodeId::Parse("3"); }
  CHECK_THAT(English(run), !Contains("could not be reached"));
}

TEST_CASE("two absences are named, and ten nodes", "[report][presence]") {
  RunSection run = HalfSilent({Away(kNight, kNight + kMinute)});
  for (int at = 10; at <= 20; at += 10)
    run.presence[0].presence.absences.push_back(
        {kNight + at * kMinute, kNight + (at + 1) * kMinute});
  const std::string text = English(run);
  CHECK_THAT(text,
             Contains("From Sun 22 Nov 2026, 02:24") && !Contains("From Sun 22 Nov 2026, 02:34"));

  run.modules.clear();
  run.presence.clear();
  for (int node = 1; node <= 11; ++node) {
    run.modules.push_back(Line("web" + std::to_string(node), Verdict::kNotFinished));
    run.modules.back().node = *NodeId::Parse(std::to_string(node));
    run.presence.push_back({*run.modules.back().node, "", Away(kNight, kNight + kHour).presence});
  }
  const std::string many = English(run);
  CHECK_THAT(many, Contains("node 10 could not") && !Contains("node 11 could not") &&
                       Contains("1 more node could not be reached, or was restarted."));
}

TEST_CASE("where it is known why, no other cause is listed", "[report][presence]") {
  const std::string causes = "still running, cancelled, the node was off";
  CHECK_THAT(English(HalfSilent({})), Contains(causes));
  CHECK_THAT(English(HalfSilent({Away(kNight, {})})), !Contains(causes));
}

TEST_CASE("a run that did not take place says what to do", "[report][presence]") {
  const std::string asks = "were its nodes on at that time?";
  CHECK_THAT(English(NothingCame({})), Contains(asks));
  CHECK_THAT(English(NothingCame({Booted(kNight)})), Contains(asks));
  CHECK_THAT(English(NothingCame({Away(kNight, {})})),
             !Contains(asks) && Contains("Find out why the node could not be reached. NS8 does not "
                                         "catch up on a missed run"));
}

TEST_CASE("that nobody could say it is named once", "[report][presence]") {
  const auto [trouble, is_said] = GENERATE(table<ErrorCode, bool>(
      {{ErrorCode::kTimeout, true}, {ErrorCode::kDenied, true}, {ErrorCode::kNotFound, false}}));
  RunSection run = HalfSilent({});
  for (const char* node : {"1", "2"}) {
    run.presence.push_back({*NodeId::Parse(node), "", {.read_at = kNight, .trouble = trouble}});
  }
  const std::string said = "Whether the nodes could be reached during the run could not be read.";
  CHECK((English(run).find(said) != std::string::npos) == is_said);
  run.modules.pop_back();
  CHECK_THAT(English(run), !Contains(said));
}

TEST_CASE("for programs everything is there", "[report][presence]") {
  const RunSection run = HalfSilent({Away({}, kNight), Booted(kNight)});
  const Report report = Of({run});
  const std::string text = json::ReportJson(FactsOf(report));
  CHECK_THAT(text, Contains(R"("nodes":[{"node":2,"node_name":"Rome",)"));
  CHECK_THAT(text, Contains(R"("absences":[{"from":null,"from_unix":null,)"
                            R"("until":"2026-11-22T01:14:00Z","until_unix":1795310040}])"));
  CHECK_THAT(text, Contains(R"("booted":"2026-11-22T01:14:00Z","booted_unix":1795310040)"));
}

}  // namespace
}  // namespace backup_monitor::report
