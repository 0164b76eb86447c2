
#include "catch.h"
#include "report/mail/report_writer.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

TEST_CASE("a failed module shows where, since when, its last good backup and how long",
          "[report]") {
  ModuleLine line = Line("mail1", Verdict::kFailed, "Mail server");
  line.episode.failed = 3;
  line.error_count = 2;
  const std::string text = TextOf(Section(Outcome::kRepoFailure, {line}));
  CHECK_THAT(text, Contains("* Mail server · mail1 · node 2 (Rome)"));
  CHECK_THAT(text, Contains("Last good backup: Thu 19 Nov 2026, 02:14 CET (3 days ago)"));
  CHECK_THAT(text, Contains("3rd time in a row"));
  CHECK_THAT(text, Contains("02:14–02:17, 3 min (before: 12 min)"));
  CHECK_THAT(text, Contains("Errors: 2"));
  CHECK_THAT(TextOf(Section(Outcome::kRepoFailure, {line}), Language::kItalian),
             Contains("3ª volta di fila"));
}

TEST_CASE("a module without name, node or past says no more than is known", "[report]") {
  ModuleLine line = Line("mail1", Verdict::kFailed);
  line.node.reset();
  line.last_good.reset();
  line.previous_duration.reset();
  const std::string text = TextOf(Section(Outcome::kRepoFailure, {line}));
  CHECK_THAT(text, Contains("* mail1\n"));
  CHECK_THAT(text, Contains("Last good backup: none known"));
  CHECK_THAT(text, !Contains("node 2") && !Contains("(before:"));
}

TEST_CASE("a good module shows its size and how it differs", "[report]") {
  ModuleLine line = Line("mail1", Verdict::kSucceeded);
  line.episode.failed = 2;
  const std::string text = TextOf(Section(Outcome::kSuccess, {line}));
  CHECK_THAT(text, Contains("4.2 GB, +200 MB (+5.0\u00A0%)"));
  CHECK_THAT(text, Contains("fixed after 2 failed runs"));
}

TEST_CASE("the sum of sizes compares only what had a size before", "[report]") {
  ModuleLine fresh = Line("mail2", Verdict::kSucceeded);
  fresh.previous_size_bytes.reset();
  const std::string text =
      TextOf(Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded), fresh}));
  CHECK_THAT(text, Contains("8.4 GB, +200 MB (+5.0\u00A0%) in the 1 module with an earlier size"));
}

TEST_CASE("an error text of the compact layout is quoted, its missing start not made up",
          "[report]") {
  ModuleLine line = Line("mail1", Verdict::kFailed);
  line.error_text = "repository is already locked";
  line.started = line.ended;
  RunSection run = Section(Outcome::kRepoFailure, {line});
  run.origin = RunOrigin::kCompact;
  const std::string text = TextOf(run);
  CHECK_THAT(text, Contains("Message: repository is already locked"));
  CHECK_THAT(text, !Contains("Took") && !Contains("Began") && !Contains("journalctl"));
}

TEST_CASE("a result of an overlapping run says so", "[report]") {
  ModuleLine line = Line("mail1", Verdict::kSucceeded);
  line.from_other_run = true;
  CHECK_THAT(TextOf(Section(Outcome::kSuccess, {line})),
             Contains("result of an overlapping run, Sun 22 Nov 2026, 02:17 CET"));
}

TEST_CASE("the log command holds the time of the errors in UTC and nothing foreign",
          "[report][hostile]") {
  ModuleLine line = Line("mail1; rm -rf /", Verdict::kFailed, "$(reboot)");
  line.node_name = "`halt`";
  RunSection run = Section(Outcome::kRepoFailure, {line});
  run.plan = PlanId{"1; reboot"};
  const std::string text = TextOf(run);
  CHECK_THAT(text, Contains("\n   journalctl --since \"2026-11-22 01:13:00 UTC\" --until "
                            "\"2026-11-22 01:18:00 UTC\"\n"));
}

TEST_CASE("a name with nothing beside it has the whole row", "[report]") {
  RunSection run = Section(Outcome::kIncomplete, {Line("mail1", std::nullopt)});
  run.open = true;
  const auto html = [](const RunSection& section) { return Written(section).html; };
  CHECK_THAT(html(run), Contains(R"(colspan="2"><bdi>mail1</bdi>)") && !Contains(R"(width="27%")"));
  run.modules = {Line("mail1", Verdict::kFailed)};
  CHECK_THAT(html(run), Contains(R"(width="27%"><bdi>mail1</bdi>)") && !Contains("colspan"));
}

}  // namespace
}  // namespace backup_monitor::report
