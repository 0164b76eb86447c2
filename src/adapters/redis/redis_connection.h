#pragma once

#include <hiredis/read.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/redis/redis_timeouts.h"
#include "adapters/redis/reply_builder.h"
#include "base/descriptor.h"
#include "base/result.h"
#include "cluster/reply.h"

namespace backup_monitor::redis {

/// One connection, not yet logged in. hiredis parses; the socket is ours: hiredis 0.14 resolves names with
/// getaddrinfo(3), raises SIGPIPE at a server gone and knows no deadline over several reads.
class RedisConnection {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  /// \return kTimeout or kUnavailable.
  static Result<RedisConnection> ToSocket(const std::filesystem::path& path, RedisTimeouts timeouts,
                                          Deadline deadline);
  /// The same over TCP.
  static Result<RedisConnection> ToAddress(const std::string& host, std::uint16_t port,
                                           RedisTimeouts timeouts, Deadline deadline);

  /// Sends `commands`, hands over `count` replies in order. Error replies, WRONGTYPE excepted, end
  /// it with the code of ErrorFromReply; after any failure the connection is of no more use.
  Result<void> Exchange(std::string_view commands, std::size_t count,
                        const std::function<void(const cluster::Reply&)>& handler);

  /// The text of the error reply that ended the last exchange; empty if something else did.
  [[nodiscard]] const std::string& error_reply() const noexcept { return error_reply_; }

 private:
  struct Free {
    void operator()(redisReader* reader) const noexcept { redisReaderFree(reader); }
  };
  enum class Progress { kNone, kSome };

  RedisConnection(Descriptor socket, RedisTimeouts timeouts, Deadline deadline);
  static Result<RedisConnection> Made(Result<Descriptor> socket, RedisTimeouts timeouts,
                                      Deadline deadline);

  Result<bool> NextReply(const std::function<void(const cluster::Reply&)>& handler);
  Progress Send(std::string_view& commands) const;
  Result<Progress> Receive();
  Result<void> Wait(bool to_send) const;

  [[nodiscard]] bool IsLineTooLong() const;

  // Outlives the reader, which points to it.
  std::unique_ptr<ReplyBuilder> builder_;
  std::unique_ptr<redisReader, Free> reader_;
  Descriptor socket_;
  RedisTimeouts timeouts_;
  Deadline deadline_;
  std::vector<char> buffer_;
  std::string error_reply_;
};

}  // namespace backup_monitor::redis
