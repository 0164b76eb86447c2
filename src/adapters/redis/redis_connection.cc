#include "adapters/redis/redis_connection.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "adapters/redis/redis_error.h"
#include "adapters/redis/redis_socket.h"

namespace backup_monitor::redis {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kReceiveBytes = 64UL * 1024;
constexpr std::size_t kLongestLine = 8UL * 1024;  // an error of Redis has some hundred bytes

std::string Describe(int error) { return std::generic_category().message(error); }

milliseconds Left(RedisConnection::Deadline deadline) {
  const auto left = deadline - std::chrono::steady_clock::now();
  return std::max(std::chrono::duration_cast<milliseconds>(left), milliseconds{0});
}

bool WouldBlock(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

RedisConnection::RedisConnection(Descriptor socket, RedisTimeouts timeouts, Deadline deadline)
    : builder_{std::make_unique<ReplyBuilder>()},
      reader_{redisReaderCreateWithFunctions(nullptr)},
      socket_{std::move(socket)},
      timeouts_{std::move(timeouts)},
      deadline_{deadline},
      buffer_(kReceiveBytes) {
  if (!reader_) return;
  builder_->Attach(*reader_);
  reader_->maxbuf = 0;  // It lives for one look: keep its buffer.
}

Result<RedisConnection> RedisConnection::Made(Result<Descriptor> socket, RedisTimeouts timeouts,
                                              Deadline deadline) {
  if (!socket) return Fail(std::move(socket.error()));
  RedisConnection made{*std::move(socket), std::move(timeouts), deadline};
  if (!made.reader_) return Fail(ErrorCode::kUnavailable, "out of memory");
  return made;
}

Result<RedisConnection> RedisConnection::ToSocket(const std::filesystem::path& path,
                                                  RedisTimeouts timeouts, Deadline deadline) {
  auto socket = ConnectToPath(path, timeouts, deadline);
  return Made(std::move(socket), std::move(timeouts), deadline);
}

Result<RedisConnection> RedisConnection::ToAddress(const std::string& host, std::uint16_t port,
                                                   RedisTimeouts timeouts, Deadline deadline) {
  auto socket = ConnectToHost(host, port, timeouts, deadline);
  return Made(std::move(socket), std::move(timeouts), deadline);
}

Result<void> RedisConnection::Exchange(std::string_view commands, std::size_t count,
                                       const std::function<void(const cluster::Reply&)>& handler) {
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

Result<bool> RedisConnection::NextReply(const std::function<void(const cluster::Reply&)>& handler) {
  void* reply = nullptr;
  if (redisReaderGetReply(reader_.get(), &reply) != REDIS_OK) {
    if (reader_->err == REDIS_ERR_OOM) {
      return Fail(ErrorCode::kInvalidInput, "an answer of redis is larger than 32 MiB");
    }
    return Fail(ErrorCode::kInvalidInput,
                std::string{"redis broke its protocol: "} + reader_->errstr);
  }
  if (reply == nullptr) {
    if (!IsLineTooLong()) return false;
    return Fail(ErrorCode::kInvalidInput, "redis broke its protocol: a line of over 8 KiB");
  }
  if (builder_->error()) {
    error_reply_ = *builder_->error();
    return Fail(ErrorFromReply(error_reply_));
  }
  handler(*static_cast<const cluster::Reply*>(reply));
  builder_->Release();
  return true;
}

/// hiredis 0.14.1 looks for the end of a line from its beginning each time that something has come (read.c,
/// readLine): a line without end costs the square of its length. What is not yet parsed begins within a line
/// or, of a string, with the line that holds its length.
bool RedisConnection::IsLineTooLong() const {
  const std::string_view rest{reader_->buf + reader_->pos, reader_->len - reader_->pos};
  return rest.size() > kLongestLine &&
         rest.substr(0, kLongestLine).find("\r\n") == std::string_view::npos;
}

// A failure to send is returned by the next Receive, after what the server may have said before it left.
RedisConnection::Progress RedisConnection::Send(std::string_view& commands) const {
  if (commands.empty()) return Progress::kNone;
  const ssize_t sent =
      send(socket_.get(), commands.data(), commands.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0 && !WouldBlock(errno)) commands = {};
  if (sent <= 0) return Progress::kNone;
  commands.remove_prefix(static_cast<std::size_t>(sent));
  return Progress::kSome;
}

Result<RedisConnection::Progress> RedisConnection::Receive() {
  const ssize_t received = recv(socket_.get(), buffer_.data(), buffer_.size(), MSG_DONTWAIT);
  if (received < 0 && WouldBlock(errno)) return Progress::kNone;
  if (received < 0) return Fail(ErrorCode::kUnavailable, Describe(errno));
  if (received == 0) return Fail(ErrorCode::kUnavailable, "redis closed the connection");
  if (reader_->len > ReplyBuilder::kMostBytes) {
    return Fail(ErrorCode::kInvalidInput, "an answer of redis is larger than 32 MiB");
  }
  // A server that never stops talking is late too.
  if (Left(deadline_) == milliseconds{0}) return Fail(ErrorCode::kTimeout, "redis is too slow");
  redisReaderFeed(reader_.get(), buffer_.data(), static_cast<std::size_t>(received));
  return Progress::kSome;
}

Result<void> RedisConnection::Wait(bool to_send) const {
  const Deadline end =
      std::chrono::steady_clock::now() + std::min(timeouts_.silence, Left(deadline_));
  const auto events = static_cast<short>(to_send ? POLLIN | POLLOUT : POLLIN);
  while (!timeouts_.stop.stop_requested()) {
    const milliseconds most = std::min(kStopCheck, Left(end));
    pollfd one{socket_.get(), events, 0};
    const int ready = poll(&one, 1, static_cast<int>(most.count()));
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return Fail(ErrorCode::kUnavailable, Describe(errno));
    if (Left(end) == milliseconds{0}) return Fail(ErrorCode::kTimeout, "redis does not answer");
  }
  return Fail(ErrorCode::kUnavailable, "cut short: we are stopping");
}

}  // namespace backup_monitor::redis
