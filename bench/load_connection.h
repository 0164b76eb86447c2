#pragma once

#include <netinet/in.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace backup_monitor::bench {

/// What the connections of one thread have measured.
struct LoadResult {
  std::vector<std::uint32_t> latencies_us;  ///< One per answer, from first byte sent to last read.
  std::uint64_t not_2xx = 0;
  std::uint64_t failures = 0;     ///< Connections that broke in the middle of a request.
  std::uint64_t connections = 0;  ///< Opened: more than asked for where the server closes them.
};

/// The request that every connection sends, and where in it eight digits count up, if anywhere.
struct LoadRequest {
  std::string text;
  std::vector<std::size_t> counters{};  ///< Offsets.
  std::uint64_t count = 0;

  /// Makes the next one other than all before, where it has counters.
  void CountUp();
};

/// One keep-alive HTTP connection that always has one request under way. Non-blocking: call
/// OnReady() on each epoll event. Connects anew when the server closes.
class LoadConnection {
 public:
  LoadConnection(int epoll, sockaddr_in server, LoadRequest& next, LoadResult& result)
      : epoll_{epoll}, server_{server}, next_{next}, result_{result} {}
  ~LoadConnection() { Disconnect(); }
  LoadConnection(const LoadConnection&) = delete;
  LoadConnection& operator=(const LoadConnection&) = delete;

  void Connect();
  void OnReady();

 private:
  void Disconnect();
  void Send();
  bool Receive();  ///< False once the server has closed.
  bool ReadAnswer(bool closed);
  void Reconnect(bool failed);

  int epoll_;
  sockaddr_in server_;
  LoadRequest& next_;
  std::string request_;  ///< The one under way.
  LoadResult& result_;
  int fd_ = -1;
  std::size_t sent_ = 0;
  std::string received_;
  std::chrono::steady_clock::time_point begin_;
  bool connected_ = false;
};

}  // namespace backup_monitor::bench
