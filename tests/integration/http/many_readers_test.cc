// Readers of the history beside alerts: real sockets and the thread that reads, on a job that takes as
// long as the test wants.
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/api/history_thread.h"
#include "catch.h"
#include "integration/http/answering_thread.h"
#include "integration/http/raw_client.h"

namespace backup_monitor::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::Eventually;
using testing::PostText;
using testing::RawClient;
using testing::Serve;

constexpr int kReaders = 50;
const std::string kRead = "GET /api/runs HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Reads wait here until the gate is opened.
class Gate {
 public:
  void Pass() {
    std::unique_lock lock{mutex_};
    ++arrived_;
    changed_.notify_all();
    changed_.wait_for(lock, std::chrono::seconds{10}, [this] { return open_; });
  }
  void Open() {
    const std::lock_guard lock{mutex_};
    open_ = true;
    changed_.notify_all();
  }
  bool reached() {
    const std::lock_guard lock{mutex_};
    return arrived_ > 0;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int arrived_ = 0;
};

struct World {
  Gate gate;
  std::shared_ptr<app::api::HistoryThread> history = std::make_shared<app::api::HistoryThread>();
  std::unique_ptr<HttpServer> server =
      Serve([this](const HttpRequest& request, const Respond& respond) {
        if (request.path != "/api/runs") return respond({202, "text/plain", "stored", {}});
        const bool taken = history->Submit([this, respond] {
          gate.Pass();
          respond({200, "text/plain", "read", {}});
        });
        if (!taken) respond(BusyAnswer("busy"));
      });
  std::vector<std::unique_ptr<RawClient>> readers;

  World() {
    for (int i = 0; i < kReaders; ++i) {
      readers.push_back(std::make_unique<RawClient>(server->port()));
      readers.back()->Send(kRead);
    }
    REQUIRE(Eventually([this] { return gate.reached(); }));
  }
  ~World() {
    gate.Open();
    server->Stop();
    history->Stop();
  }
};

TEST_CASE("alerts are answered while every reader of the history waits", "[http]") {
  World world;
  RawClient alerts{world.server->port()};
  for (int i = 0; i < 100; ++i) {
    alerts.Send(PostText("/alert", "{}"));
    REQUIRE(alerts.Receive().status == 202);
  }
  world.gate.Open();
  for (auto& reader : world.readers) CHECK(reader->Receive().body == "read");
}

TEST_CASE("a server whose readers wait stops within two seconds", "[http]") {
  World world;
  const auto begin = steady_clock::now();
  world.server->Stop();
  world.gate.Open();
  world.history->Stop();
  CHECK(steady_clock::now() - begin < milliseconds{2000});
  for (auto& reader : world.readers) CHECK(reader->WaitForClose());
}

TEST_CASE("readers come and go while the server stops", "[http]") {
  World world;
  world.gate.Open();
  for (int i = 0; i < 5; ++i) {
    for (auto& reader : world.readers) reader->Send(kRead);
  }
  for (std::size_t i = 0; i < world.readers.size(); i += 2) world.readers[i].reset();
  world.server->Stop();
  world.history->Stop();
}

}  // namespace
}  // namespace backup_monitor::http
