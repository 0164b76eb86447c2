#include "report/json/report_json.h"

#include "base/json/json_value.h"
#include "catch.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;

// Catch2 cannot print a rapidjson value.
std::string Text(const JsonValue& value) { return {value.GetString(), value.GetStringLength()}; }

JsonDocument Parsed(const Report& report) {
  auto document = ParseJson(report::json::ReportJson(FactsOf(report)));
  REQUIRE(document);
  return *std::move(document);
}

TEST_CASE("a report for programs has names, times and sizes as numbers", "[report]") {
  const auto json = Parsed(Of({Section(
      Outcome::kPartial, {Line("mail1", Verdict::kFailed), Line("imap1", Verdict::kSucceeded)})}));
  CHECK(Text(json["kind"]) == "final");
  CHECK(Text(json["outcome"]) == "PARTIAL");
  const auto& run = json["runs"][0];
  CHECK(Text(run["begin"]) == "2026-11-22T01:14:00Z");
  CHECK(Text(run["modules"][0]["verdict"]) == "failed");
  CHECK(json["version"].GetInt() == 1);
  CHECK(Text(run["state"]) == "ended");
  CHECK(run["modules"][0]["record"]["size_bytes"].IsNull());
  CHECK(run["modules"][1]["record"]["size_bytes"].GetUint64() == 4'200'000'000U);
  CHECK(run["modules"][1]["previous_duration_seconds"].GetInt() == 720);
}

TEST_CASE("a look into a repository is there with what it found, and without what it did not",
          "[report]") {
  ModuleLine made = FoundOwn(Line("mail1", Verdict::kSavedWithErrors), kNight);
  made.finding->of_run->size_bytes = 17;
  RunSection section =
      Section(Outcome::kPartial,
              {made, Refused(Line("imap1", Verdict::kFailed), ProbeCause::kNoRepository, "a\xFF"),
               Line("samba1", Verdict::kFailed)});
  section.unprobed = Unprobed::kTimeOver;
  const auto json = Parsed(Of({section, Section(Outcome::kSuccess, {})}));
  const auto& run = json["runs"][0];
  CHECK(Text(run["unprobed"]) == "time_over");
  CHECK(json["runs"][1]["unprobed"].IsNull());
  const auto& found = run["modules"][0]["finding"];
  CHECK(Text(run["modules"][0]["newest_data"]) == "2026-11-22T01:14:00Z");
  CHECK(Text(found["probed_at"]) == "2026-11-22T02:29:00Z");
  CHECK(Text(found["newest_snapshot"]["at"]) == "2026-11-22T01:14:00Z");
  CHECK(Text(found["newest_snapshot"]["id"]) == "0f3a9c21");
  CHECK(found["newest_snapshot"]["size_bytes"].IsNull());
  CHECK(found["snapshot_of_run"]["size_bytes"].GetUint64() == 17);
  CHECK(found["cause"].IsNull());
  CHECK(found["complete"].GetBool());
  const auto& refused = run["modules"][1]["finding"];
  CHECK(Text(refused["cause"]) == "no_repository");
  CHECK(Text(refused["words"]) == "a\xEF\xBF\xBD");
  CHECK(refused["newest_snapshot"].IsNull());
  CHECK(run["modules"][2]["finding"].IsNull());
  CHECK(run["modules"][2]["newest_data"].IsNull());
}

TEST_CASE("a run that goes on is called nothing yet", "[report]") {
  RunSection section = Section(Outcome::kPartial, {Line("mail1", Verdict::kFailed)});
  section.being_checked = true;
  const auto checked = Parsed(Of({section}));
  CHECK(Text(checked["runs"][0]["state"]) == "being_checked");
  CHECK(checked["runs"][0]["outcome"].IsNull());
  CHECK(checked["runs"][0]["phrase"].IsNull());
  section.being_checked = false;
  section.open = true;
  CHECK(Text(Parsed(Of({section}, ReportKind::kEarlyNotice))["runs"][0]["state"]) == "open");
}

TEST_CASE("a run that is stored nowhere has no number", "[report]") {
  Report report = Of({Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)})});
  report.runs.front().run = RunId{};
  CHECK(Parsed(report)["runs"][0]["id"].IsNull());
}

TEST_CASE("a report without runs claims no outcome", "[report]") {
  CHECK(Parsed(Of({}, ReportKind::kOnRequest))["outcome"].IsNull());
  CHECK(Text(Parsed(Of({}, ReportKind::kUnknownPlan))["outcome"]) == "REPO_FAILURE");
}

TEST_CASE("foreign text stays what it is, and valid", "[report][hostile]") {
  Report report = Of({});
  report.cluster_name = "a\"\\\r\n\xFF</script>";
  report.alert.emplace();
  report.alert->labels = {{"\xC0", "\x01"}};
  const auto json = Parsed(report);
  CHECK(Text(json["cluster_name"]) == "a\"\\\r\n\xEF\xBF\xBD</script>");
  CHECK(Text(json["alert"]["labels"]["\xEF\xBF\xBD"]) == "\x01");
}

}  // namespace
}  // namespace backup_monitor::report
