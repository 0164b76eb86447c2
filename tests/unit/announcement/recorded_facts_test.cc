// What a report makes of the facts of a record, from NS8's own bytes: tests/data/field/records.json.

#include <fstream>
#include <sstream>
#include <string>

#include "announcement/report_builder.h"
#include "base/json/json_value.h"
#include "catch.h"
#include "cluster/status_record_parser.h"
#include "report/facts/derive_facts.h"
#include "report/mail/report_writer.h"
#include "run_states.h"

namespace backup_monitor::announcement {
namespace {

using Catch::Contains;
using std::chrono::hours;

const Time kNow{seconds{1'763'800'000}};

/// The record of a case, with the time of the night in place of its "t".
std::string RecordOfCase(const std::string& id) {
  std::ifstream file{std::string{FIELD_DATA} + "/records.json"};
  std::ostringstream all;
  all << file.rdbuf();
  const auto document = ParseJsonObject(all.str());
  REQUIRE(document);
  for (const auto& one : (*document)["cases"].GetArray()) {
    if (id != one["id"].GetString()) continue;
    std::string text = one["input"].GetString();
    text = text.substr(text.find('{'));
    for (const auto& [offset, at] :
         {std::pair{"t-60", kNow - seconds{60}}, std::pair{"t-1", kNow - seconds{1}}}) {
      const auto place = text.find(offset);
      REQUIRE(place != std::string::npos);
      text.replace(place, std::string{offset}.size(),
                   std::to_string(at.time_since_epoch().count()));
    }
    return text;
  }
  FAIL("no case " << id);
  return {};
}

/// A closed run with this one record, as a look that reads it makes it; nobody looked into a repository.
Run RunOf(const std::string& json, RunOrigin origin = RunOrigin::kRecords) {
  const auto fields = cluster::StatusRecordParser{}.Parse(json);
  REQUIRE(fields);
  Run run;
  run.id = RunId{1};
  run.plan = PlanId{"1"};
  run.plan_name = "Nightly";
  run.origin = origin;
  run.begin = fields->start;
  SetClosed(run, kNow);
  RunModule& module = run.modules[ModuleId{"mail1"}];
  module.expected = module.ever_recorded = true;
  SeenRecord& seen = module.record.emplace();
  seen.record.plan = run.plan;
  seen.record.module = ModuleId{"mail1"};
  seen.record.start = seen.started = fields->start;
  seen.record.end = seen.ended = fields->end;
  seen.record.error_count = fields->error_count;
  seen.record.restore_bytes = fields->restore_bytes;
  seen.record.file_count = fields->file_count;
  seen.record.snapshot_count = fields->snapshot_count;
  return run;
}

RenderedReport Written(const Run& run, const PlanHistory& history = {}) {
  Report report;
  report.created_at = kNow;
  report.runs = {BuildSection(run, outcome::Judge(run), history, ClusterView{})};
  const report::mail::ReportWriter writer{Language::kEnglish, "",
                                          report::words::FixedZone(seconds{0}, "UTC")};
  return writer.Render(report::FactsOf(report));
}

TEST_CASE("a success with nothing is not told as saved", "[report_builder][field]") {
  const RenderedReport words = Written(RunOf(RecordOfCase("success-with-nothing")));

  CHECK_THAT(words.subject, Catch::StartsWith("⚠️ Backup not confirmed: Nightly"));
  CHECK_THAT(words.text, !Contains("was saved without errors") && !Contains("Nothing."));
  CHECK_THAT(words.text, Contains("Success reported, but no snapshot: 1 module"));
}

TEST_CASE("a record that lacks one of the three members is a plain success",
          "[report_builder][field]") {
  for (const char* json :
       {R"({"start":1763799940,"end":1763799999,"total_size":0,"errors":0})",
        R"({"start":1763799940,"end":1763799999,"snapshots_count":0,"errors":0})",
        R"({"start":1763799940,"end":1763799999,"total_size":0,"snapshots_count":1,"errors":0})",
        R"({"start":1763799940,"end":1763799999,"errors":0})"}) {
    CHECK_THAT(Written(RunOf(json)).subject, Catch::StartsWith("✅ Backup completed: Nightly"));
  }
  const char* failed =
      R"({"start":1763799940,"end":1763799999,"total_size":0,"snapshots_count":0,"errors":2})";
  CHECK_THAT(Written(RunOf(failed)).subject, Catch::StartsWith("❌ Backup failed: Nightly"));
}

TEST_CASE("a success with nothing is no newest data, and no last good backup",
          "[report_builder][field]") {
  const Run run = RunOf(RecordOfCase("success-with-nothing"));
  CHECK_FALSE(BuildSection(run, outcome::Judge(run), {}, ClusterView{}).modules.front().last_good);
  CHECK_FALSE(
      BuildSection(run, outcome::Judge(run), {}, ClusterView{}).modules.front().newest_data);
  PlanHistory history;
  history.modules[ModuleId{"mail1"}].last_good = kNow - hours{24};
  const RunSection section = BuildSection(run, outcome::Judge(run), history, ClusterView{});
  CHECK(section.modules.front().last_good == kNow - hours{24});
  CHECK(section.modules.front().newest_data == kNow - hours{24});
}

TEST_CASE("the good backup before tells of a fall", "[report_builder]") {
  const Run run = RunOf(
      R"({"start":1763799940,"end":1763799999,"total_size":100,"total_file_count":5,"snapshots_count":3,"errors":0})");
  PlanHistory history;
  ModuleHistory& past = history.modules[ModuleId{"mail1"}];
  past.previous_size_bytes = 999;
  past.previous_file_count = 49;
  CHECK_THAT(Written(run, history).subject, !Contains("90 %"));
  past.previous_size_bytes = 1000;
  CHECK_THAT(Written(run, history).subject, Contains("data of 1 module down by 90 % or more"));
  past.previous_size_bytes = 999;
  past.previous_file_count = 50;
  CHECK_THAT(Written(run, history).subject, Contains("data of 1 module down by 90 % or more"));
}

TEST_CASE("an earlier plan's backup into the same repository is the last good one, with its plan",
          "[report_builder]") {
  const Run run = RunOf(R"({"start":1763799940,"end":1763799999,"errors":1})");
  PlanHistory history;
  history.modules[ModuleId{"mail1"}].last_good = kNow - seconds{600};
  history.modules[ModuleId{"mail1"}].last_good_plan = "Weekly";
  CHECK_THAT(
      Written(run, history).text,
      Contains(
          "Last good backup: Sat 22 Nov 2025, 08:16 UTC (10 minutes ago), by the plan Weekly"));
}

TEST_CASE("a good backup after the look into the repository is newer than what the look found",
          "[report_builder]") {
  Run run = RunOf(R"({"start":1763790000,"end":1763790060,"errors":1})");
  Finding& finding = run.modules.begin()->second.record->finding.emplace();
  finding.probed_at = kNow - hours{2};
  finding.newest = Snapshot{kNow - hours{48}, "a", {}};
  PlanHistory history;
  history.modules[ModuleId{"mail1"}].last_good = finding.probed_at;
  CHECK(
      BuildSection(run, outcome::Judge(run), history, ClusterView{}).modules.front().newest_data ==
      kNow - hours{48});
  history.modules[ModuleId{"mail1"}].last_good = finding.probed_at + seconds{1};
  CHECK(
      BuildSection(run, outcome::Judge(run), history, ClusterView{}).modules.front().newest_data ==
      finding.probed_at + seconds{1});
}

TEST_CASE("the words of a compact record go through the table of causes, without secrets",
          "[report_builder]") {
  Run run = RunOf(R"({"start":1763799999,"errors":1})", RunOrigin::kCompact);
  run.modules.begin()->second.record->record.error_text =
      "Fatal: unable to create lock in backend: repository is already locked by PID 28, "
      "password=hunter2hunter2";
  const RenderedReport words = Written(run);
  CHECK_THAT(words.text, Contains("The repository is locked.") &&
                             Contains("Message: Fatal: unable to create lock"));
  CHECK_THAT(words.text, Contains("Locked: the repository of mail1.") &&
                             Contains("--module mail1 --backup 1 unlock"));
  CHECK_THAT(words.text, !Contains("hunter2") && !Contains("destination can be reached"));
  run.modules.begin()->second.record->record.error_text = "something else";
  CHECK_THAT(Written(run).text,
             Contains("Message: something else") && !Contains("could not be read."));
}

TEST_CASE("so do those of a compact plan without modules", "[report_builder]") {
  Run run;
  run.plan = PlanId{"1"};
  run.origin = RunOrigin::kCompact;
  run.begin = kNow - hours{1};
  SetClosed(run, kNow);
  run.compact_status = CompactPlanStatus{kNow - hours{1}, false, 1, "repository is already locked"};
  CHECK_THAT(Written(run).text, Contains("Message: “repository is already locked”") &&
                                    Contains("The repository is locked."));
  CHECK_THAT(Written(run).text, !Contains("destination can be reached"));
  run.compact_status->error_text = "no idea";
  CHECK_THAT(Written(run).text, Contains("destination can be reached"));
}

TEST_CASE("a module that the compact layout calls saved shows when", "[report_builder]") {
  const Run run = RunOf(R"({"start":1763799999,"errors":0})", RunOrigin::kCompact);
  CHECK_THAT(Written(run).text, Contains("* mail1\n    ended Sat 22 Nov 2025, 08:26 UTC\n"));
}

}  // namespace
}  // namespace backup_monitor::announcement
