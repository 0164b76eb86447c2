// What follows from a report without words: each part is of its part of the report, and there in its order.

#include "catch.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;

using Kinds = std::vector<Step::Kind>;

Kinds StepsOf(const Report& report) {
  Kinds kinds;
  for (const Step& step : FactsOf(report).steps) kinds.push_back(step.kind);
  return kinds;
}

ModuleLine WithoutSnapshot(std::string id) {
  return Found(Line(std::move(id), Verdict::kSucceeded), std::nullopt);
}

TEST_CASE("each part of the facts is of its part of the report", "[report]") {
  const Report report =
      Of({Section(Outcome::kPartial, {Failed(), Line("samba1", Verdict::kSucceeded)}),
          Section(Outcome::kSuccess, {WithoutSnapshot("web1")})});
  const ReportFacts facts = FactsOf(report);
  CHECK(&facts.report == &report);
  REQUIRE(facts.runs.size() == 2);
  for (std::size_t i = 0; i < facts.runs.size(); ++i) {
    CHECK(&facts.runs[i].section == &report.runs[i]);
    REQUIRE(facts.runs[i].modules.size() == report.runs[i].modules.size());
    for (std::size_t m = 0; m < facts.runs[i].modules.size(); ++m) {
      CHECK(&facts.runs[i].modules[m].line == &report.runs[i].modules[m]);
    }
  }
  CHECK(facts.phrase == Phrase::kPartiallyFailed);
  CHECK(facts.runs[1].phrase == Phrase::kNotConfirmed);
  CHECK(facts.tally.total == 3);
  CHECK(facts.tally.without_snapshot == 1);
  CHECK(facts.runs[0].tally.without_snapshot == 0);
}

TEST_CASE("what a module has come to is one group of it", "[report]") {
  const RunSection run = Section(
      Outcome::kPartial,
      {Failed("b1"), Failed("a1"), WithoutSnapshot("web1"), Line("samba1", Verdict::kSucceeded)});
  const RunFacts facts = FactsOf(run);
  std::size_t grouped = 0;
  for (int rank = 0; rank <= static_cast<int>(Rank::kFailed); ++rank) {
    grouped += facts.OfRank(static_cast<Rank>(rank)).size();
  }
  CHECK(grouped == 4);
  REQUIRE(facts.OfRank(Rank::kFailed).size() == 2);
  CHECK(facts.OfRank(Rank::kFailed).front()->line.module ==
        ModuleId{"b1"});  // the order of the run
  CHECK(facts.OfRank(Rank::kGood).front()->good());
}

TEST_CASE("the good modules of each node are summed up", "[report]") {
  ModuleLine elsewhere = Line("a1", Verdict::kSucceeded);
  elsewhere.node.reset();
  ModuleLine without_before = Line("b1", Verdict::kSucceeded);
  without_before.previous_size_bytes.reset();
  const RunSection run = Section(
      Outcome::kPartial, {Failed(), Line("c1", Verdict::kSucceeded), without_before, elsewhere});
  const RunFacts facts = FactsOf(run);
  REQUIRE(facts.good_by_node.size() == 2);
  CHECK(facts.good_by_node[0].first->module == ModuleId{"a1"});
  const NodeSum& named = facts.good_by_node[1];
  CHECK(named.modules == 2);
  CHECK(named.took == 6 * kMinute);
  CHECK(named.size.now == 8'400'000'000);
  CHECK(named.size.modules == 2);
  CHECK(named.size.comparable == 1);
}

TEST_CASE("the foremost run is the worst, and one that goes on hides none that failed",
          "[report]") {
  const RunSection good = Section(Outcome::kSuccess, {Line("a1", Verdict::kSucceeded)});
  RunSection good_and_open = good;
  good_and_open.open = true;
  const RunSection bad = Section(Outcome::kRepoFailure, {Failed()});
  RunSection bad_and_open = bad;
  bad_and_open.open = true;
  const auto foremost = [](std::vector<RunSection> runs) {
    const Report report = Of(std::move(runs), ReportKind::kOnRequest);
    return FactsOf(report).foremost;
  };
  CHECK_FALSE(foremost({}));
  CHECK(foremost({good, bad}) == 1U);
  CHECK(foremost({bad_and_open, bad}) == 1U);
  CHECK(foremost({good, good_and_open}) == 1U);
  CHECK(foremost({bad, good_and_open}) == 0U);
}

TEST_CASE("the steps are there without a word", "[report]") {
  const Report good = Of({Section(Outcome::kSuccess, {Line("a1", Verdict::kSucceeded)})});
  CHECK(StepsOf(good).empty());
  const Report locked =
      Of({Section(Outcome::kRepoFailure, {Refused(Failed(), ProbeCause::kLocked)})});
  CHECK(StepsOf(locked) == Kinds{Step::Kind::kCause, Step::Kind::kRunAgain});
  const ReportFacts facts = FactsOf(locked);
  CHECK(facts.steps.front().cause == Cause::kLocked);
  CHECK(facts.steps.front().repositories ==
        std::vector<Step::Repository>{{ModuleId{"mail1"}, PlanId{"1"}}});
  Report open = Of({Section(Outcome::kRepoFailure, {Failed()})}, ReportKind::kEarlyNotice);
  open.runs.front().open = true;
  CHECK(StepsOf(open) == Kinds{Step::Kind::kReadLogs, Step::Kind::kDestination, Step::Kind::kWait});
  CHECK(StepsOf(Of({}, ReportKind::kUndelivered)) == Kinds{Step::Kind::kUndelivered});
}

TEST_CASE("each count of a report is the sum over its runs", "[report]") {
  ModuleLine fallen = Line("f1", Verdict::kSucceeded);
  fallen.size_bytes = *fallen.previous_size_bytes / 10;
  ModuleLine none_counted = Line("g1", Verdict::kSucceeded);
  none_counted.counts_no_snapshot = true;
  const std::vector<ModuleLine> lines{Line("a1", Verdict::kSucceeded),
                                      Line("b1", Verdict::kSavedWithErrors),
                                      Found(Failed("c1"), kNight - kDay),
                                      Line("d1", Verdict::kNotFinished),
                                      Line("e1", Verdict::kNeverRan),
                                      fallen,
                                      none_counted,
                                      WithoutSnapshot("h1"),
                                      Line("i1", std::nullopt)};
  const Report once = Of({Section(Outcome::kPartial, lines)});
  const Report twice = Of({Section(Outcome::kPartial, lines), Section(Outcome::kPartial, lines)});
  const Tally one = FactsOf(once).tally;
  const Tally two = FactsOf(twice).tally;
  for (const auto count :
       {&Tally::total, &Tally::succeeded, &Tally::saved_with_errors, &Tally::failed,
        &Tally::not_finished, &Tally::never_ran, &Tally::pending, &Tally::not_saved,
        &Tally::without_snapshot, &Tally::none_counted, &Tally::fallen}) {
    CHECK(one.*count > 0);
    CHECK(two.*count == 2 * (one.*count));
  }
}

TEST_CASE("only a success can be unconfirmed", "[report]") {
  ModuleLine failed = Failed("c1");
  failed.counts_no_snapshot = true;
  const Report report = Of({Section(
      Outcome::kPartial, {Found(Failed("b1"), kNight - kDay), failed,
                          Refused(Failed("d1"), ProbeCause::kLocked), WithoutSnapshot("a1")})});
  const Unconfirmed unconfirmed = FactsOf(report).unconfirmed;
  CHECK(unconfirmed.without_snapshot == std::vector{ModuleId{"a1"}});
  CHECK(unconfirmed.none_counted.empty());
  CHECK(unconfirmed.unread.empty());
}

TEST_CASE("a module without a size is no part of a sum of sizes", "[report]") {
  ModuleLine without = Line("b1", Verdict::kSucceeded);
  without.size_bytes.reset();
  const RunSection run = Section(Outcome::kSuccess, {Line("a1", Verdict::kSucceeded), without});
  const RunFacts facts = FactsOf(run);
  CHECK(facts.size.modules == 1);
  CHECK(facts.size.comparable == 1);
  CHECK(facts.size.comparable_before == 4'000'000'000);
}

TEST_CASE("the worst recovery point is over two modules that did not succeed, at least",
          "[report]") {
  const auto recovery = [](std::vector<ModuleLine> lines) {
    const RunSection run = Section(Outcome::kPartial, std::move(lines));
    return FactsOf(run).recovery.has_value();
  };
  CHECK(recovery({Failed("a1"), Failed("b1")}));
  CHECK_FALSE(recovery({Failed("a1"), Line("b1", Verdict::kSucceeded)}));
  CHECK_FALSE(recovery({Failed("a1"), Line("b1", std::nullopt)}));
}

TEST_CASE("data is of a later backup if it is newer than the end of the one that failed",
          "[report]") {
  const auto is_later = [](seconds after) {
    ModuleLine line = Failed("a1");
    line = Found(line, *line.ended + after);
    const RunSection run = Section(Outcome::kRepoFailure, {line});
    return FactsOf(run).modules.front().newest.later;
  };
  CHECK_FALSE(is_later(seconds{0}));
  CHECK(is_later(seconds{1}));
}

TEST_CASE("the log may say what a failure is about, and nothing of a module without a result",
          "[report]") {
  const RunSection run =
      Section(Outcome::kPartial,
              {Failed("a1"), Line("b1", Verdict::kSavedWithErrors), WithoutSnapshot("c1"),
               Line("d1", Verdict::kNotFinished), Line("e1", Verdict::kSucceeded)});
  std::vector<bool> needs_log;
  const RunFacts facts = FactsOf(run);
  for (const ModuleFacts& module : facts.modules) needs_log.push_back(module.needs_log);
  CHECK(needs_log == std::vector{true, true, true, false, false});
}

TEST_CASE("a destination that answered is not suspected, one without an id answers for itself",
          "[report]") {
  ModuleLine answered = Found(Line("b1", Verdict::kSavedWithErrors), kNight);
  answered.finding->complete = false;  // a part of the list was read
  RunSection failed = Section(Outcome::kRepoFailure, {Failed("a1")});
  RunSection other = Section(Outcome::kPartial, {answered});
  const auto steps = [&](std::string one_id, std::string other_id) {
    failed.destination_id = std::move(one_id);
    other.destination_id = std::move(other_id);
    return StepsOf(Of({failed, other}));
  };
  const auto has = [](const Kinds& kinds, Step::Kind kind) {
    return std::ranges::find(kinds, kind) != kinds.end();
  };
  CHECK(has(steps("nas", "nas"), Step::Kind::kDestinationFull));
  CHECK(has(steps("nas", "s3"), Step::Kind::kDestination));
  CHECK(has(steps("", ""), Step::Kind::kDestination));
}

TEST_CASE("the window of a node's log covers its failed modules and a minute around them",
          "[report]") {
  ModuleLine early = Failed("a1");
  ModuleLine late = Failed("b1");
  late.started = *early.started + kHour;
  late.ended = *early.ended + kHour;
  for (const auto& lines :
       {std::vector<ModuleLine>{early, late}, std::vector<ModuleLine>{late, early}}) {
    const Report report = Of({Section(Outcome::kRepoFailure, lines)});
    const ReportFacts facts = FactsOf(report);
    REQUIRE(facts.steps.front().windows.size() == 1);
    const LogWindow& window = facts.steps.front().windows.front();
    CHECK(window.from == *early.started - kMinute);
    CHECK(window.to == *late.ended + kMinute);
  }
}

TEST_CASE("what has no result has its step", "[report]") {
  const auto has = [](const Report& report, Step::Kind kind) {
    const Kinds kinds = StepsOf(report);
    return std::ranges::find(kinds, kind) != kinds.end();
  };
  const Report good = Of({Section(Outcome::kSuccess, {Line("a1", Verdict::kSucceeded)})});
  for (const auto kind :
       {Step::Kind::kUnknownPlan, Step::Kind::kAlertSummary, Step::Kind::kNoStatus,
        Step::Kind::kMissed, Step::Kind::kAlert, Step::Kind::kNotFinished, Step::Kind::kNeverRan}) {
    CHECK_FALSE(has(good, kind));
  }
  CHECK(has(Of({}, ReportKind::kUnknownPlan), Step::Kind::kUnknownPlan));
  CHECK(has(Of({}, ReportKind::kNoStatus), Step::Kind::kNoStatus));
  Report summary = Of({}, ReportKind::kAlertSummary);
  summary.alert_summary.emplace();
  CHECK(has(summary, Step::Kind::kAlertSummary));
  CHECK(has(Of({Section(Outcome::kMissed, {})}), Step::Kind::kMissed));
  Report asked = Of({}, ReportKind::kOnRequest);
  CHECK_FALSE(has(asked, Step::Kind::kAlert));
  asked.alert.emplace();
  CHECK(has(asked, Step::Kind::kAlert));
  RunSection alerted = Section(Outcome::kIncomplete, {Line("a1", Verdict::kSucceeded)});
  alerted.alert_unexplained = true;
  CHECK(has(Of({alerted}), Step::Kind::kAlert));
  CHECK(has(Of({Section(Outcome::kIncomplete, {Line("a1", Verdict::kNotFinished)})}),
            Step::Kind::kNotFinished));
  CHECK(has(Of({Section(Outcome::kIncomplete, {Line("a1", Verdict::kNeverRan)})}),
            Step::Kind::kNeverRan));
}

TEST_CASE("without times there is no window of the log", "[report]") {
  ModuleLine timeless = Failed();
  timeless.started.reset();
  timeless.ended.reset();
  const Report report = Of({Section(Outcome::kRepoFailure, {timeless})});
  for (const Step& step : FactsOf(report).steps) CHECK(step.windows.empty());
}

TEST_CASE("nobody is asked to wait for a run that is over", "[report]") {
  CHECK(StepsOf(Of({Section(Outcome::kRepoFailure, {Failed()})})) ==
        Kinds{Step::Kind::kReadLogs, Step::Kind::kDestination, Step::Kind::kRunAgain});
}

}  // namespace
}  // namespace backup_monitor::report
