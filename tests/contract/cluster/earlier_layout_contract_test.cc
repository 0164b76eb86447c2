#include <string>

#include "catch.h"
#include "contract/cluster/key_spaces.h"
#include "contract/cluster/look.h"

namespace backup_monitor::testing {
namespace {

template <typename Keys>
void PutEarlier(Keys& keys, const std::string& module, const std::string& plan,
                const std::string& start, const std::string& errors) {
  const std::string key = "module/" + module + "/backup_status/" + plan;
  keys.Field(key, "start", start);
  keys.Field(key, "end", start);
  keys.Field(key, "errors", errors);
}

TEMPLATE_TEST_CASE("a cluster before 3.20 is read: plain fields, members from the modules",
                   "[contract]", ALL_KEY_SPACES) {
  TestType keys;
  keys.Field("cluster/module_node", "mail1", "1");
  keys.Field("cluster/module_node", "web2", "2");
  keys.Field("cluster/module_node", "free1", "2");
  keys.Field("cluster/backup/1", "name", "daily");
  keys.Field("cluster/backup/1", "enabled", "1");
  keys.Member("module/mail1/backups", "1");
  keys.Member("module/mail1/backups", "8");
  keys.Member("module/web2/backups", "1");
  keys.Member("module/gone1/backups", "1");
  PutEarlier(keys, "mail1", "1", "1763790000", "0");
  keys.Field("module/mail1/backup_status/1", "end", "1763790090");
  keys.Field("module/mail1/backup_status/1", "total_size", "4096");
  keys.Field("module/mail1/backup_status/1", "total_file_count", "12");
  keys.Field("module/mail1/backup_status/1", "snapshots_count", "x");
  PutEarlier(keys, "gone1", "1", "1763790000", "0");

  const ClusterView view = Look(keys.Source());
  CHECK(Ids(PlanOf(view, "1").expected) == "mail1 web2");
  CHECK(view.complaints.empty());
  REQUIRE(view.records.size() == 1);
  const StatusRecord& mail = view.records[0];
  CHECK_FALSE(mail.node);
  CHECK(mail.start == At(1763790000));
  CHECK(mail.end == At(1763790090));
  CHECK(mail.restore_bytes == 4096U);
  CHECK(mail.file_count == 12U);
  CHECK_FALSE(mail.snapshot_count);
  CHECK(mail.succeeded());
}

TEMPLATE_TEST_CASE("before 3.20 each plan has its own members", "[contract]", ALL_KEY_SPACES) {
  TestType keys;
  for (const char* module : {"a1", "b1", "c1"}) keys.Field("cluster/module_node", module, "1");
  for (const char* plan : {"1", "2", "3"}) {
    keys.Field(std::string{"cluster/backup/"} + plan, "name", "daily");
  }
  keys.Member("module/a1/backups", "1");
  keys.Member("module/b1/backups", "2");
  keys.Member("module/b1/backups", "3");
  keys.Member("module/c1/backups", "3");

  const ClusterView view = Look(keys.Source());
  CHECK(Ids(PlanOf(view, "1").expected) == "a1");
  CHECK(Ids(PlanOf(view, "2").expected) == "b1");
  CHECK(Ids(PlanOf(view, "3").expected) == "b1 c1");
}

TEMPLATE_TEST_CASE("after an upgrade both layouts are there and the newer start wins", "[contract]",
                   ALL_KEY_SPACES) {
  TestType keys;
  for (const char* module : {"a1", "b1", "c1"}) keys.Field("cluster/module_node", module, "1");
  keys.Field("cluster/backup/1", "name", "daily");
  keys.Field("cluster/backup/1", "instances", "a1 b1 c1");
  PutEarlier(keys, "a1", "1", "1763700000", "1");
  keys.Field("node/1/backup_status/1", "a1", R"({"start":1763790000,"errors":0})");
  PutEarlier(keys, "b1", "1", "1763790000", "1");
  keys.Field("node/1/backup_status/1", "b1", R"({"start":1763700000,"errors":0})");
  PutEarlier(keys, "c1", "1", "1763700000", "0");  // Never ran since: its old record still counts.
  keys.Member("module/a1/backups", "1");           // Left over: instances say who belongs.

  const ClusterView view = Look(keys.Source());
  CHECK(view.records.size() == 3);
  CHECK(RecordOf(view, "1", "a1").succeeded());
  CHECK_FALSE(RecordOf(view, "1", "b1").succeeded());
  CHECK(RecordOf(view, "1", "c1").start == At(1763700000));
  CHECK(Ids(PlanOf(view, "1").expected) == "a1 b1 c1");
}

TEMPLATE_TEST_CASE("an odd earlier status is complained of and costs nothing else", "[contract]",
                   ALL_KEY_SPACES) {
  TestType keys;
  for (const char* module : {"a1", "b1", "c1"}) keys.Field("cluster/module_node", module, "1");
  keys.Field("cluster/backup/1", "name", "daily");
  PutEarlier(keys, "a1", "1", "1763790000", "none");
  keys.Text("module/b1/backup_status/1", "no hash");
  PutEarlier(keys, "c1", "1", "1763790000", "0");

  const ClusterView view = Look(keys.Source());
  CHECK(view.records.size() == 1);
  CHECK(view.complaints ==
        std::vector<std::string>{"plan 1, module a1: 'errors' is not a count",
                                 "key module/b1/backup_status/1: is not a hash"});
}

}  // namespace
}  // namespace backup_monitor::testing
