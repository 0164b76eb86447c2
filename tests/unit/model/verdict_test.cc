#include "model/verdict.h"

#include <set>
#include <string_view>

#include "catch.h"
#include "model/report.h"

namespace backup_monitor {
namespace {

TEST_CASE("every verdict and outcome is found again by its name", "[model]") {
  for (const Verdict verdict : kAllVerdicts) CHECK(VerdictNamed(Name(verdict)) == verdict);
  for (const Outcome outcome : kAllOutcomes) CHECK(OutcomeNamed(Name(outcome)) == outcome);
  CHECK_FALSE(VerdictNamed("SUCCESS"));
  CHECK_FALSE(OutcomeNamed("success"));
}

TEST_CASE("outcomes are ordered from best to worst", "[model]") {
  CHECK(Outcome::kSuccess < Outcome::kIncomplete);
  CHECK(Outcome::kIncomplete < Outcome::kPartial);
  CHECK(Outcome::kPartial < Outcome::kMissed);
  CHECK(Outcome::kMissed < Outcome::kRepoFailure);
}

TEST_CASE("a report over several plans is as bad as its worst", "[model]") {
  Report report;
  report.runs.resize(3);
  report.runs[0].outcome = Outcome::kIncomplete;
  report.runs[1].outcome = Outcome::kPartial;
  CHECK(report.worst() == Outcome::kPartial);

  report.kind = ReportKind::kUnknownPlan;
  CHECK(report.worst() == Outcome::kRepoFailure);
}

TEST_CASE("worst first agrees with the outcomes: what is worse in one is not better in the other",
          "[model]") {
  CHECK(RankOf(Verdict::kFailed, false) > RankOf(Verdict::kSucceeded, true));
  CHECK(RankOf(Verdict::kSucceeded, true) > RankOf(Verdict::kSavedWithErrors, false));
  CHECK(RankOf(Verdict::kSavedWithErrors, false) > RankOf(Verdict::kNeverRan, false));
  CHECK(RankOf(Verdict::kNeverRan, false) > RankOf(Verdict::kNotFinished, false));
  CHECK(RankOf(Verdict::kNotFinished, false) > RankOf(std::nullopt, false));
  CHECK(RankOf(std::nullopt, false) > RankOf(Verdict::kSucceeded, false));
}

TEST_CASE("a run is called by its outcome, and never better than its worst module", "[model]") {
  CHECK(PhraseOf(Outcome::kSuccess, false, true) == Phrase::kCompleted);
  CHECK(PhraseOf(Outcome::kSuccess, true, true) == Phrase::kNotConfirmed);
  CHECK(PhraseOf(Outcome::kIncomplete, false, false) == Phrase::kNotFinished);
  CHECK(PhraseOf(Outcome::kIncomplete, true, false) == Phrase::kNotConfirmed);
  CHECK(PhraseOf(Outcome::kIncomplete, false, true) == Phrase::kNotConfirmed);
  CHECK(PhraseOf(Outcome::kPartial, true, false) == Phrase::kPartiallyFailed);
  CHECK(PhraseOf(Outcome::kMissed, false, true) == Phrase::kDidNotRun);
  CHECK(PhraseOf(Outcome::kRepoFailure, true, true) == Phrase::kFailed);
  for (std::size_t i = 1; i < kAllOutcomes.size(); ++i) {
    CHECK(PhraseOf(kAllOutcomes.at(i - 1), false, false) <
          PhraseOf(kAllOutcomes.at(i), false, false));
  }
}

TEST_CASE("each phrase has a word of its own", "[model]") {
  std::set<std::string_view> words;
  for (const Phrase phrase : {Phrase::kCompleted, Phrase::kNotFinished, Phrase::kNotConfirmed,
                              Phrase::kPartiallyFailed, Phrase::kDidNotRun, Phrase::kFailed}) {
    words.insert(Name(phrase));
  }
  CHECK(words == std::set<std::string_view>{"completed", "not_finished", "not_confirmed",
                                            "partially_failed", "did_not_run", "failed"});
}

}  // namespace
}  // namespace backup_monitor
