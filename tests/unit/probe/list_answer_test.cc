#include "probe/list_answer.h"

#include <string>

#include "catch.h"

namespace backup_monitor::probe {
namespace {

const Snapshot kOne{Time{seconds{1'795'312'800}}, "aa", std::nullopt};

ProbeAnswer Answer(std::string_view errors, std::size_t not_understood = 0) {
  return AnswerOfList(SnapshotList{{kOne}, not_understood}, {errors}, {});
}

TEST_CASE("a list that restic itself calls incomplete is a failure, and what it holds stays",
          "[probe]") {
  // restic v0.14.0 internal/restic/snapshot_find.go; v0.14.0 to v0.19.1 cmd/restic/find.go
  const std::string said = GENERATE(
      "could not load snapshots: List failed, server response: 500 Internal Server Error (500)\n",
      "could not load snapshot 79cdb9c9: unexpected HTTP response (500): 500 Internal Server "
      "Error\n",
      "Ignoring \"79cdb9c9\": invalid data returned\n", "error printing snapshots: broken pipe\n",
      "List(snapshot) failed: unexpected EOF\n", "unable to refresh lock: 500\n",
      "{\"message_type\":\"error\",\"error\":{\"message\":\"x\"}}\n",
      "{\"message_type\":\"exit_error\",\"code\":1,\"message\":\"x\"}\n",
      "time=\"2026-09-14T02:00:00+02:00\" level=error msg=\"forwarding signal 15\"\n",
      "what nobody has ever seen\n",
      // a harmless line that swallows the next one, as it has no end of its own
      "error while unlocking: context canceledcould not load snapshots: x\n");
  const ProbeAnswer answer =
      Answer("\n  \nunable to open cache: mkdir /x: permission denied\n" + said);
  REQUIRE(answer.failure);
  CHECK(answer.failure->cause == ProbeCause::kIncomplete);
  CHECK_FALSE(answer.failure->words.empty());
  CHECK_FALSE(answer.complete);
  CHECK(answer.snapshots == std::vector{kOne});
}

TEST_CASE("lines that take nothing from the list are passed over", "[probe]") {
  const std::string said = GENERATE(
      "", "\r\n", "unable to open cache: MkdirAll: mkdir /nonexistent: permission denied\n",
      "unable to remove /var/cache/restic/ab: directory not empty\n",
      "error clearing snapshot files in cache: readdir: permission denied\n",
      "created new cache in /var/cache/restic\n",
      "Stat(<config/>) returned error, retrying after 610.888181ms: Head "
      "\"http://127.0.0.1:4694/x/config\": EOF\n"
      "Stat(<config/>) operation successful after 4 retries\n",
      "Load(<lock/0000000000>, 0, 0) failed: <lock/0000000000> does not exist\n",
      "repo already locked, waiting up to 5m0s for the lock\n", "error while unlocking: 500\n",
      "time=\"2026-09-14T02:00:00+02:00\" level=warning msg=\"The input device is not a TTY. The "
      "--tty and "
      "--interactive flags might not work properly\"\n",
      "Trying to pull ghcr.io/nethserver/restic:3.21.1...\nGetting image source "
      "signatures\nCopying blob sha256:ab\n"
      "Copying config sha256:cd\nWriting manifest to image destination\n",
      "subprocess ssh: Warning: Permanently added '192.0.2.4' (ED25519) to the list of known "
      "hosts.\n",
      "restic snapshots --json\n");
  const ProbeAnswer answer = Answer(said);
  CHECK_FALSE(answer.failure);
  CHECK(answer.complete);
}

TEST_CASE("an element that is not understood, or messages that are lost, make a list incomplete",
          "[probe]") {
  const ProbeAnswer answer = Answer({}, 1);
  REQUIRE(answer.failure);
  CHECK(answer.failure->words == "1 of 2 snapshots in the list have no time that can be read");
  CHECK_FALSE(answer.complete);
  CHECK_FALSE(AnswerOfList(SnapshotList{}, {"", true}, {}).complete);
}

TEST_CASE("what is no list is a failure without snapshots, and known secrets are not quoted",
          "[probe]") {
  const ProbeAnswer none = AnswerOfList(Fail(ErrorCode::kInvalidInput, "no list"), {"said"}, {});
  CHECK(none.failure->cause == ProbeCause::kUnknown);
  CHECK_FALSE(none.complete);
  const ProbeAnswer secret = AnswerOfList(SnapshotList{}, {"it is shoe 43"}, {Secret{"shoe 43"}});
  CHECK(secret.failure->words == "it is ***");
}

}  // namespace
}  // namespace backup_monitor::probe
