#include <string>

#include "catch.h"
#include "contract/cluster/key_spaces.h"
#include "contract/cluster/look.h"

namespace backup_monitor::testing {
namespace {

template <typename Keys>
void PutModule(Keys& keys, const std::string& plan, const std::string& module,
               const std::string& result, const std::string& error = "") {
  const std::string key = "module/" + module + "/backup/" + plan + "/status";
  keys.Field(key, "result", result);
  keys.Field(key, "timestamp", "2024-01-15T03:00:05Z");
  if (!error.empty()) keys.Field(key, "error", error);
}

template <typename Keys>
void PutPlan(Keys& keys, const std::string& plan, const std::string& result,
             const std::string& errors) {
  const std::string key = "cluster/backup/" + plan + "/status";
  keys.Field(key, "result", result);
  keys.Field(key, "timestamp", "2024-01-15T03:01:00Z");
  keys.Field(key, "errors", errors);
}

TEMPLATE_TEST_CASE("a compact installation is read, without module list and plan hash",
                   "[contract]", ALL_KEY_SPACES) {
  TestType keys;
  PutPlan(keys, "nightly", "error", "1");
  PutModule(keys, "nightly", "mail1", "success");
  PutModule(keys, "nightly", "web1", "error", "repository is locked");
  keys.Text("module/web1/ui_name", "Shop");

  const ClusterView view = Look(keys.Source());
  const Plan& plan = PlanOf(view, "nightly");
  CHECK(plan.name == "nightly");
  CHECK(plan.enabled);
  CHECK(plan.compact);
  CHECK(Ids(plan.expected) == "mail1 web1");
  REQUIRE(plan.compact_status);
  CHECK_FALSE(plan.compact_status->succeeded);
  CHECK(plan.compact_status->error_count == 1);
  CHECK(plan.compact_status->timestamp == At(1705287660));

  REQUIRE(view.records.size() == 2);
  const StatusRecord& mail = RecordOf(view, "nightly", "mail1");
  CHECK(mail.start == At(1705287605));
  CHECK(mail.end == mail.start);
  CHECK(mail.succeeded());
  CHECK_FALSE(mail.node);
  const StatusRecord& web = RecordOf(view, "nightly", "web1");
  CHECK(web.error_count == 1);
  CHECK(web.error_text == "repository is locked");
  CHECK(view.modules.at(ModuleId{"web1"}).ui_name == "Shop");
  CHECK_FALSE(view.modules.at(ModuleId{"web1"}).node);
  CHECK(view.complaints.empty());
}

TEMPLATE_TEST_CASE("with instances the plan expects these, also those without a status",
                   "[contract]", ALL_KEY_SPACES) {
  TestType keys;
  keys.Field("cluster/backup/1", "name", "daily");
  keys.Field("cluster/backup/1", "instances", "web1 mail1 new1");
  PutModule(keys, "1", "mail1", "success");
  PutModule(keys, "1", "web1", "success");
  PutModule(keys, "1", "other1", "success");

  SECTION("without a module list all of them are modules") {
    keys.Text("module/new1/ui_name", "New");
    const ClusterView view = Look(keys.Source());
    CHECK(Ids(PlanOf(view, "1").expected) == "web1 mail1 new1");
    CHECK(view.modules.at(ModuleId{"new1"}).ui_name == "New");
    CHECK(view.records.size() == 3);
  }
  SECTION("with one, only those in it") {
    keys.Field("cluster/module_node", "web1", "1");
    keys.Field("cluster/module_node", "new1", "1");
    const ClusterView view = Look(keys.Source());
    CHECK(Ids(PlanOf(view, "1").expected) == "web1 new1");
    CHECK(view.records.size() == 1);
    CHECK(view.modules.size() == 2);
  }
  CHECK(Look(keys.Source()).plans.at(PlanId{"1"}).compact);
}

TEMPLATE_TEST_CASE("a plan record alone makes a compact plan that expects nothing", "[contract]",
                   ALL_KEY_SPACES) {
  TestType keys;
  PutPlan(keys, "weekly", "success", "x");
  const ClusterView view = Look(keys.Source());
  const Plan& plan = PlanOf(view, "weekly");
  CHECK(plan.compact);
  CHECK(plan.expected.empty());
  REQUIRE(plan.compact_status);
  CHECK(plan.compact_status->succeeded);
  CHECK(plan.compact_status->error_count == 0);
}

TEMPLATE_TEST_CASE("where NS8 itself has a record of the plan, compact status does not count",
                   "[contract]", ALL_KEY_SPACES) {
  TestType keys;
  keys.Field("cluster/module_node", "mail1", "1");
  keys.Field("cluster/module_node", "web1", "1");
  keys.Field("cluster/backup/1", "instances", "mail1 web1");
  keys.Field("node/1/backup_status/1", "mail1", R"({"start":1763790000,"errors":0})");
  PutPlan(keys, "1", "error", "1");
  PutModule(keys, "1", "mail1", "error");
  PutModule(keys, "1", "web1", "error");
  PutPlan(keys, "own", "success", "0");

  const ClusterView view = Look(keys.Source());
  CHECK_FALSE(PlanOf(view, "1").compact);
  CHECK_FALSE(PlanOf(view, "1").compact_status);
  REQUIRE(view.records.size() == 1);
  CHECK(view.records[0].succeeded());
  CHECK(PlanOf(view, "own").compact);
}

TEMPLATE_TEST_CASE("compact status with another result, time or type is complained of",
                   "[contract][hostile]", ALL_KEY_SPACES) {
  TestType keys;
  PutModule(keys, "p", "a1", "ok");
  PutModule(keys, "p", "b1", "success");
  keys.Field("module/b1/backup/p/status", "timestamp", "yesterday\r\n");
  keys.Text("module/c1/backup/p/status", "success");
  PutModule(keys, "p", "d1", "success");
  PutPlan(keys, "p", "maybe", "0");
  keys.Text("cluster/backup/q/status", "x");

  const ClusterView view = Look(keys.Source());
  CHECK(view.records.size() == 1);
  CHECK_FALSE(PlanOf(view, "p").compact_status);
  CHECK(view.complaints ==
        std::vector<std::string>{
            "plan p: 'result' is neither 'success' nor 'error'",
            "key cluster/backup/q/status: is not a hash",
            "plan p, module a1: 'result' is neither 'success' nor 'error'",
            "plan p, module b1: 'timestamp': not a time like 2024-01-15T03:00:05Z",
            "key module/c1/backup/p/status: is not a hash"});
}

}  // namespace
}  // namespace backup_monitor::testing
