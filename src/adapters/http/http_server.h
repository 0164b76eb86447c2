#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http/http_message.h"
#include "base/result.h"

namespace backup_monitor::http {

class EventLoop;
struct ServerState;

/// Limits and places of a server. The defaults suit Alertmanager, which keeps one connection for
/// minutes, and 500 peers that only sit there.
struct HttpServerSettings {
  std::string host = "127.0.0.1";  ///< An address.
  std::uint16_t port = 0;          ///< 0: any free one.
  std::uint64_t max_body_bytes = 1'048'576;
  int threads = 2;
  std::size_t max_connections = 800;  ///< Beyond, the one that is idle longest is closed.
  std::size_t max_buffered_bytes =
      64 * 1024 * 1024;  ///< Of unfinished requests and unsent answers, all together; then 503.
  std::chrono::milliseconds request_timeout{20'000};  ///< First byte to last; then 408.
  std::chrono::milliseconds idle_timeout{600'000};    ///< Between two requests; then closed.
  std::chrono::milliseconds write_timeout{30'000};    ///< For a peer to take the whole answer.
  /// Called for each request that was refused before the handler (400, 408, 413, 417, 431, 501, 503,
  /// 505), with what was understood of it. Server thread; must not block.
  std::function<void(const HttpRequest&, int status)> on_refused;
};

/// An HTTP/1.1 server: keep-alive, pipelining, answers from any thread, errors as JSON.
///
/// Threads, epoll and wake-ups are Pistache's (Aio::Reactor, Polling::Epoll); reading and writing
/// are ours. event_loop.h and request_head.h say why Pistache's own HTTP layer is not used.
class HttpServer {
 public:
  /// Binds, listens and starts the threads; `handler` may be called before this returns.
  ///
  /// \return kInvalidInput, kDenied or kUnavailable as Listen() does.
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> Start(HttpServerSettings settings,
                                                                 HttpHandler handler);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept;

  /// For how long the slowest of its threads has made no progress. From the thread that calls Stop().
  [[nodiscard]] std::chrono::steady_clock::duration silence(
      std::chrono::steady_clock::time_point now) const;

  /// Refuses new connections, lets requests in work finish for at most 1 s, closes every
  /// connection, ends the threads. Within 2 s. Not from a handler; a second call does nothing.
  void Stop();

 private:
  struct Threads;
  HttpServer(std::shared_ptr<ServerState> state, std::uint16_t port);

  std::shared_ptr<ServerState> state_;
  std::uint16_t port_;
  std::unique_ptr<Threads> threads_;
};

}  // namespace backup_monitor::http
