#include <string>

#include "adapters/redis/redis_smarthost_source.h"
#include "catch.h"
#include "fakes/fake_redis.h"

namespace backup_monitor::testing {
namespace {

Result<Smarthost> ReadFrom(FakeRedis& redis) {
  return redis::RedisSmarthostSource{redis.Source()}.Read();
}

FakeRedis WithSmarthost() {
  FakeRedis redis;
  redis.SetField("cluster/smarthost", "enabled", "1");
  redis.SetField("cluster/smarthost", "host", "relay.example.org");
  redis.SetField("cluster/smarthost", "port", "587");
  redis.SetField("cluster/smarthost", "username", "me");
  redis.SetField("cluster/smarthost", "password", "pw");
  redis.SetField("cluster/smarthost", "encrypt_smtp", "starttls");
  redis.SetField("cluster/smarthost", "tls_verify", "1");
  return redis;
}

TEST_CASE("the smarthost is read as NS8 stores it", "[redis]") {
  FakeRedis redis = WithSmarthost();
  const auto smarthost = ReadFrom(redis);
  REQUIRE(smarthost);
  CHECK(smarthost->enabled);
  CHECK(smarthost->host == "relay.example.org");
  CHECK(smarthost->port == 587);
  CHECK(smarthost->encryption == Encryption::kStartTls);
  CHECK(smarthost->tls_verify);
  CHECK(smarthost->username == "me");
  CHECK(smarthost->password.Reveal() == "pw");

  redis.SetField("cluster/smarthost", "encrypt_smtp", "none");
  redis.SetField("cluster/smarthost", "tls_verify", "0");
  CHECK(ReadFrom(redis)->encryption == Encryption::kNone);
  CHECK_FALSE(ReadFrom(redis)->tls_verify);
}

TEST_CASE("an absent, switched off or empty smarthost is disabled, not an error", "[redis]") {
  FakeRedis redis = WithSmarthost();
  SECTION("absent") { redis.Clear(); }
  SECTION("off") { redis.SetField("cluster/smarthost", "enabled", "0"); }
  SECTION("without a host") { redis.SetField("cluster/smarthost", "host", ""); }
  SECTION("off and otherwise odd") {
    redis.SetField("cluster/smarthost", "enabled", "0");
    redis.SetField("cluster/smarthost", "port", "x");
  }
  const auto smarthost = ReadFrom(redis);
  REQUIRE(smarthost);
  CHECK_FALSE(smarthost->enabled);
}

TEST_CASE("encryption and port are never guessed", "[redis][hostile]") {
  FakeRedis redis = WithSmarthost();
  SECTION("another encryption") { redis.SetField("cluster/smarthost", "encrypt_smtp", "ssl"); }
  SECTION("no encryption told") { redis.RemoveField("cluster/smarthost", "encrypt_smtp"); }
  SECTION("port 0") { redis.SetField("cluster/smarthost", "port", "0"); }
  SECTION("port 65536") { redis.SetField("cluster/smarthost", "port", "65536"); }
  SECTION("port 25x") { redis.SetField("cluster/smarthost", "port", "25x"); }
  SECTION("another type") { redis.SetText("cluster/smarthost", "x"); }
  const auto smarthost = ReadFrom(redis);
  REQUIRE_FALSE(smarthost);
  CHECK(smarthost.error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("a Redis that is away is said to be away", "[redis]") {
  FakeRedis redis = WithSmarthost();
  redis.Down();
  CHECK(ReadFrom(redis).error().code == ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace backup_monitor::testing
