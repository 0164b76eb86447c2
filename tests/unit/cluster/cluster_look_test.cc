#include <string>

#include "catch.h"
#include "cluster/redis_cluster_reader.h"
#include "fakes/fake_cluster.h"
#include "fakes/fake_redis.h"

namespace backup_monitor::cluster {
namespace {

using testing::FakeRedis;

constexpr Time kNow{seconds{1'763'800'000}};

void Fill(FakeRedis& redis, int plans, int modules) {
  std::string instances;
  for (int m = 0; m < modules; ++m) {
    const std::string module = "mail" + std::to_string(m);
    redis.SetField("cluster/module_node", module, std::to_string(1 + m % 10));
    instances += module + " ";
    for (int p = 1; p <= plans; ++p) {
      redis.SetField("node/" + std::to_string(1 + m % 10) + "/backup_status/" + std::to_string(p),
                     module, R"({"start":1763790000,"errors":0})");
    }
  }
  for (int p = 1; p <= plans; ++p) {
    redis.SetField("cluster/backup/" + std::to_string(p), "instances", instances);
    redis.SetField("cluster/backup/" + std::to_string(p), "repository", "d1");
  }
}

TEST_CASE("a look takes three round trips, however large the cluster", "[cluster]") {
  FakeRedis redis;
  const int modules = GENERATE(1, 200);
  Fill(redis, 20, modules);
  RedisClusterReader reader{redis.Source()};
  const auto view = reader.Look(kNow);
  REQUIRE(view);
  CHECK(view->records.size() == 20U * static_cast<unsigned>(modules));
  CHECK(redis.reads() == 3);
}

TEST_CASE("names that come in several scan steps are all found", "[cluster]") {
  FakeRedis redis;
  Fill(redis, 20, 10);
  redis.SetField("module/mail1/backup/own/status", "result", "success");
  redis.SetField("module/mail1/backup/own/status", "timestamp", "2025-11-22T03:00:05Z");
  redis.SetScanStep(3);
  const auto view = RedisClusterReader{redis.Source()}.Look(kNow);
  REQUIRE(view);
  CHECK(view->plans.size() == 21);
  CHECK(view->records.size() == 201);
}

TEST_CASE("a look that fails at any point fails as a whole, the next one is whole again",
          "[cluster]") {
  FakeRedis redis;
  Fill(redis, 2, 2);
  RedisClusterReader reader{redis.Source()};
  const std::size_t reads = GENERATE(0U, 1U, 2U);
  redis.DownAfter(reads);
  const auto failed = reader.Look(kNow);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == ErrorCode::kUnavailable);
  CHECK(failed.error().message == "look at the cluster: connection refused");

  redis.SetOutage(std::nullopt);
  redis.DownAfter(10);
  CHECK(reader.Look(kNow)->records.size() == 4);
}

TEST_CASE("a loading Redis is unavailable, not empty", "[cluster]") {
  FakeRedis redis;
  Fill(redis, 1, 1);
  redis.Load();
  CHECK(RedisClusterReader{redis.Source()}.Look(kNow).error().code == ErrorCode::kUnavailable);
}

TEST_CASE("a module on no node is complained of and still a module", "[cluster]") {
  FakeRedis redis;
  Fill(redis, 1, 1);
  redis.SetField("cluster/module_node", "mail0", "two");
  const auto view = RedisClusterReader{redis.Source()}.Look(kNow);
  REQUIRE(view);
  CHECK(view->modules.contains(ModuleId{"mail0"}));
  CHECK_FALSE(view->modules.at(ModuleId{"mail0"}).node);
  CHECK(view->complaints ==
        std::vector<std::string>{"key cluster/module_node: module mail0 is on no node: two"});
}

TEST_CASE("a thousand bad values make 21 complaints", "[cluster][hostile]") {
  FakeRedis redis;
  Fill(redis, 1, 1000);
  for (int m = 0; m < 1000; ++m) {
    redis.SetField("node/" + std::to_string(1 + m % 10) + "/backup_status/1",
                   "mail" + std::to_string(m), "\r\n\x1B");
  }
  const auto view = RedisClusterReader{redis.Source()}.Look(kNow);
  REQUIRE(view);
  CHECK(view->records.empty());
  REQUIRE(view->complaints.size() == 21);
  CHECK(view->complaints.back() == "and 980 more");
}

TEST_CASE("hostile names come through as they are, cut where nobody would read on",
          "[cluster][hostile]") {
  FakeRedis redis;
  const std::string odd = "<b>\r\nBcc: x\u202E*?[";
  redis.SetField("cluster/module_node", odd, "1");
  redis.SetText("module/" + odd + "/ui_name", std::string(5'000'000, 'x'));
  redis.SetField("cluster/backup/" + odd, "name", odd);
  redis.SetField("cluster/backup/" + std::string(5000, 'p'), "name", "too long");
  redis.SetField("node/1/backup_status/" + odd, odd, R"({"start":1763790000,"errors":0})");
  redis.SetText("private/agents/x/backup/1", "never read");
  redis.SetText("module//backup_status/", "x");
  redis.SetText("cluster/backup/", "x");
  const auto view = RedisClusterReader{redis.Source()}.Look(kNow);
  REQUIRE(view);
  CHECK(view->plans.size() == 1);
  CHECK(view->plans.begin()->second.name == odd);
  CHECK(view->modules.at(ModuleId{odd}).ui_name.size() == 1000);
  REQUIRE(view->records.size() == 1);
  CHECK(view->records[0].module == ModuleId{odd});
  REQUIRE(view->complaints.size() == 1);
  CHECK(view->complaints[0].find("is too long") != std::string::npos);
}

TEST_CASE("a plan's enabled mark is as NS8 writes it, and missing is not off", "[cluster]") {
  FakeRedis redis;
  redis.SetField("cluster/backup/1", "name", "a");
  redis.SetField("cluster/backup/1", "enabled", "1");
  redis.SetField("cluster/backup/2", "name", "b");
  redis.SetField("cluster/backup/2", "enabled", "");
  redis.SetField("cluster/backup/3", "name", "c");
  redis.SetField("cluster/backup/4", "schedule", "daily");
  const auto view = RedisClusterReader{redis.Source()}.Look(kNow);
  REQUIRE(view);
  CHECK(view->plans.at(PlanId{"1"}).enabled);
  CHECK_FALSE(view->plans.at(PlanId{"2"}).enabled);
  CHECK(view->plans.at(PlanId{"3"}).enabled);
  CHECK(view->plans.at(PlanId{"4"}).name == "4");
}

TEST_CASE("the fake cluster keeps what it was told, as a look would show it", "[cluster]") {
  testing::FakeCluster cluster;
  cluster.AddModule("web1", 2);
  cluster.AddPlan("1", "daily", {"mail1", "web1"});
  cluster.PutRecord("1", "web1", kNow, kNow);
  cluster.PutRecord("1", "web1", kNow + seconds{5}, kNow + seconds{9}, 1);
  cluster.PutRecord("1", "mail1", kNow, kNow);
  const auto view = cluster.Look(kNow);
  REQUIRE(view);
  CHECK(view->looked_at == kNow);
  CHECK(view->records.size() == 2);
  CHECK(view->plans.at(PlanId{"1"}).expected.size() == 2);

  cluster.RemoveModule("web1");
  CHECK(cluster.Look(kNow)->records.size() == 1);
  CHECK(cluster.Look(kNow)->plans.at(PlanId{"1"}).expected.size() == 1);
  cluster.SetOutage(Error{ErrorCode::kTimeout, "late"});
  CHECK(cluster.Look(kNow).error().code == ErrorCode::kTimeout);
}

}  // namespace
}  // namespace backup_monitor::cluster
