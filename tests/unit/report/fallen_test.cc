// Far less data than before, and successes whose own record counts no snapshot.

#include "catch.h"
#include "report/mail/report_writer.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

RenderedReport Successes(std::vector<ModuleLine> lines, Language language = Language::kEnglish) {
  return Written(Section(Outcome::kSuccess, std::move(lines)), language);
}

ModuleLine Good(const char* id = "mail1") { return Line(id, Verdict::kSucceeded); }

TEST_CASE("a fall of the size by 90 % is told in lead and subject", "[report]") {
  ModuleLine line = Good();
  line.previous_size_bytes = 4'000'000'000;
  line.size_bytes = 400'000'001;
  CHECK_THAT(Successes({line, Good("imap1")}).text, !Contains("Far less") && Contains("Nothing."));
  line.size_bytes = 400'000'000;
  const RenderedReport words = Successes({line, Good("imap1")});
  CHECK_THAT(
      words.subject,
      Contains("2 of 2 modules without errors, data of 1 module down by 90 % or more, cluster"));
  CHECK_THAT(words.text, Contains("Far less data than in the backup before: mail1 fell by 90 % or "
                                  "more, in size or in number of files."));
  CHECK_THAT(words.text, Contains("1. Far less data than before: mail1.") && !Contains("Nothing."));
  CHECK_THAT(words.text, Contains("−3.6 GB (−90") && Contains("    Far less data than before."));
  CHECK_THAT(words.html, Contains("Far less data: mail1"));
  CHECK_THAT(Successes({line}, Language::kItalian).subject,
             Contains("dati di 1 modulo calati del 90 % o più"));
}

TEST_CASE("so is a fall of the number of files, with both numbers", "[report]") {
  ModuleLine line = Good();
  line.previous_file_count = 12'000;
  line.file_count = 1'201;
  CHECK_THAT(Successes({line}).text, !Contains("Far less"));
  line.file_count = 1'200;
  CHECK_THAT(Successes({line}).text,
             Contains("Far less data than before; files: 1,200 (before: 12,000)."));
}

TEST_CASE("one of many that has fallen is named even in a sum", "[report]") {
  std::vector<ModuleLine> lines;
  for (int i = 0; i < 100; ++i) lines.push_back(Good(("good" + std::to_string(i)).c_str()));
  lines[70].size_bytes = 1;
  CHECK_THAT(Successes(lines).text, Contains("* good70") && !Contains("* good71"));
}

TEST_CASE("a success whose own record counts no snapshot is told everywhere, and nobody looked",
          "[report]") {
  ModuleLine line = Good();
  line.counts_no_snapshot = true;
  line.size_bytes = 0;
  line.last_good = kNight - kDay;
  const RenderedReport words = Successes({line, Good("imap1")});
  CHECK_THAT(words.subject,
             Catch::StartsWith("⚠️ Backup not confirmed: Nightly — 2 of 2 modules "
                               "without errors, no snapshot of 1 module"));
  CHECK_THAT(words.text, Contains("NS8 reports success for 2 of 2 modules. But NS8's own record of "
                                  "1 module counts no snapshot."));
  CHECK_THAT(words.text,
             Contains("-- ⚠️ Success reported, but no snapshot: 1 module\nNS8 reports success, "
                      "but its own record says that the repository held no snapshot"));
  CHECK_THAT(
      words.text,
      Contains("its own record counts no snapshot: mail1. What happened to the data is unknown."));
  CHECK_THAT(words.text, Contains("1. Success without a snapshot: mail1.") &&
                             !Contains("Nothing.") && !Contains("Far less"));
  CHECK_THAT(words.text,
             !Contains("the repository was read") && !Contains("were saved without errors"));
  CHECK_THAT(words.text, Contains("Last good backup: Sat 21 Nov 2026, 02:14 CET"));
  CHECK_THAT(words.html, Contains("No snapshot of: mail1"));
  CHECK_THAT(Successes({line}, Language::kItalian).subject,
             Contains("⚠️ Backup non confermato"));
}

TEST_CASE("what is beneath a group of both kinds is true of each row", "[report]") {
  ModuleLine counted = Good("counted1");
  counted.counts_no_snapshot = true;
  const std::string text = Successes({counted, Found(Good("looked1"), kNight - kDay)}).text;
  CHECK_THAT(text, Contains("But the repository of 1 module holds no snapshot of this run. And "
                            "NS8's own record of 1 module counts no snapshot."));
  CHECK_THAT(text, Contains("no snapshot: 2 modules\n\n* counted1"));
  CHECK_THAT(text,
             Contains("* counted1 · node 2 (Rome)\n    NS8 reports success, but its own record"));
  CHECK_THAT(
      text,
      Contains("* looked1 · node 2 (Rome)\n    NS8 reports success, but the repository was read"));
}

}  // namespace
}  // namespace backup_monitor::report
