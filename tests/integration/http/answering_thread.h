#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "adapters/http/http_server.h"
#include "catch.h"

namespace backup_monitor::testing {

/// Answers requests from a thread of its own, as a store's group commit does: 200 with the
/// request's body, in the order of arrival.
class AnsweringThread {
 public:
  AnsweringThread() : thread_{[this] { Run(); }} {}
  ~AnsweringThread() {
    {
      const std::lock_guard lock{mutex_};
      ended_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  AnsweringThread(const AnsweringThread&) = delete;
  AnsweringThread& operator=(const AnsweringThread&) = delete;

  void Add(http::HttpRequest request, http::Respond respond) {
    {
      const std::lock_guard lock{mutex_};
      waiting_.emplace_back(std::move(request), std::move(respond));
    }
    changed_.notify_all();
  }

  /// Holds every answer back until Open(), which is how it begins if never closed.
  void Shut() {
    const std::lock_guard lock{mutex_};
    shut_ = true;
  }
  void Open() {
    {
      const std::lock_guard lock{mutex_};
      shut_ = false;
    }
    changed_.notify_all();
  }
  std::size_t waiting() {
    const std::lock_guard lock{mutex_};
    return waiting_.size();
  }

 private:
  void Run() {
    std::unique_lock lock{mutex_};
    for (;;) {
      changed_.wait(lock, [this] { return ended_ || (!shut_ && !waiting_.empty()); });
      if (ended_) return;
      auto [request, respond] = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      respond({200, "text/plain", request.body, {}});
      respond = nullptr;
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<http::HttpRequest, http::Respond>> waiting_;
  bool shut_ = false;
  bool ended_ = false;
  std::thread thread_;
};

/// A server on a free port of loopback.
inline std::unique_ptr<http::HttpServer> Serve(http::HttpHandler handler,
                                               http::HttpServerSettings settings = {}) {
  auto server = http::HttpServer::Start(std::move(settings), std::move(handler));
  REQUIRE(server);
  return *std::move(server);
}

inline http::HttpHandler Through(AnsweringThread& answering) {
  return [&answering](http::HttpRequest request, http::Respond respond) {
    answering.Add(std::move(request), std::move(respond));
  };
}

inline http::HttpHandler Echo() {
  return [](const http::HttpRequest& request, const http::Respond& respond) {
    respond({200, "text/plain", request.body, {}});
  };
}

}  // namespace backup_monitor::testing
