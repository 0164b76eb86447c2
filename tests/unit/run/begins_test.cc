// When a run's nodes begin, as far as its past says.

#include "run/begins.h"

#include "catch.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;

/// Runs with a record each that began so many hours after one another, the newest first.
std::vector<Run> RunsApart(const std::vector<int>& hours_between) {
  Time begin = At("20 01:00");
  std::vector<Run> runs(1);
  runs.back().begin = begin;
  for (const int between : hours_between) {
    begin -= hours{between};
    runs.emplace_back().begin = begin;
  }
  for (Run& run : runs) run.modules[ModuleId{"a"}].record = SeenRecord{};
  return runs;
}

std::optional<seconds> IntervalOf(const std::vector<Run>& runs) {
  std::vector<const Run*> pointers;
  for (const Run& run : runs) pointers.push_back(&run);
  return run::UsualInterval(pointers);
}

TEST_CASE("an interval is usual from three on", "[run][begins]") {
  CHECK(IntervalOf({}) == std::nullopt);
  CHECK(IntervalOf(RunsApart({1, 1})) == std::nullopt);
  CHECK(IntervalOf(RunsApart({1, 1, 1})) == hours{1});
}

TEST_CASE("the usual interval is the middle one of the last five", "[run][begins]") {
  // Sorted they are 1, 2, 3, 4 and 5; with a sixth of 9 hours the middle would be another.
  CHECK(IntervalOf(RunsApart({5, 4, 1, 2, 3})) == hours{3});
  CHECK(IntervalOf(RunsApart({5, 4, 1, 2, 3, 9})) == hours{3});
}

TEST_CASE("a run without a record has no part in the usual interval", "[run][begins]") {
  std::vector<Run> runs = RunsApart({2, 1, 1, 1, 1});  // without two of them each is 2 hours
  runs[2].modules.clear();
  runs[4].modules.clear();
  CHECK(IntervalOf(runs) == hours{2});
}

TEST_CASE("a module fits a run from its begin until as long after it as it usually starts",
          "[run][begins]") {
  Desk desk{{"a"}};
  desk.HasPast("a", seconds{600}, seconds{60});
  const run::PassBegin begin{Seen("a", "2 01:00", "2 01:05"), desk.view, desk.memory};
  const Time start = At("2 01:00");
  CHECK(begin.known);
  CHECK(begin.usual == seconds{600});
  CHECK(begin.Off(start + seconds{1}) == seconds{1});
  CHECK(begin.Off(start) == seconds{0});
  CHECK(begin.Off(start - seconds{600}) == seconds{0});
  CHECK(begin.Off(start - seconds{601}) == seconds{1});
}

TEST_CASE("a module without a past starts after those before it on its node", "[run][begins]") {
  // Node 1 begins at the earliest 300 s after the run; b and c, which come before n, take 200 s and 100 s.
  Desk desk{{"x@2", "b", "c", "m", "n", "z"}};
  desk.HasPast("x", seconds{60}, seconds{1000});
  desk.HasPast("b", seconds{500}, seconds{200});
  desk.HasPast("c", seconds{300}, seconds{100});
  desk.HasPast("z", seconds{900}, seconds{5000});
  const run::PassBegin begin{Seen("n", "2 01:00", "2 01:05"), desk.view, desk.memory};
  const Time start = At("2 01:00");
  CHECK(begin.known);
  CHECK(begin.usual == seconds{300});
  CHECK(begin.latest == start);
  CHECK(begin.earliest == start - seconds{300});
  CHECK(begin.Off(start - seconds{600}) == seconds{0});
  CHECK(begin.Off(start - seconds{601}) == seconds{1});
}

TEST_CASE("of a record that names no node nothing is known of its node", "[run][begins]") {
  Desk desk{{"a@", "n@"}};
  desk.HasPast("a", seconds{600}, seconds{60});
  const run::PassBegin begin{Seen("n@", "2 01:00", "2 01:05"), desk.view, desk.memory};
  CHECK_FALSE(begin.known);
  CHECK(begin.usual == seconds{0});
  CHECK(begin.earliest == At("2 01:00"));
}

}  // namespace
}  // namespace backup_monitor::testing
