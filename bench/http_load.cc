// Loads one HTTP receiver with alert webhooks, or with reads, and prints one line of what it answered:
//
//   http_load <IPv4 address> <port> <connections> <seconds> [path | "GET path" | distinct] [bearer token]
//   requests=70012 per_second=14002 p50_us=1032 p99_us=2210 max_us=9001 not_2xx=0 failures=0 ...
//
// Each connection has one request of 1.76 kB under way, over keep-alive, and connects anew where the
// receiver closes. With "distinct" no alert comes twice. The first tenth of the time warms up and is not counted.

#include <arpa/inet.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>

#include "load_connection.h"

namespace {

using backup_monitor::bench::LoadConnection;
using backup_monitor::bench::LoadRequest;
using backup_monitor::bench::LoadResult;
using std::chrono::steady_clock;

constexpr std::size_t kBodyBytes = 1760;
constexpr std::string_view kCounter = "00000000";

/// Two firing alerts of NS8's kind, filled up to the size of a real request.
std::string Body() {
  std::string alerts;
  for (const char* id : {"1", "2"}) {
    alerts += alerts.empty() ? "" : ",";
    alerts +=
        std::string{R"({"status":"firing","labels":{"alertname":"BackupFailed","id":")"} + id +
        R"(","name":"Backup )" + id +
        R"(","node":"1","instance":"00000000","job":"providers","service":"backup",)"
        R"("severity":"critical","target_type":"node"},"annotations":{"summary_en":)"
        R"("Backup job has failed."},"startsAt":"2026-11-22T12:00:00Z",)"
        R"("endsAt":"0001-01-01T00:00:00Z","generatorURL":"/graph","fingerprint":"2a5464df9b0184ca"})";
  }
  std::string body =
      R"({"version":"4","status":"firing","receiver":"bench","truncatedAlerts":0,"alerts":[)" +
      alerts + R"(],"groupLabels":{},"externalURL":")";
  body.append(kBodyBytes - body.size() - 2, 'x');
  return body + "\"}";
}

/// \param what  "/alert", "GET /api/runs", or "distinct".
LoadRequest Request(const std::string& what, const std::string& token) {
  const bool distinct = what == "distinct";
  const bool post = distinct || what.front() == '/';
  const std::string body = post ? Body() : std::string{};
  std::string request = (post ? "POST " : "") + (distinct ? "/alert" : what) +
                        " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: http_load\r\n";
  if (post) {
    request +=
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  }
  if (!token.empty()) request += "Authorization: Bearer " + token + "\r\n";
  LoadRequest load{request + "\r\n" + body};
  for (auto at = load.text.find(kCounter); distinct && at != std::string::npos;
       at = load.text.find(kCounter, at + 1)) {
    load.counters.push_back(at);
  }
  return load;
}

void RunUntil(int epoll, steady_clock::time_point end) {
  epoll_event events[256];
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - steady_clock::now());
    if (left.count() <= 0) return;
    const int count = ::epoll_wait(epoll, events, 256, static_cast<int>(left.count()));
    for (int i = 0; i < count; ++i) static_cast<LoadConnection*>(events[i].data.ptr)->OnReady();
  }
}

void Print(LoadResult& result, double seconds) {
  auto& times = result.latencies_us;
  std::sort(times.begin(), times.end());
  const auto at = [&times](double share) {
    if (times.empty()) return 0U;
    const auto index = static_cast<std::size_t>(share * static_cast<double>(times.size()));
    return times[std::min(times.size() - 1, index)];
  };
  std::printf(
      "requests=%zu per_second=%.0f p50_us=%u p99_us=%u max_us=%u not_2xx=%llu failures=%llu "
      "connections=%llu\n",
      times.size(), static_cast<double>(times.size()) / seconds, at(0.5), at(0.99), at(1.0),
      static_cast<unsigned long long>(result.not_2xx),
      static_cast<unsigned long long>(result.failures),
      static_cast<unsigned long long>(result.connections));
}

int Run(int argc, char** argv) {
  sockaddr_in server{};
  server.sin_family = AF_INET;
  server.sin_port = htons(static_cast<std::uint16_t>(std::atoi(argv[2])));
  if (::inet_pton(AF_INET, argv[1], &server.sin_addr) != 1)
    throw std::runtime_error{"not an IPv4 address"};
  LoadRequest request = Request(argc > 5 ? argv[5] : "/alert", argc > 6 ? argv[6] : "");
  const std::chrono::duration<double> length{std::atof(argv[4])};

  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  LoadResult result;
  std::vector<std::unique_ptr<LoadConnection>> connections;
  for (int i = std::atoi(argv[3]); i > 0; --i) {
    connections.push_back(std::make_unique<LoadConnection>(epoll, server, request, result));
    connections.back()->Connect();
  }
  const auto begin = steady_clock::now();
  RunUntil(epoll, begin + std::chrono::duration_cast<steady_clock::duration>(length * 0.1));
  result.latencies_us.clear();
  const auto counted_from = steady_clock::now();
  RunUntil(epoll, begin + std::chrono::duration_cast<steady_clock::duration>(length));
  Print(result, std::chrono::duration<double>(steady_clock::now() - counted_from).count());
  return result.latencies_us.empty() ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fprintf(stderr,
                 "usage: http_load <IPv4 address> <port> <connections> <seconds> [path | \"GET "
                 "path\" | distinct] [token]\n");
    return 2;
  }
  try {
    return Run(argc, argv);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "http_load: %s\n", failure.what());
    return 1;
  }
}
