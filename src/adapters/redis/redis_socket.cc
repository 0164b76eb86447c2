#include "adapters/redis/redis_socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <system_error>
#include <utility>

#include "adapters/redis/name_resolution.h"

namespace backup_monitor::redis {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

tl::unexpected<Error> SystemFault(int fault) {
  return Fail(fault == ETIMEDOUT ? ErrorCode::kTimeout : ErrorCode::kUnavailable,
              std::generic_category().message(fault));
}

tl::unexpected<Error> Stopping() {
  return Fail(ErrorCode::kUnavailable, "cut short: we are stopping");
}

/// Until the connection under way is made or refused.
Result<void> WaitUntilMade(int socket, steady_clock::time_point end, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now());
    if (left <= milliseconds{0}) return SystemFault(ETIMEDOUT);
    pollfd one{socket, POLLOUT, 0};
    const int ready = poll(&one, 1, static_cast<int>(std::min(left, kStopCheck).count()));
    if (ready < 0 && errno != EINTR) return SystemFault(errno);
    if (ready <= 0) continue;
    int fault = 0;
    socklen_t size = sizeof fault;
    if (getsockopt(socket, SOL_SOCKET, SO_ERROR, &fault, &size) != 0) return SystemFault(errno);
    return fault == 0 ? Result<void>{} : SystemFault(fault);
  }
  return Stopping();
}

void Pause(milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock{mutex};
  never.wait_for(lock, stop, time, [] { return false; });
}

Result<Descriptor> Connect(const SocketAddress& peer, const RedisTimeouts& timeouts,
                           steady_clock::time_point deadline) {
  const auto end = std::min(deadline, steady_clock::now() + timeouts.connect);
  Descriptor made{socket(peer.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
  if (!made.open()) return SystemFault(errno);
  while (connect(made.get(), peer.get(), peer.size) != 0) {
    if (errno == EINPROGRESS || errno == EINTR) {
      if (auto ready = WaitUntilMade(made.get(), end, timeouts.stop); !ready)
        return Fail(ready.error());
      break;
    }
    // A Unix socket whose queue is full says so at once, and poll(2) cannot wait for it (connect(2), unix(7)).
    if (errno != EAGAIN) return SystemFault(errno);
    if (steady_clock::now() >= end) return SystemFault(ETIMEDOUT);
    Pause(kStopCheck / 2, timeouts.stop);
    if (timeouts.stop.stop_requested()) return Stopping();
  }
  return made;
}

}  // namespace

Result<Descriptor> ConnectToPath(const std::filesystem::path& path, const RedisTimeouts& timeouts,
                                 steady_clock::time_point deadline) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.native().size() >= sizeof address.sun_path) {
    return Fail(ErrorCode::kUnavailable, "the path is too long for a socket");
  }
  path.native().copy(address.sun_path, sizeof address.sun_path - 1);
  SocketAddress peer;
  std::memcpy(&peer.storage, &address, sizeof address);
  peer.size = sizeof address;
  return Connect(peer, timeouts, deadline);
}

Result<Descriptor> ConnectToHost(const std::string& host, std::uint16_t port,
                                 const RedisTimeouts& timeouts, steady_clock::time_point deadline) {
  const auto peers = Resolve(host, port, timeouts, deadline);
  if (!peers) return Fail(peers.error());
  Result<Descriptor> made;
  for (const SocketAddress& peer : *peers) {
    made = Connect(peer, timeouts, deadline);
    if (made || timeouts.stop.stop_requested()) break;
  }
  if (!made) return made;
  const int at_once = 1;
  if (setsockopt(made->get(), IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once) != 0)
    return SystemFault(errno);
  return made;
}

}  // namespace backup_monitor::redis
