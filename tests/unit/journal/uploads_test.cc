// What the leader's log says of the uploads of the cluster's own backup.

#include "journal/uploads.h"

#include "catch.h"
#include "fakes/fake_journal.h"
#include "unit/journal/node_journal.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::hours;

UploadReading Read(FakeJournal& journal, int from = 0) {
  if (!journal.newest) journal.newest = NodeJournal::At(999);
  return journal::ReadUploads(journal, kNode, NodeJournal::At(from), NodeJournal::At(1000),
                              std::chrono::steady_clock::now() + seconds{5}, {});
}

PlanUpload Uploaded(const char* plan, int at) {
  return {PlanId{plan}, {NodeJournal::At(at), true}};
}

TEST_CASE("each upload that a timer's backup says counts, oldest first", "[journal][uploads]") {
  NodeJournal night;
  night.Says(70, NodeJournal::RunBackup("12"), "[ERROR] cluster-backup failed: no password")
      .Says(60, kRun, "Cluster backup uploaded as 48ce/cluster-backup-9f.json.gz.gpg")
      .Says(80, kRun, "[ERROR] upload of cluster backup GPG file failed: rclone said 7")
      .Says(81, kRun, "mail1: starting backup 1 at Thu Nov 26 02:00:21 2026");
  FakeJournal journal;
  journal.entries = night.entries;
  const UploadReading reading = Read(journal);
  CHECK_FALSE(reading.trouble);
  CHECK(reading.read_at == NodeJournal::At(1000));
  CHECK(reading.uploads ==
        std::vector<PlanUpload>{Uploaded("1", 60),
                                {PlanId{"12"}, {NodeJournal::At(70), false, "no password"}},
                                {PlanId{"1"}, {NodeJournal::At(80), false, "rclone said 7"}}});
  REQUIRE(journal.asked.size() == 1);
  CHECK(journal.asked[0].of == journal::Wanted::Of::kUploads);
  CHECK(journal.asked[0].node == kNode);
  CHECK(journal.asked[0].from == NodeJournal::At(0));
  CHECK(journal.asked[0].to == NodeJournal::At(1000 + 7200));
}

TEST_CASE("what others may have written is no upload", "[journal][uploads]") {
  const std::string_view said = "Cluster backup uploaded as 48ce/cluster-backup-9f.json.gz.gpg";
  NodeJournal night;
  SECTION("through the agent") { night.Says(60, NodeJournal::Agent(), said); }
  SECTION("a module's user in the unit") {
    night.Says(60, NodeJournal::User("mail1", "backup1.service"), said);
  }
  SECTION("a user without a label") {
    night.Says(60, {.unit = "backup1.service", .uid = "1001"}, said);
  }
  SECTION("another unit") { night.Says(60, {.unit = "backup1x.service"}, said); }
  SECTION("words around it") { night.Says(60, kRun, "x Cluster backup uploaded as y"); }
  FakeJournal journal;
  journal.entries = night.entries;
  CHECK(Read(journal).uploads.empty());
}

TEST_CASE("a reading with trouble keeps what was had", "[journal][uploads]") {
  NodeJournal night;
  night.Says(60, kRun, "Cluster backup uploaded as a");
  FakeJournal journal;
  journal.entries = night.entries;
  SECTION("there was more than is read") {
    journal.complete = false;
    const UploadReading reading = Read(journal);
    CHECK(reading.trouble == ErrorCode::kTooLarge);
    CHECK(reading.uploads == std::vector<PlanUpload>{Uploaded("1", 60)});
  }
  SECTION("the leader has sent nothing lately") {
    CHECK(journal::ReadUploads(journal, kNode, NodeJournal::At(0), NodeJournal::At(1000),
                               std::chrono::steady_clock::now() + seconds{5}, {})
              .trouble == ErrorCode::kUnavailable);
    REQUIRE(journal.asked_newest.size() == 1);
    CHECK(journal.asked_newest[0].first == NodeJournal::At(1000 - 600));
  }
  SECTION("how far it reaches is not known") {
    journal.newest_error = Error{ErrorCode::kTimeout, "x"};
    CHECK(Read(journal).trouble == ErrorCode::kTimeout);
  }
  SECTION("no answer") {
    journal.error = Error{ErrorCode::kTimeout, "x"};
    const UploadReading reading = Read(journal);
    CHECK(reading.trouble == ErrorCode::kTimeout);
    CHECK(reading.uploads.empty());
  }
}

TEST_CASE("the log is read again for what comes late", "[journal][uploads]") {
  const Time now = NodeJournal::At(0);
  ClusterUploads known;
  CHECK(journal::ReadUploadsFrom(known, now) == now - 14 * hours{24});
  SECTION("after one that was too much, of less") {
    known.trouble = GENERATE(ErrorCode::kTimeout, ErrorCode::kTooLarge);
    CHECK(journal::ReadUploadsFrom(known, now) == now - hours{13});
    return;
  }
  known.known_to = now - hours{2};
  CHECK(journal::ReadUploadsFrom(known, now) == now - hours{15});
  known.known_to = now - 14 * hours{24};
  CHECK(journal::ReadUploadsFrom(known, now) == now - 14 * hours{24});
}

}  // namespace
}  // namespace backup_monitor::testing
