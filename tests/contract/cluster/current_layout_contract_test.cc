#include <algorithm>
#include <string>

#include "catch.h"
#include "contract/cluster/key_spaces.h"
#include "contract/cluster/look.h"

namespace backup_monitor::testing {
namespace {

template <typename Keys>
void PutPlan(Keys& keys, const std::string& id, const std::string& instances) {
  keys.Field("cluster/backup/" + id, "name", "daily " + id);
  keys.Field("cluster/backup/" + id, "enabled", "1");
  keys.Field("cluster/backup/" + id, "repository", "d1");
  keys.Field("cluster/backup/" + id, "schedule", "*-*-* 03:00:00");
  keys.Field("cluster/backup/" + id, "instances", instances);
}

TEMPLATE_TEST_CASE("a cluster of NS8 3.20 and later is read whole", "[contract]", ALL_KEY_SPACES) {
  TestType keys;
  keys.Text("cluster/ui_name", "Acme");
  keys.Field("cluster/module_node", "mail1", "1");
  keys.Field("cluster/module_node", "web2", "2");
  keys.Field("cluster/module_node", "loki1", "1");
  keys.Field("cluster/module_uuid", "mail1", "14030a59");
  keys.Field("cluster/module_uuid", "gone7", "00000000");
  keys.Text("module/mail1/ui_name", "Posta");
  keys.Member("module/loki1/flags", "no_data_backup");
  keys.Text("node/2/ui_name", "branch office");
  keys.Field("cluster/backup_repository/d1", "name", "NAS");
  PutPlan(keys, "1", "web2 gone7 mail1 web2");
  keys.Field("cluster/backup/2", "name", "off");
  keys.Field("cluster/backup/2", "enabled", "");
  keys.Field("node/1/backup_status/1", "mail1",
             R"({"start":1763790000,"end":1763790090,"total_size":4096,"total_file_count":12,)"
             R"("snapshots_count":3,"errors":0})");
  keys.Field("node/2/backup_status/1", "web2",
             R"({"start":1763790100,"end":1763790190,"total_size":0,"errors":2})");

  const ClusterView view = Look(keys.Source());

  CHECK(view.looked_at == At(kNow));
  CHECK(view.cluster_name == "Acme");
  CHECK(view.complaints.empty());
  REQUIRE(view.plans.size() == 2);
  const Plan& plan = PlanOf(view, "1");
  CHECK(plan.name == "daily 1");
  CHECK(plan.enabled);
  CHECK(plan.schedule == "*-*-* 03:00:00");
  CHECK(plan.destination_id == "d1");
  CHECK(plan.destination_name == "NAS");
  CHECK(Ids(plan.expected) == "web2 mail1");
  CHECK_FALSE(plan.compact);
  CHECK_FALSE(PlanOf(view, "2").enabled);
  CHECK(PlanOf(view, "2").expected.empty());

  REQUIRE(view.modules.size() == 3);
  CHECK(view.modules.at(ModuleId{"mail1"}).ui_name == "Posta");
  CHECK(view.modules.at(ModuleId{"mail1"}).needs_backup);
  CHECK(view.modules.at(ModuleId{"mail1"}).uuid == "14030a59");
  CHECK(view.modules.at(ModuleId{"web2"}).uuid.empty());
  CHECK(view.modules.at(ModuleId{"web2"}).node == *NodeId::Parse("2"));
  CHECK_FALSE(view.modules.at(ModuleId{"loki1"}).needs_backup);
  CHECK(view.node_names == std::map<NodeId, std::string>{{*NodeId::Parse("2"), "branch office"}});

  REQUIRE(view.records.size() == 2);
  const StatusRecord& mail = RecordOf(view, "1", "mail1");
  CHECK(mail.node == *NodeId::Parse("1"));
  CHECK(mail.start == At(1763790000));
  CHECK(mail.end == At(1763790090));
  CHECK(mail.succeeded());
  CHECK(mail.restore_bytes == 4096U);
  CHECK(mail.file_count == 12U);
  CHECK(mail.snapshot_count == 3U);
  const StatusRecord& web = RecordOf(view, "1", "web2");
  CHECK(web.node == *NodeId::Parse("2"));
  CHECK(web.error_count == 2);
  CHECK_FALSE(web.file_count);
}

TEMPLATE_TEST_CASE("a destination on a disk of the cluster is on the node of its address",
                   "[contract]", ALL_KEY_SPACES) {
  const auto [provider, url, node] = GENERATE(
      table<std::string, std::string, int>({{"cluster", "webdav:http://10.5.4.2:4694", 2},
                                            {"cluster", "webdav:http://10.5.4.2", 2},
                                            {"cluster", "webdav:http://10.5.4.2/backup", 2},
                                            {"cluster", "webdav:http://[fd00::1]:4694", 1},
                                            {"cluster", "webdav:http://10.5.4.20:4694", 0},
                                            {"cluster", "webdav:http://10.5.4:4694", 0},
                                            {"cluster", "10.5.4.2:4694", 0},
                                            {"cluster", "", 0},
                                            {"s3", "webdav:http://10.5.4.2:4694", 0}}));
  CAPTURE(provider, url);
  TestType keys;
  keys.Field("cluster/module_node", "mail1", "1");
  keys.Field("cluster/module_node", "web2", "2");
  keys.Field("node/1/vpn", "ip_address", "fd00::1");
  keys.Field("node/2/vpn", "ip_address", "10.5.4.2");
  keys.Field("cluster/backup_repository/d1", "name", "disk");
  keys.Field("cluster/backup_repository/d1", "provider", provider);
  keys.Field("cluster/backup_repository/d1", "url", url);
  PutPlan(keys, "1", "mail1 web2");
  const Plan plan = PlanOf(Look(keys.Source()), "1");
  CHECK(plan.destination_name == "disk");
  CHECK((plan.destination_node ? static_cast<int>(plan.destination_node->value()) : 0) == node);
}

TEMPLATE_TEST_CASE("a removed module's stale field and a removed plan's hash are no records",
                   "[contract]", ALL_KEY_SPACES) {
  TestType keys;
  keys.Field("cluster/module_node", "mail1", "1");
  PutPlan(keys, "1", "mail1 gone7");
  keys.Field("node/1/backup_status/1", "gone7", R"({"start":1763790000,"errors":1})");
  keys.Field("node/1/backup_status/1", "gone8", "not json");
  keys.Field("node/1/backup_status/9", "mail1", R"({"start":1763790000,"errors":1})");

  const ClusterView view = Look(keys.Source());
  CHECK(view.records.empty());
  CHECK(Ids(PlanOf(view, "1").expected) == "mail1");
  CHECK_FALSE(view.modules.contains(ModuleId{"gone7"}));
  CHECK(view.plans.size() == 1);
  CHECK(view.complaints.empty());
}

TEMPLATE_TEST_CASE("of a moved module the newer record counts, not a clock from another year",
                   "[contract]", ALL_KEY_SPACES) {
  TestType keys;
  keys.Field("cluster/module_node", "mail1", "2");
  keys.Field("cluster/module_node", "web1", "1");
  PutPlan(keys, "1", "mail1");
  const auto put = [&](const std::string& node, std::int64_t start) {
    keys.Field("node/" + node + "/backup_status/1", "mail1",
               R"({"errors":0,"start":)" + std::to_string(start) + "}");
  };
  const std::int64_t day = 86'400;

  put("1", kNow - 2 * day);
  put("2", kNow - day);
  CHECK(RecordOf(Look(keys.Source()), "1", "mail1").node == *NodeId::Parse("2"));

  put("1", kNow - 60);  // The old node again: it is newer.
  CHECK(RecordOf(Look(keys.Source()), "1", "mail1").node == *NodeId::Parse("1"));

  put("1", kNow - day);  // Equal: where it is now.
  CHECK(RecordOf(Look(keys.Source()), "1", "mail1").node == *NodeId::Parse("2"));

  put("1", kNow + day);  // The edge of what a clock may be ahead.
  CHECK(RecordOf(Look(keys.Source()), "1", "mail1").node == *NodeId::Parse("1"));

  put("1", kNow + day + 1);
  CHECK(RecordOf(Look(keys.Source()), "1", "mail1").node == *NodeId::Parse("2"));

  put("2", kNow + 3 * day);  // Nothing believable is left: the newer one is still shown.
  const ClusterView view = Look(keys.Source());
  CHECK(view.records.size() == 1);
  CHECK(RecordOf(view, "1", "mail1").start == At(kNow + 3 * day));
}

TEMPLATE_TEST_CASE("the record of a module that has moved from a node without others is read",
                   "[contract]", ALL_KEY_SPACES) {
  TestType keys;
  keys.Field("cluster/module_node", "mail1", "1");
  PutPlan(keys, "1", "mail1");
  keys.Field("node/3/backup_status/1", "mail1", R"({"errors":0,"start":1763790000})");
  const auto [newest, read] = GENERATE(table<const char*, bool>(
      {{"3", true}, {"2", false}, {"100", true}, {"101", false}, {"nonsense", false}}));
  keys.Text("cluster/node_sequence", newest);
  const ClusterView view = Look(keys.Source());
  REQUIRE(view.records.size() == (read ? 1 : 0));
  if (read) CHECK(view.records[0].node == *NodeId::Parse("3"));
  CHECK(view.complaints.empty() == (std::string{newest} != "101"));
}

TEMPLATE_TEST_CASE("a value that is no status is skipped with one complaint, the rest is kept",
                   "[contract][hostile]", ALL_KEY_SPACES) {
  TestType keys;
  for (const char* module : {"a1", "b1", "c1", "d1", "e1"}) {
    keys.Field("cluster/module_node", module, "1");
  }
  PutPlan(keys, "1", "a1 b1 c1 d1 e1");
  PutPlan(keys, "2", "a1");
  keys.Field("node/1/backup_status/1", "a1", "Connection refused");
  keys.Field("node/1/backup_status/1", "b1", R"({"end":1763790000,"errors":0})");
  keys.Field("node/1/backup_status/1", "c1", R"({"start":1763790000})");
  keys.Field("node/1/backup_status/1", "d1", std::string(262'144, '['));
  keys.Field("node/1/backup_status/1", "e1", R"({"start":1763790000,"errors":0})");
  keys.Text("node/1/backup_status/2", "no hash");

  const ClusterView view = Look(keys.Source());
  REQUIRE(view.records.size() == 1);
  CHECK(view.records[0].module == ModuleId{"e1"});
  CHECK(view.records[0].end == view.records[0].start);
  std::vector<std::string> complaints = view.complaints;
  std::sort(complaints.begin(), complaints.end());
  CHECK(complaints ==
        std::vector<std::string>{"key node/1/backup_status/2: is not a hash",
                                 "plan 1, module a1: status is not a JSON object",
                                 "plan 1, module b1: 'start' is not a time in Unix seconds",
                                 "plan 1, module c1: 'errors' is not a count",
                                 "plan 1, module d1: status is longer than 64 KiB"});
}

TEMPLATE_TEST_CASE("central keys of another type fail the whole look", "[contract]",
                   ALL_KEY_SPACES) {
  TestType keys;
  SECTION("the module list") { keys.Text("cluster/module_node", "x"); }
  SECTION("a plan") { keys.Text("cluster/backup/1", "x"); }
  const auto view = TryLook(keys.Source());
  REQUIRE_FALSE(view);
  CHECK(view.error().code == ErrorCode::kInvalidInput);
  CHECK(view.error().message.find("is not a hash") != std::string::npos);
}

TEMPLATE_TEST_CASE("an emptied cluster is an empty view, not an error", "[contract]",
                   ALL_KEY_SPACES) {
  TestType keys;
  const ClusterView view = Look(keys.Source());
  CHECK(view.plans.empty());
  CHECK(view.modules.empty());
  CHECK(view.records.empty());
}

}  // namespace
}  // namespace backup_monitor::testing
