#include "adapters/redis/redis_connection.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "adapters/redis/redis_error.h"

namespace backup_monitor {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kReceiveBytes = 64UL * 1024;
constexpr milliseconds kStopCheck{100};

std::string Describe(int error) { return std::generic_category().message(error); }

milliseconds Left(RedisConnection::Deadline deadline) {
  const auto left = deadline - std::chrono::steady_clock::now();
  return std::max(std::chrono::duration_cast<milliseconds>(left), milliseconds{0});
}

timeval ToTimeval(milliseconds time) {
  timeval value{};
  value.tv_sec = static_cast<time_t>(time.count() / 1000);
  value.tv_usec = static_cast<suseconds_t>(time.count() % 1000 * 1000);
  return value;
}

// Zero means "no limit" to hiredis.
timeval ConnectTime(RedisTimeouts timeouts, RedisConnection::Deadline deadline) {
  return ToTimeval(std::max(std::min(timeouts.connect, Left(deadline)), milliseconds{1}));
}

bool WouldBlock(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

RedisConnection::RedisConnection(Context context, RedisTimeouts timeouts, Deadline deadline)
    : builder_{std::make_unique<ReplyBuilder>()},
      context_{std::move(context)},
      timeouts_{timeouts},
      deadline_{deadline},
      buffer_(kReceiveBytes) {
  builder_->Attach(*context_->reader);
  context_->reader->maxbuf = 0;  // It lives for one look: keep its buffer.
}

Result<RedisConnection> RedisConnection::Made(Context context, RedisTimeouts timeouts,
                                              Deadline deadline) {
  if (!context) return Fail(ErrorCode::kUnavailable, "out of memory");
  if (context->err != 0) {
    const bool late = context->err == REDIS_ERR_IO && errno == ETIMEDOUT;
    return Fail(late ? ErrorCode::kTimeout : ErrorCode::kUnavailable, context->errstr);
  }
  // Programs that we start must not inherit it.
  if (fcntl(context->fd, F_SETFD, FD_CLOEXEC) != 0) {
    return Fail(ErrorCode::kUnavailable, Describe(errno));
  }
  return RedisConnection{std::move(context), timeouts, deadline};
}

Result<RedisConnection> RedisConnection::ToSocket(const std::filesystem::path& path,
                                                  RedisTimeouts timeouts, Deadline deadline) {
  // hiredis 0.14 would cut a longer path and connect to another socket.
  if (path.native().size() >= sizeof(sockaddr_un::sun_path)) {
    return Fail(ErrorCode::kUnavailable, "the path is too long for a socket");
  }
  return Made(Context{redisConnectUnixWithTimeout(path.c_str(), ConnectTime(timeouts, deadline))},
              timeouts, deadline);
}

Result<RedisConnection> RedisConnection::ToAddress(const std::string& host, std::uint16_t port,
                                                   RedisTimeouts timeouts, Deadline deadline) {
  // hiredis sets TCP_NODELAY itself (0.14.1, net.c _redisContextConnectTcp).
  return Made(Context{redisConnectWithTimeout(host.c_str(), port, ConnectTime(timeouts, deadline))},
              timeouts, deadline);
}

Result<void> RedisConnection::Exchange(std::string_view commands, std::size_t count,
                                       const std::function<void(const Reply&)>& handler) {
  error_reply_.clear();
  while (count > 0) {
    const auto replied = NextReply(handler);
    if (!replied) return Fail(replied.error());
    if (*replied) {
      --count;
      continue;
    }
    // Sending and receiving go on side by side: neither side's full buffer can stop the other.
    const Progress sent = Send(commands);
    const auto received = Receive();
    if (!received) return Fail(received.error());
    if (sent == Progress::kSome || *received == Progress::kSome) continue;
    if (auto ready = Wait(!commands.empty()); !ready) return ready;
  }
  return {};
}

Result<bool> RedisConnection::NextReply(const std::function<void(const Reply&)>& handler) {
  void* reply = nullptr;
  if (redisReaderGetReply(context_->reader, &reply) != REDIS_OK) {
    if (context_->reader->err == REDIS_ERR_OOM) {
      return Fail(ErrorCode::kInvalidInput, "an answer of redis is larger than 32 MiB");
    }
    return Fail(ErrorCode::kInvalidInput,
                std::string{"redis broke its protocol: "} + context_->reader->errstr);
  }
  if (reply == nullptr) return false;
  if (builder_->error()) {
    error_reply_ = *builder_->error();
    return Fail(ErrorFromReply(error_reply_));
  }
  handler(*static_cast<const Reply*>(reply));
  builder_->Release();
  return true;
}

// A failure to send is told by the next Receive, after what the server may have said before it left.
RedisConnection::Progress RedisConnection::Send(std::string_view& commands) const {
  if (commands.empty()) return Progress::kNone;
  const ssize_t sent =
      send(context_->fd, commands.data(), commands.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0 && !WouldBlock(errno)) commands = {};
  if (sent <= 0) return Progress::kNone;
  commands.remove_prefix(static_cast<std::size_t>(sent));
  return Progress::kSome;
}

Result<RedisConnection::Progress> RedisConnection::Receive() {
  const ssize_t received = recv(context_->fd, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
  if (received < 0 && WouldBlock(errno)) return Progress::kNone;
  if (received < 0) return Fail(ErrorCode::kUnavailable, Describe(errno));
  if (received == 0) return Fail(ErrorCode::kUnavailable, "redis closed the connection");
  if (context_->reader->len > ReplyBuilder::kMostBytes) {
    return Fail(ErrorCode::kInvalidInput, "an answer of redis is larger than 32 MiB");
  }
  // A server that never stops talking is late too.
  if (Left(deadline_) == milliseconds{0}) return Fail(ErrorCode::kTimeout, "redis is too slow");
  redisReaderFeed(context_->reader, buffer_.data(), static_cast<std::size_t>(received));
  return Progress::kSome;
}

Result<void> RedisConnection::Wait(bool to_send) const {
  const Deadline end = std::chrono::steady_clock::now() + std::min(timeouts_.silence, Left(deadline_));
  const short events = static_cast<short>(to_send ? POLLIN | POLLOUT : POLLIN);
  while (!timeouts_.stop.stop_requested()) {
    const milliseconds most = std::min(kStopCheck, Left(end));
    pollfd one{context_->fd, events, 0};
    const int ready = poll(&one, 1, static_cast<int>(most.count()));
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return Fail(ErrorCode::kUnavailable, Describe(errno));
    if (Left(end) == milliseconds{0}) return Fail(ErrorCode::kTimeout, "redis does not answer");
  }
  return Fail(ErrorCode::kUnavailable, "cut short: we are stopping");
}

}  // namespace backup_monitor
