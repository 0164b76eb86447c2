#include "adapters/http/http_server.h"

#include <pistache/reactor.h>

#include <algorithm>

#include "adapters/http/event_loop.h"
#include "adapters/http/listening_socket.h"
#include "adapters/http/server_state.h"

namespace backup_monitor::http {
namespace {

constexpr std::chrono::seconds kPatience{1};

}  // namespace

struct HttpServer::Threads {
  std::shared_ptr<Pistache::Aio::Reactor> reactor;
  std::vector<std::shared_ptr<EventLoop>> loops;

  void Wake() const {
    for (const auto& loop : loops) loop->Wake();
  }
};

HttpServer::HttpServer(std::shared_ptr<ServerState> state, std::uint16_t port)
    : state_{std::move(state)}, port_{port}, threads_{std::make_unique<Threads>()} {
  auto reactor = Pistache::Aio::Reactor::create();
  const auto count = static_cast<std::size_t>(state_->settings.threads);
  reactor->init(Pistache::Aio::AsyncContext{count, "http"});
  const auto key = reactor->addHandler(std::make_shared<EventLoop>(state_));
  for (const auto& loop : reactor->handlers(key)) {
    threads_->loops.push_back(std::static_pointer_cast<EventLoop>(loop));
  }
  reactor->run();
  threads_->reactor = std::move(reactor);
}

Result<std::unique_ptr<HttpServer>> HttpServer::Start(HttpServerSettings settings,
                                                      HttpHandler handler) {
  auto socket = Listen(settings.host, settings.port);
  if (!socket) return Fail(std::move(socket).error());
  auto state = std::make_shared<ServerState>();
  state->settings = std::move(settings);
  state->handler = std::move(handler);
  state->listener = std::move(socket->handle);
  try {
    return std::unique_ptr<HttpServer>{new HttpServer{std::move(state), socket->port}};
  } catch (const std::exception& failure) {
    return Fail(ErrorCode::kUnavailable, std::string{"start the HTTP server: "} + failure.what());
  }
}

HttpServer::~HttpServer() { Stop(); }

std::uint16_t HttpServer::port() const noexcept { return port_; }

std::chrono::steady_clock::duration HttpServer::silence(
    std::chrono::steady_clock::time_point now) const {
  std::chrono::steady_clock::duration longest{};
  if (!threads_) return longest;
  for (const auto& loop : threads_->loops)
    longest = std::max(longest, loop->heartbeat().silence(now));
  return longest;
}

void HttpServer::Stop() {
  if (!threads_) return;
  state_->phase = ServerState::Phase::kFinishing;
  StopListening(state_->listener);
  threads_->Wake();
  state_->WaitUntilIdle(kPatience);
  state_->phase = ServerState::Phase::kClosed;
  threads_->Wake();
  state_->WaitUntilEmpty(state_->settings.threads);
  // Only now: a late answer arms its socket in the reactor's epoll as long as the socket is open.
  threads_->reactor->shutdown();
  threads_.reset();
  state_->listener.Close();
}

}  // namespace backup_monitor::http
