// What is counted in an hour of alerts, and when it is over.

#include <algorithm>

#include "catch.h"
#include "run/alert_rate.h"
#include "run_states.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {
namespace {

using Kind = Announcement::Kind;

Announcement StrangeAlert(const std::string& plan) {
  return {Kind::kUnknownPlan, {}, backup_monitor::Alert{.labels = {{"id", plan}}, .starts_at = {}}};
}

/// A run without any record that rests on an alert.
Run& AddRunOnAlert(Desk& desk, std::string_view closed_at) {
  Run& run = desk.AddRun(closed_at);
  run.origin = RunOrigin::kAlert;
  run.alert = CausingAlert{.since = At(closed_at), .node = {}};
  SetClosed(run, At(closed_at));
  return run;
}

std::vector<Announcement> FinalReports(int from, int to) {
  std::vector<Announcement> reports;
  for (int id = from; id <= to; ++id) reports.push_back({Kind::kFinal, {RunId{id}}, std::nullopt});
  return reports;
}

TEST_CASE("the summary names each plan once, and none that has over 200 bytes",
          "[run][alert][rate]") {
  Desk desk{{"a"}};
  desk.Is("1 12:00");
  run::RunBook book = desk.Book();
  for (int i = 0; i < 3; ++i) {
    CHECK(run::ReportAlert(StrangeAlert("first"), book) == run::AlertAnswer::Kind::kReported);
  }
  const std::string longest(200, 'x');
  for (const std::string& plan :
       {std::string{"p"}, std::string{"q"}, std::string{"p"}, longest, longest + "x"}) {
    CHECK(run::ReportAlert(StrangeAlert(plan), book) == run::AlertAnswer::Kind::kSummarized);
  }
  const AlertRate& rate = desk.memory.alert_rates.unmatched;
  CHECK(rate.summarized == 5);
  CHECK(rate.names == std::vector<std::string>{"p", "q", longest});
  CHECK(desk.step.announcements.size() == 3);
}

TEST_CASE("a run that has to wait for the end of the hour is counted when it closes",
          "[run][alert][rate]") {
  Desk desk{{"a"}};
  for (int i = 0; i < 3; ++i) (void)AddRunOnAlert(desk, "1 12:00");
  (void)AddRunOnAlert(desk, "1 11:59:59");
  desk.Is("1 12:00");
  run::RunBook book = desk.Book();
  run::AnnounceRestingOnAlerts(FinalReports(1, 4), book);
  CHECK(desk.step.announcements.size() == 3);
  CHECK(desk.step.runs_waiting == 0);
  SetClosed(desk.memory.runs.at(RunId{4}), At("1 12:00"));
  run::AnnounceRestingOnAlerts(FinalReports(4, 4), book);
  CHECK(desk.step.announcements.size() == 3);
  CHECK(desk.step.runs_waiting == 1);
}

TEST_CASE("an hour is over after 3600 s, and the next begins with its first report",
          "[run][alert][rate]") {
  const auto [time, over] =
      GENERATE(table<const char*, bool>({{"1 12:59:59", false}, {"1 13:00", true}}));
  Desk desk{{"a"}};
  desk.memory.alert_rates.unmatched = {
      .since = At("1 12:00"), .singly = 3, .summarized = 1, .names = {"p"}};
  desk.Is(time);
  run::RunBook book = desk.Book();
  run::EndAlertHour(book);
  CHECK(desk.memory.alert_rates.unmatched.since.has_value() != over);
  REQUIRE(desk.step.announcements.size() == (over ? 1 : 0));
  if (over) {
    const AlertSummary right{
        .from = At("1 12:00"), .to = At("1 13:00"), .alerts = 1, .names = {"p"}};
    CHECK(desk.step.announcements.front().summary == right);
  }
}

TEST_CASE("the end of an hour is waited for if something is reported then", "[run][alert][rate]") {
  Desk desk{{"a"}};
  AlertRates& rates = desk.memory.alert_rates;
  const auto next = [&] { return run::NextAlertHourEnd(desk.memory); };
  rates.unmatched = {.since = At("1 12:00"), .singly = 3, .summarized = 0, .names = {}};
  rates.runs = {.since = At("1 12:30"), .singly = 3, .summarized = 0, .names = {}};
  CHECK(next() == std::nullopt);
  SECTION("strange alerts") {
    rates.unmatched.summarized = 1;
    CHECK(next() == At("1 13:00"));
  }
  SECTION("a run that waits") {
    Run& run = AddRunOnAlert(desk, "1 12:40");
    CHECK(next() == At("1 13:30"));
    rates.unmatched.summarized = 1;
    CHECK(next() == At("1 13:00"));  // the earlier one
    rates.unmatched.summarized = 0;
    SECTION("unless it has been announced") { SetAnnounced(run, true); }
    SECTION("unless it is open again") { SetClosed(run, std::nullopt); }
    SECTION("unless it has a result that explains the alert") {
      Give(run, Seen("a", "1 12:00", "1 12:39", 1));
    }
    SECTION("unless no hour has begun: it waits for others of its group") { rates.runs = {}; }
    CHECK(next() == std::nullopt);
  }
}

TEST_CASE("at the end of the hour two runs that have waited are one report, and one is itself",
          "[run][alert][rate]") {
  const int waiting = GENERATE(1, 2);
  Desk desk{{"a"}};
  for (int i = 0; i < waiting; ++i) (void)AddRunOnAlert(desk, "1 12:10");
  desk.memory.alert_rates.runs = {
      .since = At("1 12:00"), .singly = 3, .summarized = 0, .names = {}};
  desk.Is("1 13:00");
  run::RunBook book = desk.Book();
  std::vector<Announcement> reports = FinalReports(1, waiting);
  reports.front().kind = Kind::kNoStatus;
  run::AnnounceRestingOnAlerts(reports, book);
  REQUIRE(desk.step.announcements.size() == 1);
  const Announcement& report = desk.step.announcements.front();
  CHECK(report.kind == (waiting == 1 ? Kind::kNoStatus : Kind::kFinal));
  CHECK(report.runs.size() == static_cast<std::size_t>(waiting));
}

}  // namespace
}  // namespace backup_monitor::testing
