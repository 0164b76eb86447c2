// How old the newest good data is, of a module and of a whole run.

#include "catch.h"
#include "report/words/module_words.h"
#include "report/words/run_values.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report::words {
namespace {

using namespace testing;

struct Speaker {
  Catalog english = Catalog::Of(Language::kEnglish);
  Zone zone = Rome();
  Voice voice{english, zone, kNight + 2 * kHour};

  std::vector<std::string> SentencesOf(const ModuleLine& line) const {
    std::vector<std::string> told;
    for (const NamedValue& fact : NewestDataOf(voice, FactsOf(RunSection{}, line)))
      told.push_back(fact.name + " " + fact.value);
    return told;
  }
  std::string Worst(std::vector<ModuleLine> lines) const {
    const RunSection run = Section(Outcome::kPartial, std::move(lines));
    const auto worst = WorstRecoveryPoint(voice, FactsOf(run));
    return worst ? worst->value : "";
  }
};

using Lines = std::vector<std::string>;

TEST_CASE("the last good backup is told where nothing better is known", "[report]") {
  ModuleLine line = Failed();
  const Lines last_good{"Last good backup: Thu 19 Nov 2026, 02:14 CET (3 days ago)"};
  CHECK(Speaker{}.SentencesOf(line) == last_good);
  line.newest_data = line.last_good;
  CHECK(Speaker{}.SentencesOf(line) == last_good);
  CHECK(Speaker{}.SentencesOf(Refused(line, ProbeCause::kTimeout)) == last_good);
  line.last_good = line.newest_data = std::nullopt;
  CHECK(Speaker{}.SentencesOf(line) == Lines{"Last good backup: none known"});
}

TEST_CASE("data that an earlier look has seen are the newest known", "[report]") {
  ModuleLine line = Refused(Failed(), ProbeCause::kUnreachable);
  line.newest_data = kNight - kDay;
  CHECK(Speaker{}.SentencesOf(line) ==
        Lines{"Newest data known: 1 day 2 hours old (Sat 21 Nov 2026, 02:14 CET)",
              "Last good backup: Thu 19 Nov 2026, 02:14 CET (3 days ago)"});
}

TEST_CASE("a good backup and its own snapshot are told once", "[report]") {
  ModuleLine line = Failed();
  const Time good = *line.last_good;
  CHECK(Speaker{}.SentencesOf(Found(line, good - kHour)).size() == 1);
  CHECK(Speaker{}.SentencesOf(Found(line, good - kHour - seconds{1})).size() == 2);
  CHECK(Speaker{}.SentencesOf(Found(line, good + seconds{1})).size() == 2);
  line.previous_duration = 5 * kHour;
  CHECK(Speaker{}.SentencesOf(Found(line, good - 5 * kHour)).size() == 1);
}

TEST_CASE("an age is told in one or two units, as a person would", "[report]") {
  const auto old = [](seconds age) { return Speaker{}.voice.Old(kNight + 2 * kHour - age); };
  using Catch::StartsWith;
  CHECK_THAT(old(seconds{59}), StartsWith("less than a minute old ("));
  CHECK_THAT(old(kMinute), StartsWith("1 minute old ("));
  CHECK_THAT(old(kHour), StartsWith("1 hour old ("));
  CHECK_THAT(old(2 * kHour + kMinute), StartsWith("2 hours 1 minute old ("));
  CHECK_THAT(old(10 * kHour + 59 * kMinute), StartsWith("10 hours old ("));
  CHECK_THAT(old(kDay), StartsWith("1 day old ("));
  CHECK_THAT(old(9 * kDay + 23 * kHour), StartsWith("9 days 23 hours old ("));
  CHECK_THAT(old(10 * kDay + 23 * kHour), StartsWith("10 days old ("));
  CHECK(old(seconds{-1}) == "Sun 22 Nov 2026, 04:14 CET");
}

TEST_CASE("the worst recovery point is the oldest, and none at all is worse", "[report]") {
  const ModuleLine good = Line("imap1", Verdict::kSucceeded);
  const ModuleLine young = Found(Failed("young1"), kNight - kDay);
  const ModuleLine old = Found(Failed("old1"), kNight - 2 * kDay);
  CHECK(Speaker{}.Worst({good, young}).empty());
  CHECK(Speaker{}.Worst({good, young, old}) ==
        "old1: 2 days 2 hours old (Fri 20 Nov 2026, 02:14 CET)");
  CHECK(Speaker{}.Worst({old, Found(Failed("empty1"), std::nullopt), young}) ==
        "empty1: no data at all; old1: 2 days 2 hours old (Fri 20 Nov 2026, 02:14 CET)");
}

TEST_CASE("the worst recovery point says when not all is known", "[report]") {
  const ModuleLine old = Found(Failed("old1"), kNight - 5 * kDay);
  ModuleLine dark = Refused(Failed("dark1"), ProbeCause::kTimeout);
  CHECK_THAT(Speaker{}.Worst({old, dark}), Catch::StartsWith("old1: 5 days 2 hours old (") &&
                                               Catch::EndsWith("as far as is known"));
  dark.last_good = dark.newest_data = std::nullopt;
  CHECK_THAT(
      Speaker{}.Worst({dark, old}),
      Catch::StartsWith("old1:") && Catch::EndsWith("as far as is known; none known of 1 module"));
  CHECK(Speaker{}.Worst({dark, dark}).empty());
}

}  // namespace
}  // namespace backup_monitor::report::words
