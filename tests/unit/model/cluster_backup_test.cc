// Which upload of the cluster's own backup counts.

#include "model/cluster_backup.h"

#include "catch.h"

namespace backup_monitor {
namespace {

Time Tick(int at) { return Time{seconds{at}}; }
ClusterUpload Good(int at) { return {Tick(at), true}; }
ClusterUpload Bad(int at, const char* words = "x") { return {Tick(at), false, words}; }

ClusterBackup After(std::initializer_list<ClusterUpload> uploads) {
  ClusterBackup backup;
  for (const ClusterUpload& upload : uploads) backup.Take(upload);
  return backup;
}

TEST_CASE("the newest upload counts, in whichever order they are read", "[model][cluster_backup]") {
  CHECK(After({Good(5), Good(3)}).uploaded == Tick(5));
  CHECK(After({Good(3), Good(5)}).uploaded == Tick(5));
}

TEST_CASE("a failure counts until an upload follows it", "[model][cluster_backup]") {
  CHECK(After({Good(3), Bad(4)}).failed == Bad(4));
  CHECK_FALSE(After({Good(4), Bad(4)}).failed);
  CHECK_FALSE(After({Bad(4), Good(4)}).failed);
  CHECK_FALSE(After({Bad(4), Good(5)}).failed);
  CHECK(After({Bad(4), Good(3)}).failed == Bad(4));
  CHECK(After({Bad(4), Good(3)}).uploaded == Tick(3));
}

TEST_CASE("of failures the newest is kept, and of the same moment the one read last",
          "[model][cluster_backup]") {
  CHECK(After({Bad(4, "a"), Bad(5, "b")}).failed == Bad(5, "b"));
  CHECK(After({Bad(5, "b"), Bad(4, "a")}).failed == Bad(5, "b"));
  CHECK(After({Bad(4, "a"), Bad(4, "b")}).failed == Bad(4, "b"));
}

}  // namespace
}  // namespace backup_monitor
