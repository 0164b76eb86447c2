// When a node could not be reached, by the attempts to reach it.

#include "presence/samples.h"

#include <string_view>

#include "catch.h"

namespace backup_monitor::presence {
namespace {

Time Second(int second) { return Time{seconds{1'000'000 + second}}; }

/// One attempt a minute: '+' reached the node, '-' did not, ' ' was not made.
std::vector<Sample> Minutes(std::string_view attempts) {
  std::vector<Sample> samples;
  for (std::size_t minute = 0; minute < attempts.size(); ++minute) {
    if (attempts[minute] != ' ')
      samples.push_back({Second(60 * static_cast<int>(minute)), attempts[minute] == '+'});
  }
  return samples;
}

/// Two hours later nothing is known of now.
std::vector<Absence> Later(std::string_view attempts) {
  return AbsencesIn(Minutes(attempts), Second(7200 + 60 * static_cast<int>(attempts.size())));
}

TEST_CASE("an absence begins with the first failed attempt and ends with the next good one",
          "[presence]") {
  CHECK(Later("++++").empty());
  CHECK(Later("+--+") == std::vector{Absence{Second(60), Second(180)}});
  CHECK(Later("+--+---+") ==
        std::vector{Absence{Second(60), Second(180)}, Absence{Second(240), Second(420)}});
  CHECK(Later("").empty());
}

TEST_CASE("one failed attempt is none", "[presence]") {
  CHECK(Later("+-+").empty());
  CHECK(Later("-").empty());
  CHECK(Later("+-+-+").empty());
  CHECK(Later("+-++--+") == std::vector{Absence{Second(240), Second(360)}});
}

TEST_CASE("an absence begins with an attempt, whatever was before it", "[presence]") {
  CHECK(Later("--+") == std::vector{Absence{Second(0), Second(120)}});
  CHECK(Later("+       --+") == std::vector{Absence{Second(480), Second(600)}});
}

TEST_CASE("an absence goes on until now if the last attempt is recent", "[presence]") {
  const auto samples = Minutes("+--");
  CHECK(AbsencesIn(samples, Second(120 + 300)) == std::vector{Absence{Second(60), std::nullopt}});
  CHECK(AbsencesIn(samples, Second(120 + 301)) == std::vector{Absence{Second(60), Second(120)}});
}

TEST_CASE("where nobody tried for a while nothing is known", "[presence]") {
  // 300 s from one attempt to the next, and 301 s.
  std::vector<Sample> samples{
      {Second(0), true}, {Second(60), false}, {Second(120), false}, {Second(420), true}};
  CHECK(AbsencesIn(samples, Second(420)) == std::vector{Absence{Second(60), Second(420)}});
  samples.back().at = Second(421);
  CHECK(AbsencesIn(samples, Second(421)) == std::vector{Absence{Second(60), Second(120)}});

  samples = {{Second(0), true}, {Second(60), false}, {Second(360), false}, {Second(400), true}};
  CHECK(AbsencesIn(samples, Second(400)) == std::vector{Absence{Second(60), Second(400)}});
  samples[2].at = Second(361);  // two attempts that failed, each alone
  CHECK(AbsencesIn(samples, Second(400)).empty());
}

TEST_CASE("the newest absences are kept", "[presence]") {
  std::string attempts = "+";
  for (std::size_t i = 0; i < NodePresence::kMostAbsences; ++i) attempts += "--+";
  CHECK(Later(attempts).size() == NodePresence::kMostAbsences);
  CHECK(Later(attempts).front().from == Second(60));
  attempts += "--+";
  const auto absences = Later(attempts);
  CHECK(absences.size() == NodePresence::kMostAbsences);
  CHECK(absences.front().from == Second(60 + 180));
}

}  // namespace
}  // namespace backup_monitor::presence
