#pragma once

#include <memory>
#include <string>

#include "adapters/redis/redis_key_source.h"
#include "fakes/fake_redis.h"
#include "integration/redis/redis_server.h"

namespace backup_monitor::testing {

/// Keys that a contract suite puts and reads back. All kinds have the same members, so that one
/// suite runs on each of them: TEMPLATE_TEST_CASE("...", "[contract]", ALL_KEY_SPACES).
class FakeKeys {
 public:
  void Text(const std::string& key, const std::string& value) { redis_.SetText(key, value); }
  void Field(const std::string& key, const std::string& field, const std::string& value) {
    redis_.SetField(key, field, value);
  }
  void Member(const std::string& key, const std::string& member) { redis_.AddMember(key, member); }
  [[nodiscard]] std::unique_ptr<cluster::KeySource> Source() { return redis_.Source(); }

 private:
  FakeRedis redis_;
};

/// The same on a real server, emptied first.
class ServerKeys {
 public:
  ServerKeys() { Server().Command({"FLUSHALL"}); }
  void Text(const std::string& key, const std::string& value) {
    Server().Command({"SET", key, value});
  }
  void Field(const std::string& key, const std::string& field, const std::string& value) {
    Server().Command({"HSET", key, field, value});
  }
  void Member(const std::string& key, const std::string& member) {
    Server().Command({"SADD", key, member});
  }

  static RedisServer& Server() {
    static RedisServer server;
    return server;
  }
};

class SocketKeys : public ServerKeys {
 public:
  [[nodiscard]] static std::unique_ptr<cluster::KeySource> Source() {
    return std::make_unique<redis::RedisKeySource>(Server().SocketOnly());
  }
};

class TcpKeys : public ServerKeys {
 public:
  [[nodiscard]] static std::unique_ptr<cluster::KeySource> Source() {
    return std::make_unique<redis::RedisKeySource>(Server().TcpOnly());
  }
};

}  // namespace backup_monitor::testing

#define ALL_KEY_SPACES                                                    \
  backup_monitor::testing::FakeKeys, backup_monitor::testing::SocketKeys, \
      backup_monitor::testing::TcpKeys
