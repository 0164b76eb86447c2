#include "probe/conclusion.h"

#include "catch.h"

namespace backup_monitor::probe {
namespace {

Time AtMinute(int minute) { return Time{seconds{1'795'312'800 + 60 * minute}}; }

StatusRecord Record(int from, int to) {
  StatusRecord record;
  record.start = AtMinute(from);
  record.end = AtMinute(to);
  record.error_count = 1;
  return record;
}

Finding Found(const StatusRecord& record, std::vector<Snapshot> snapshots) {
  return Conclude(record, {std::move(snapshots), std::nullopt, true}, AtMinute(60));
}

TEST_CASE("only a snapshot between start and end is of the run", "[probe]") {
  const Snapshot at_start{AtMinute(0), "start", 1};
  const Snapshot at_end{AtMinute(10), "end", 1};
  const Snapshot before{AtMinute(0) - seconds{1}, "before", 1};
  const Snapshot after{AtMinute(10) + seconds{1}, "after", 1};

  CHECK(Found(Record(0, 10), {at_start}).of_run == at_start);
  CHECK(Found(Record(0, 10), {at_end}).of_run == at_end);
  CHECK_FALSE(Found(Record(0, 10), {before}).of_run);
  CHECK_FALSE(Found(Record(0, 10), {after}).of_run);
}

TEST_CASE("the newest snapshot may be the next run's", "[probe]") {
  const Snapshot mine{AtMinute(5), "mine", 1};
  const Snapshot next{AtMinute(50), "next", 1};
  const Finding finding = Found(Record(0, 10), {next, mine});
  CHECK(finding.of_run == mine);
  CHECK(finding.newest == next);
  CHECK(finding.probed_at == AtMinute(60));
  CHECK_FALSE(finding.cause);
}

TEST_CASE("of several within the run the last one counts", "[probe]") {
  CHECK(Found(Record(0, 10), {{AtMinute(2), "a", 1}, {AtMinute(8), "b", 1}, {AtMinute(5), "c", 1}})
            .of_run->id == "b");
}

TEST_CASE("an empty repository is a finding without snapshots and without a cause", "[probe]") {
  const Finding finding = Found(Record(0, 10), {});
  CHECK_FALSE(finding.newest);
  CHECK_FALSE(finding.of_run);
  CHECK_FALSE(finding.cause);
}

TEST_CASE("a record that ends before it starts, as its node's clock stepped back, has no snapshot",
          "[probe]") {
  CHECK_FALSE(Found(Record(10, 0), {{AtMinute(5), "a", 1}}).of_run);
}

TEST_CASE("a failure is no statement on snapshots", "[probe]") {
  ProbeAnswer answer;
  answer.failure = ProbeFailure{ProbeCause::kLocked, "locked by somebody"};
  const Finding finding = Conclude(Record(0, 10), answer, AtMinute(60));
  CHECK(finding.cause == ProbeCause::kLocked);
  CHECK(finding.words == "locked by somebody");
  CHECK_FALSE(finding.newest);
  CHECK_FALSE(finding.was_read());
}

TEST_CASE("a repository that refused and was read all the same tells both", "[probe]") {
  ProbeAnswer answer;
  answer.failure = ProbeFailure{ProbeCause::kLocked, "locked by somebody"};
  answer.snapshots = {{AtMinute(5), "a", 1}, {AtMinute(70), "b", 1}};
  const Finding finding = Conclude(Record(0, 10), answer, AtMinute(60));
  CHECK(finding.cause == ProbeCause::kLocked);
  CHECK(finding.newest->id == "b");
  CHECK(finding.of_run->id == "a");
  CHECK(finding.was_read());
}

TEST_CASE("an incomplete answer proves what it lists, and nothing else", "[probe]") {
  ProbeAnswer answer;
  answer.failure = ProbeFailure{ProbeCause::kIncomplete, "could not load snapshot 79cdb9c9"};
  answer.complete = false;
  answer.snapshots = {{AtMinute(-100), "a", 1}};
  Finding finding = Conclude(Record(0, 10), answer, AtMinute(60));
  CHECK(finding.newest->id == "a");
  CHECK_FALSE(finding.complete);
  CHECK_FALSE(finding.was_read());
  answer.snapshots.push_back({AtMinute(5), "b", 1});
  finding = Conclude(Record(0, 10), answer, AtMinute(60));
  CHECK(finding.of_run->id == "b");
  CHECK_FALSE(Conclude(Record(0, 10), Refusal(ProbeCause::kDenied, "no"), AtMinute(60)).complete);
}

}  // namespace
}  // namespace backup_monitor::probe
