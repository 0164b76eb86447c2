#pragma once

#include <hiredis/hiredis.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/redis/reply_builder.h"
#include "base/result.h"
#include "cluster/reply.h"

namespace backup_monitor {

/// How long to wait for what.
struct RedisTimeouts {
  std::chrono::milliseconds connect{1'500};   ///< Without the name's resolution. Nothing cuts it short.
  std::chrono::milliseconds silence{10'000};  ///< Between two pieces of an answer.
  std::stop_token stop = {};                  ///< Once requested, waiting ends within 0.1 s: kUnavailable.
};

/// One connection, not yet logged in. hiredis connects and parses; sending and receiving are ours,
/// because hiredis 0.14 raises SIGPIPE at a server gone and knows no deadline over several reads.
class RedisConnection {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  /// \return kTimeout or kUnavailable.
  static Result<RedisConnection> ToSocket(const std::filesystem::path& path,
                                          RedisTimeouts timeouts, Deadline deadline);
  /// The same over TCP. Resolving a name may take the resolver's own time.
  static Result<RedisConnection> ToAddress(const std::string& host, std::uint16_t port,
                                           RedisTimeouts timeouts, Deadline deadline);

  /// Sends `commands`, hands over `count` replies in order. Error replies, WRONGTYPE excepted, end
  /// it with the code of ErrorFromReply; after any failure the connection is of no more use.
  Result<void> Exchange(std::string_view commands, std::size_t count,
                        const std::function<void(const Reply&)>& handler);

  /// The text of the error reply that ended the last exchange; empty if something else did.
  [[nodiscard]] const std::string& error_reply() const noexcept { return error_reply_; }

 private:
  struct Close {
    void operator()(redisContext* context) const noexcept { redisFree(context); }
  };
  using Context = std::unique_ptr<redisContext, Close>;
  enum class Progress { kNone, kSome };

  RedisConnection(Context context, RedisTimeouts timeouts, Deadline deadline);
  static Result<RedisConnection> Made(Context context, RedisTimeouts timeouts, Deadline deadline);

  Result<bool> NextReply(const std::function<void(const Reply&)>& handler);
  Progress Send(std::string_view& commands) const;
  Result<Progress> Receive();
  Result<void> Wait(bool to_send) const;

  // Outlives the context, whose reader points to it.
  std::unique_ptr<ReplyBuilder> builder_;
  Context context_;
  RedisTimeouts timeouts_;
  Deadline deadline_;
  std::vector<char> buffer_;
  std::string error_reply_;
};

}  // namespace backup_monitor
