// Mode `all`: repositories of modules that NS8 calls successful.

#include "catch.h"
#include "report/mail/report_writer.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

RunSection Succeeded(std::vector<ModuleLine> lines) {
  return Section(Outcome::kSuccess, std::move(lines));
}
ModuleLine Good(const char* id = "mail1") { return Line(id, Verdict::kSucceeded); }

TEST_CASE("a success whose snapshot is there adds nothing", "[report]") {
  const RunSection plain = Succeeded({Good()});
  const Time at = kNight + GENERATE(seconds{0}, kMinute, 3 * kMinute);
  CHECK(Written(Succeeded({FoundOwn(Good(), at)})).text == Written(plain).text);
  SECTION("nor does one behind which a later snapshot hides it") {
    CHECK(Written(Succeeded({Found(Good(), kNight + kHour)})).text == Written(plain).text);
  }
}

TEST_CASE("a success without its snapshot is told where nobody misses it", "[report]") {
  const auto newest = GENERATE(std::optional<Time>{}, std::optional{kNight - seconds{601}});
  const RunSection run = Succeeded({Found(Good(), newest), Good("imap1")});
  const RenderedReport words = Written(run);
  CHECK_THAT(words.text, Contains("NS8 reports success for 2 of 2 modules. But the repository of 1 "
                                  "module holds no snapshot of this run."));
  CHECK_THAT(words.text, !Contains("were saved without errors") && !Contains("Nothing."));
  CHECK_THAT(words.text, Contains("-- ⚠️ Success reported, but no snapshot: 1 module"));
  CHECK_THAT(words.text,
             Contains("no snapshot of this run: mail1. What happened to the data is unknown."));
  CHECK_THAT(words.text, Contains("1. Success without a snapshot: mail1.") &&
                             Contains("journalctl _SYSTEMD_UNIT=agent@node.service"));
  CHECK_THAT(words.html, Contains("No snapshot of: mail1"));
  const std::size_t good = words.text.find("== ✅ Saved without errors");
  REQUIRE(good != std::string::npos);
  CHECK(words.text.find("* mail1", good) == std::string::npos);
  CHECK(words.text.find("* imap1", good) != std::string::npos);
  CHECK_THAT(Written(run, Language::kItalian).text,
             Contains("Ma il repository di 1 modulo non contiene alcuno snapshot"));
}

TEST_CASE("a success that could not be checked stays one, and says so", "[report]") {
  const std::string text =
      Written(Succeeded({Refused(Good(), ProbeCause::kLocked, "locked by PID 1")})).text;
  CHECK_THAT(text, Contains("The module was saved without errors."));
  CHECK_THAT(text, Contains("could not be seen: mail1. The repository is locked."));
  CHECK_THAT(text, Contains("    The repository is locked.\n"));
  CHECK_THAT(text, Contains("--module mail1 --backup 1 unlock"));
  CHECK_THAT(text, !Contains("journalctl") && !Contains("run the backup now"));
}

TEST_CASE("a locked repository that holds the snapshot leaves nothing unknown", "[report]") {
  ModuleLine line = Refused(Good(), ProbeCause::kLocked);
  line.finding->newest = line.finding->of_run = Snapshot{kNight, "", std::nullopt};
  const std::string text = Written(Succeeded({line})).text;
  CHECK_THAT(text, Contains("    The repository is locked.\n") && !Contains("What is not known"));
}

TEST_CASE("those that could not be checked are named even in a sum", "[report]") {
  std::vector<ModuleLine> lines;
  for (int i = 0; i < 100; ++i) lines.push_back(Good(("good" + std::to_string(i)).c_str()));
  lines[70] = Refused(lines[70], ProbeCause::kTimeout);
  CHECK_THAT(Written(Succeeded(lines)).text, Contains("* good70") && !Contains("* good71"));
}

}  // namespace
}  // namespace backup_monitor::report
