#include <string>

#include "adapters/redis/redis_cluster_places.h"
#include "catch.h"
#include "fakes/fake_redis.h"

namespace backup_monitor::redis {
namespace {

using namespace testing;

FakeRedis Cluster() {
  FakeRedis redis;
  redis.SetField("cluster/environment", "NODE_ID", "2");
  redis.SetField("node/2/vpn", "ip_address", "10.5.4.2");
  redis.SetField("cluster/module_uuid", "mail1", "2f3c56e2-aa1a-4eda-9e32-0ec9348cd31b");
  redis.SetField("module/mail1/environment", "IMAGE_URL", "ghcr.io/nethserver/mail:1.0.0");
  return redis;
}

TEST_CASE("a repository is found by the image and the UUID of its module", "[redis]") {
  FakeRedis redis = Cluster();
  const auto path = [&redis] {
    return RedisClusterPlaces{redis.Source()}.RepositoryPathOf(ModuleId{"mail1"});
  };
  CHECK(path().value() == "mail/2f3c56e2-aa1a-4eda-9e32-0ec9348cd31b");
  for (const char* url :
       {"mail", "localhost:5000/x/mail", "ghcr.io/a/mail@sha256:01", "a/mail:1@sha256:01"}) {
    redis.SetField("module/mail1/environment", "IMAGE_URL", url);
    CHECK(path().value() == "mail/2f3c56e2-aa1a-4eda-9e32-0ec9348cd31b");
  }
}

TEST_CASE("a module without image or UUID has no repository that is known", "[redis]") {
  FakeRedis redis = Cluster();
  SECTION("no UUID") { redis.RemoveField("cluster/module_uuid", "mail1"); }
  SECTION("no image") { redis.Remove("module/mail1/environment"); }
  SECTION("an image without a name") {
    redis.SetField("module/mail1/environment", "IMAGE_URL", "ghcr.io/");
  }
  const auto path = RedisClusterPlaces{redis.Source()}.RepositoryPathOf(ModuleId{"mail1"});
  REQUIRE_FALSE(path);
  CHECK(path.error().code == ErrorCode::kNotFound);
}

TEST_CASE("the API server is that of the node that leads now", "[redis]") {
  FakeRedis redis = Cluster();
  CHECK(RedisClusterPlaces{redis.Source()}.ApiServer().value() == "http://10.5.4.2:9311");
  redis.SetField("cluster/environment", "NODE_ID", "3");
  redis.SetField("node/3/vpn", "ip_address", "fd00::3");
  CHECK(RedisClusterPlaces{redis.Source()}.ApiServer().value() == "http://[fd00::3]:9311");
}

TEST_CASE("what is no node or no address leads nowhere", "[redis][hostile]") {
  FakeRedis redis = Cluster();
  SECTION("no leader") { redis.Remove("cluster/environment"); }
  SECTION("an odd leader") { redis.SetField("cluster/environment", "NODE_ID", "2/x"); }
  SECTION("no address") { redis.Remove("node/2/vpn"); }
  SECTION("an odd address") {
    redis.SetField("node/2/vpn", "ip_address", "10.5.4.2@evil.example.org");
  }
  const auto server = RedisClusterPlaces{redis.Source()}.ApiServer();
  REQUIRE_FALSE(server);
  CHECK(server.error().code == ErrorCode::kNotFound);
}

cluster::KeySource::Deadline Soon() {
  return std::chrono::steady_clock::now() + std::chrono::seconds{10};
}

FakeRedis ClusterWithLog() {
  FakeRedis redis = Cluster();
  redis.SetText("cluster/default_instance/loki", "loki1");
  redis.SetField("module/loki1/environment", "LOKI_ADDR", "10.5.4.1");
  redis.SetField("module/loki1/environment", "LOKI_HTTP_PORT", "20021");
  redis.SetField("module/loki1/environment", "LOKI_API_AUTH_USERNAME", "loki");
  redis.SetField("module/loki1/environment", "LOKI_API_AUTH_PASSWORD", "shoe43");
  return redis;
}

TEST_CASE("the log is that of the Loki which is the default now, with its login", "[redis]") {
  FakeRedis redis = ClusterWithLog();
  const auto log = RedisClusterPlaces{redis.Source()}.Log(Soon());
  REQUIRE(log);
  CHECK(log->url == "http://10.5.4.1:20021");
  CHECK(log->user == "loki");
  CHECK(log->password.Reveal() == "shoe43");
  redis.SetText("cluster/default_instance/loki", "loki2");
  redis.SetField("module/loki2/environment", "LOKI_ADDR", "fd00::3");
  redis.SetField("module/loki2/environment", "LOKI_HTTP_PORT", "20022");
  CHECK(RedisClusterPlaces{redis.Source()}.Log(Soon())->url == "http://[fd00::3]:20022");
}

TEST_CASE("a cluster without a log, or with an odd one, has none", "[redis][hostile]") {
  FakeRedis redis = ClusterWithLog();
  SECTION("no Loki") { redis.Remove("cluster/default_instance/loki"); }
  SECTION("a name that leads to another key") {
    redis.SetText("cluster/default_instance/loki", "loki1/environment");
  }
  SECTION("no environment") { redis.Remove("module/loki1/environment"); }
  SECTION("no port") { redis.RemoveField("module/loki1/environment", "LOKI_HTTP_PORT"); }
  SECTION("an odd port") { redis.SetField("module/loki1/environment", "LOKI_HTTP_PORT", "1@evil"); }
  SECTION("a host name") {
    redis.SetField("module/loki1/environment", "LOKI_ADDR", "evil.example.org");
  }
  const auto log = RedisClusterPlaces{redis.Source()}.Log(Soon());
  REQUIRE_FALSE(log);
  CHECK(log.error().code == ErrorCode::kNotFound);
  CHECK(log.error().message.find("shoe43") == std::string::npos);
}

TEST_CASE("Prometheus answers at the path of the metrics that are the default now", "[redis]") {
  FakeRedis redis = Cluster();
  const auto path = [&redis] { return RedisClusterPlaces{redis.Source()}.PrometheusPath(Soon()); };
  CHECK(path().error().code == ErrorCode::kNotFound);
  redis.SetText("cluster/default_instance/metrics", "metrics2");
  CHECK(path()->empty());
  redis.SetField("module/metrics2/environment", "PROMETHEUS_PATH", "b3af83c-1");
  CHECK(*path() == "b3af83c-1");
  redis.SetField("module/metrics2/environment", "PROMETHEUS_PATH", "a?b");
  CHECK(path().error().code == ErrorCode::kInvalidInput);
  redis.SetText("cluster/default_instance/metrics", "metrics2/environment");
  CHECK(path().error().code == ErrorCode::kNotFound);
}

TEST_CASE("a Redis that is away is told as such", "[redis]") {
  FakeRedis redis = Cluster();
  redis.Down();
  CHECK(RedisClusterPlaces{redis.Source()}.ApiServer().error().code == ErrorCode::kUnavailable);
  CHECK(RedisClusterPlaces{redis.Source()}.RepositoryPathOf(ModuleId{"mail1"}).error().code ==
        ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace backup_monitor::redis
