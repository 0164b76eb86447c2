#pragma once

#include <memory>
#include <string>

#include "adapters/redis/redis_connection.h"
#include "base/secret.h"
#include "cluster/key_reader.h"
#include "config/config.h"

namespace backup_monitor::redis {

/// The cluster's Redis. Every conversation is a connection of its own, so that nothing is left to
/// notice and repair when Redis restarts, and each finds anew which way leads there: `redis.socket`
/// where it opens, else `redis.address`. One thread at a time.
class RedisKeySource final : public cluster::KeySource {
 public:
  explicit RedisKeySource(config::RedisConfig config, RedisTimeouts timeouts = {});

  /// Logs in as `redis.username`, with the password `default` where there is no password file: NS8's
  /// user `default` takes any (ns8-core 4f41b359, node/install-finalize.sh). The file is read each
  /// time. kDenied also if it cannot be read.
  Result<std::unique_ptr<cluster::KeyReader>> Open(Deadline deadline) override;

 private:
  Result<RedisConnection> Connect(const Secret& login, Deadline deadline) const;
  Result<RedisConnection> ConnectTcp(const Secret& login, Deadline deadline) const;
  [[nodiscard]] Result<Secret> Login() const;

  config::RedisConfig config_;
  RedisTimeouts timeouts_;
};

}  // namespace backup_monitor::redis
