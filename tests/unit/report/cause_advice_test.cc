// What a report says to do about each cause.
#include <set>

#include "catch.h"
#include "report/mail/report_writer.h"
#include "report/words/cause_words.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report::words {
namespace {

using namespace testing;
using Catch::Contains;

RunSection FailedRun(std::vector<ModuleLine> lines) {
  return Section(Outcome::kRepoFailure, std::move(lines));
}

std::string FailedText(std::vector<ModuleLine> lines) {
  return Written(FailedRun(std::move(lines))).text;
}

TEST_CASE("each cause has its own sentence and advice in both languages", "[report]") {
  std::set<std::string> told;
  std::set<Cause> causes;
  for (int cause = 0; cause <= static_cast<int>(ProbeCause::kUnknown); ++cause) {
    CHECK(causes.insert(CauseOf(static_cast<ProbeCause>(cause))).second);
    for (const Language language : {Language::kEnglish, Language::kItalian}) {
      const Catalog catalog = Catalog::Of(language);
      const CauseWords& row = WordsOf(CauseOf(static_cast<ProbeCause>(cause)));
      CHECK(row.cause == CauseOf(static_cast<ProbeCause>(cause)));
      const std::string advice = catalog.Count(row.advice, 2, {{"modules", "mail1, imap1"}});
      CHECK_THAT(advice, Contains("mail1, imap1") && !Contains("⟦") && !Contains("{"));
      CHECK(told.insert(catalog.Say(row.sentence)).second);
      CHECK(told.insert(advice).second);
    }
  }
}

TEST_CASE("a lock comes with the command for this module and plan", "[report]") {
  RunSection run = FailedRun({Refused(Failed(), ProbeCause::kLocked)});
  run.plan = PlanId{"12"};
  CHECK_THAT(Written(run).text,
             Contains("only when no backup is running. On the leader, as root:\n\n   runagent "
                      "restic-wrapper --module mail1 --backup 12 unlock\n"));
  CHECK_THAT(Written(run).html,
             Contains(">runagent restic-wrapper --module mail1 --backup 12 unlock<"));
  CHECK_THAT(Written(run, Language::kItalian).text,
             Contains("Sul leader, come root:\n\n   runagent restic-wrapper --module mail1 "
                      "--backup 12 unlock\n"));
}

TEST_CASE("a damaged repository is to be checked", "[report]") {
  CHECK_THAT(FailedText({Refused(Failed(), ProbeCause::kDamaged)}),
             Contains("--module mail1 --backup 1 check\n"));
}

TEST_CASE("what does not answer in time may be unreachable, and that is checked first",
          "[report]") {
  const std::string text = OnOneLine(FailedText({Refused(Failed(), ProbeCause::kTimeout)}));
  CHECK_THAT(text,
             Contains("No answer in time: the destination cannot be reached, or is too slow."));
  const auto reach = text.find("first check that the destination can be reached");
  const auto slow = text.find("it is slow or busy");
  CHECK(reach != std::string::npos);
  CHECK(reach < slow);
  CHECK(slow != std::string::npos);
}

TEST_CASE("a damaged lock and a list that may be incomplete come with the command that helps",
          "[report]") {
  CHECK_THAT(FailedText({Refused(Failed(), ProbeCause::kDamagedLock)}),
             Contains("--module mail1 --backup 1 unlock --remove-all\n"));
  CHECK_THAT(FailedText({Refused(Failed(), ProbeCause::kIncomplete)}),
             Contains("--module mail1 --backup 1 snapshots\n"));
}

TEST_CASE("one step for each cause names its modules", "[report]") {
  const std::string text = FailedText(
      {Refused(Failed("a1"), ProbeCause::kLocked), Refused(Failed("b1"), ProbeCause::kTimeout),
       Refused(Failed("c1"), ProbeCause::kLocked), Found(Failed("d1"), kNight - kDay)});
  CHECK_THAT(text, Contains("1. No answer in time from the repository of b1."));
  CHECK_THAT(text, Contains("2. Locked: the repositories of a1, c1."));
  CHECK_THAT(text, Contains("3. Nothing new for d1, though its repository can be read"));
}

TEST_CASE("ten commands are listed and the rest is counted", "[report]") {
  std::vector<ModuleLine> lines;
  for (int i = 1; i <= 10; ++i)
    lines.push_back(Refused(Failed("m" + std::to_string(i)), ProbeCause::kLocked));
  CHECK_THAT(FailedText(lines), Contains("--module m10 ") && !Contains("And likewise"));
  lines.push_back(Refused(Failed("m11"), ProbeCause::kLocked));
  CHECK_THAT(FailedText(lines),
             !Contains("--module m11 ") && Contains("   And likewise for 1 more.\n"));
}

TEST_CASE("the journal is to be read only where the repository is not to blame", "[report]") {
  const auto asks = [](ModuleLine line) {
    return FailedText({std::move(line)}).find("journalctl") != std::string::npos;
  };
  CHECK(asks(Failed()));
  CHECK(asks(Found(Failed(), kNight - kDay)));
  CHECK(asks(Found(Failed(), kNight + kDay)));
  CHECK(asks(Refused(Failed(), ProbeCause::kTimeout)));
  CHECK_FALSE(asks(Refused(Failed(), ProbeCause::kLocked)));
  CHECK_FALSE(asks(Refused(Failed(), ProbeCause::kUnreachable)));
  CHECK_FALSE(asks(Refused(Failed(), ProbeCause::kWrongKey)));
  CHECK_FALSE(asks(Refused(Failed(), ProbeCause::kDamaged)));
  CHECK_THAT(FailedText({Refused(Failed(), ProbeCause::kLocked)}), !Contains("Read the log"));
}

TEST_CASE("people are sent to the destination once, and only where it may be to blame",
          "[report]") {
  const char* sentence = "check that the destination can be reached";
  CHECK_THAT(FailedText({Failed()}), Contains(sentence));
  // A repository there has just been read.
  CHECK_THAT(FailedText({Found(Failed(), kNight - kDay)}),
             !Contains("destination can be reached") && !Contains("free space"));
  CHECK_THAT(FailedText({Failed(), Found(Failed("b1"), kNight - kDay)}),
             !Contains(sentence) &&
                 Contains("check the free space of the destination. It can be reached"));
  CHECK_THAT(FailedText({Refused(Failed(), ProbeCause::kLocked)}), !Contains(sentence));
  CHECK_THAT(FailedText({Failed(), Refused(Failed("b1"), ProbeCause::kUnreachable)}),
             !Contains(sentence));
  CHECK_THAT(OnOneLine(FailedText({Failed(), Refused(Failed("b1"), ProbeCause::kLocked)})),
             Contains(sentence));
  CHECK_THAT(FailedText({Failed(), Refused(Failed("b1"), ProbeCause::kTimeout)}),
             !Contains("open Backup and check that the destination can be reached"));
}

TEST_CASE("a command is made of ids as NS8 makes them, and of nothing else", "[report][hostile]") {
  CHECK(ResticCommand(ModuleId{"mail1"}, PlanId{"1"}, "unlock") ==
        "runagent restic-wrapper --module mail1 --backup 1 unlock");
  CHECK_FALSE(ResticCommand(ModuleId{"ns8-mail_1"}, PlanId{"Nightly-2_b"}, "check").empty());
  CHECK_FALSE(ResticCommand(ModuleId{std::string(64, 'a')}, PlanId{"1"}, "check").empty());
  for (const std::string& id :
       {std::string{}, std::string{"-m"}, std::string{"_a"}, std::string{"a b"},
        std::string{"a;reboot"}, std::string{"$(reboot)"}, std::string{"a\n"},
        std::string{"a\0b", 3}, std::string{"é1"}, std::string(65, 'a'), std::string{"a'"}}) {
    CAPTURE(id);
    CHECK(ResticCommand(ModuleId{id}, PlanId{"1"}, "unlock").empty());
    CHECK(ResticCommand(ModuleId{"mail1"}, PlanId{id}, "unlock").empty());
  }
  CHECK(ResticCommand(ModuleId{"Mail1"}, PlanId{"1"}, "unlock").empty());
}

TEST_CASE("an id that could be more than an id comes with advice, and without a command",
          "[report][hostile]") {
  const std::string text = FailedText({Refused(Failed("mail1; reboot"), ProbeCause::kLocked),
                                       Refused(Failed("imap1"), ProbeCause::kLocked)});
  CHECK_THAT(text, Contains("Locked: the repositories of mail1; reboot, imap1."));
  CHECK_THAT(text, Contains("--module imap1 ") && !Contains("--module mail1"));
  CHECK_THAT(FailedText({Refused(Failed("mail1; reboot"), ProbeCause::kLocked)}),
             !Contains("runagent") && !Contains("On the leader"));
}

TEST_CASE("an answer of a repository is shown in one line, escaped and cut", "[report][hostile]") {
  const std::string evil =
      "</td><script>x</script>\n1. Run this:\x1B[2J \xE2\x80\xAE" + std::string(10'000, '<');
  const RenderedReport words = Written(FailedRun({Refused(Failed(), ProbeCause::kUnknown, evil)}));
  CHECK_THAT(
      words.text,
      Contains("Repository check: </td><script>x</script>\uFFFD1. Run this:\uFFFD[2J \uFFFD<<"));
  CHECK_THAT(words.html, !Contains("<script"));
  CHECK(words.html.size() < 20'000);
}

}  // namespace
}  // namespace backup_monitor::report::words
