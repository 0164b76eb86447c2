
#include "catch.h"
#include "model/checked_backup.h"

namespace backup_monitor {
namespace {

Time At(std::int64_t unix_seconds) { return Time{seconds{unix_seconds}}; }

/// Backed up from 10000 to 10060 without errors; the repository was read, and is empty.
RunModule WithoutSnapshot() {
  RunModule module;
  module.expected = true;
  module.verdict = Verdict::kSucceeded;
  SeenRecord& seen = module.record.emplace();
  seen.record.start = seen.started = At(10000);
  seen.record.end = seen.ended = At(10060);
  seen.finding = Finding{};
  return module;
}

bool IsWithout(const RunModule& module, RunOrigin origin = RunOrigin::kRecords) {
  return SucceededWithoutSnapshot(module, origin);
}

TEST_CASE(
    "an empty repository, or one whose newest snapshot is older, has no snapshot of the backup",
    "[model]") {
  RunModule module = WithoutSnapshot();
  CHECK(IsWithout(module));
  module.record->finding->newest = Snapshot{At(10000 - 601), "a", {}};
  CHECK(IsWithout(module));
  module.record->finding->newest->at = At(10000 - 600);  // the node's clock may have stepped
  CHECK_FALSE(IsWithout(module));
  module.record->finding->newest->at = At(20000);
  CHECK_FALSE(IsWithout(module));
}

TEST_CASE("a snapshot of the backup is one, whatever else is listed", "[model]") {
  RunModule module = WithoutSnapshot();
  module.record->finding->of_run = Snapshot{At(10001), "a", {}};
  CHECK_FALSE(IsWithout(module));
}

TEST_CASE("nobody is told to be without a snapshot unless it is known", "[model]") {
  RunModule module = WithoutSnapshot();
  SECTION("nobody looked") { module.record->finding.reset(); }
  SECTION("the repository could not be read") {
    module.record->finding->cause = ProbeCause::kLocked;
  }
  SECTION("it is not judged yet") { module.verdict.reset(); }
  SECTION("it failed: that is told as such") { module.verdict = Verdict::kFailed; }
  SECTION("the record ends before it starts") {
    module.record->record.end = At(9000);
    module.record->finding->newest = Snapshot{At(1), "a", {}};
  }
  SECTION("the record is another run's") { std::swap(module.record, module.borrowed); }
  SECTION("there is no record at all") { module.record.reset(); }
  CHECK_FALSE(IsWithout(module));
}

TEST_CASE(
    "an incomplete list supports no claim that a snapshot is missing, but one that it is there",
    "[model]") {
  const auto state = [](const Finding& finding) {
    return SnapshotStateOf({Verdict::kFailed, &finding, At(10000), At(10060)});
  };
  Finding finding;
  finding.cause = ProbeCause::kIncomplete;
  finding.complete = false;
  CHECK(state(finding) == SnapshotState::kUnread);
  finding.newest = Snapshot{At(1), "a", {}};
  CHECK(state(finding) == SnapshotState::kUnread);
  finding.of_run = Snapshot{At(10001), "b", {}};
  CHECK(state(finding) == SnapshotState::kMade);

  RunModule module = WithoutSnapshot();
  module.record->finding->complete = false;
  module.record->finding->newest = Snapshot{At(1), "a", {}};
  CHECK_FALSE(IsWithout(module));
}

TEST_CASE("the compact layout knows no beginning to compare with", "[model]") {
  CHECK_FALSE(IsWithout(WithoutSnapshot(), RunOrigin::kCompact));
}

/// NS8 says success and counts no snapshot; nobody looked.
RunModule CountsNone() {
  RunModule module = WithoutSnapshot();
  module.record->finding.reset();
  module.record->record.snapshot_count = 0;
  module.record->record.restore_bytes = 0;
  return module;
}

TEST_CASE("a success whose own record counts no snapshot has none, in every layout that counts",
          "[model]") {
  RunModule module = CountsNone();
  CHECK(IsWithout(module));
  CHECK(IsWithout(module, RunOrigin::kCompact));
  CHECK_FALSE(IsGoodBackup(*module.record));
  SECTION("also where the repository could not be read") {
    module.record->finding = Finding{};
    module.record->finding->cause = ProbeCause::kLocked;
  }
  SECTION("also where only a later snapshot was listed") {
    module.record->finding = Finding{};
    module.record->finding->newest = Snapshot{At(20000), "a", {}};
  }
  SECTION("also where the record is another run's") { std::swap(module.record, module.borrowed); }
  CHECK(IsWithout(module));
}

TEST_CASE("a member that is missing is not 0, and what a look found counts more", "[model]") {
  RunModule module = CountsNone();
  StatusRecord& record = module.record->record;
  SECTION("no count of snapshots") { record.snapshot_count.reset(); }
  SECTION("no size") { record.restore_bytes.reset(); }
  SECTION("one snapshot") { record.snapshot_count = 1; }
  SECTION("one byte") { record.restore_bytes = 1; }
  SECTION("with errors: NS8 has said so") {
    record.error_count = 1;
    module.verdict = Verdict::kFailed;
  }
  SECTION("its snapshot was found") {
    module.record->finding = Finding{};
    module.record->finding->newest = module.record->finding->of_run = Snapshot{At(10001), "a", {}};
  }
  CHECK_FALSE(IsWithout(module));
}

TEST_CASE("a fall by 90 % is one, and by 89.9 % is none", "[model]") {
  using Size = std::optional<std::uint64_t>;
  CHECK(HasFallen(Size{1000}, Size{100}));
  CHECK_FALSE(HasFallen(Size{1000}, Size{101}));
  CHECK(HasFallen(Size{1009}, Size{100}));
  CHECK_FALSE(HasFallen(Size{9}, Size{1}));
  CHECK(HasFallen(Size{10}, Size{1}));
  CHECK(HasFallen(Size{1}, Size{0}));
  CHECK_FALSE(HasFallen(Size{0}, Size{0}));
  CHECK_FALSE(HasFallen(Size{}, Size{0}));
  CHECK_FALSE(HasFallen(Size{1000}, Size{}));
  CHECK_FALSE(HasFallen(Size{100}, Size{1000}));
  CHECK(HasFallen(Size{UINT64_MAX}, Size{UINT64_MAX / 10}));
  CHECK_FALSE(HasFallen(Size{UINT64_MAX}, Size{UINT64_MAX / 10 + 1}));
}

TEST_CASE("why it is undecided whether a backup left a snapshot", "[model]") {
  Finding finding;
  finding.newest = Snapshot{At(20000), "a", {}};
  CheckedBackup backup{Verdict::kFailed, &finding, At(10000), At(10060)};
  CHECK(WhyUndecided(backup) == Undecided::kLaterSnapshot);
  finding.newest->at = At(9999);
  CHECK(WhyUndecided(backup) == Undecided::kClockStep);
  backup.end = At(9000);
  CHECK(WhyUndecided(backup) == Undecided::kOddTimes);
  backup.end.reset();
  CHECK(WhyUndecided(backup) == Undecided::kNoTimes);
  backup.end = At(10060);
  finding.newest->at = At(1);
  CHECK(WhyUndecided(backup) == Undecided::kNone);  // it was not saved
}

}  // namespace
}  // namespace backup_monitor
