#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "config/config.h"

namespace backup_monitor::testing {

/// A real redis-server with NS8's ACL user `default` (nopass, only `cluster/* node/* module/*`, only
/// reading: ns8-core 4f41b359 node/install-finalize.sh), on a Unix socket and on loopback, in a
/// directory of its own. Ends with its object, and with us.
class RedisServer {
 public:
  enum class Users {
    kNs8,    ///< As above, and one who may do everything.
    kPlain,  ///< As a fresh Redis: `default` may do everything.
  };

  /// `settings`: what its configuration gets besides, line by line: "requirepass x".
  explicit RedisServer(Users users = Users::kNs8, std::vector<std::string> settings = {});
  ~RedisServer();
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;

  /// Starts it, empty, and waits until it answers. Both addresses stay what they were.
  void Start();
  /// Kills it; its socket file stays behind, as after a crash.
  void Kill();

  [[nodiscard]] std::filesystem::path socket() const { return directory_ / "redis.sock"; }
  [[nodiscard]] std::filesystem::path directory() const { return directory_; }
  [[nodiscard]] std::string address() const;

  /// Settings of a client that finds only the socket, or only the port.
  [[nodiscard]] config::RedisConfig SocketOnly() const;
  [[nodiscard]] config::RedisConfig TcpOnly() const;

  /// Runs a command as a user who may do everything; the reply as text, errors as "-ERR ...".
  std::string Command(const std::vector<std::string>& words) const;

 private:
  [[nodiscard]] bool Answers() const;
  [[nodiscard]] bool Spawn();
  void WriteConfiguration() const;

  std::filesystem::path directory_;
  Users users_;
  std::vector<std::string> settings_;
  std::uint16_t port_ = 0;
  pid_t child_ = -1;
};

}  // namespace backup_monitor::testing
