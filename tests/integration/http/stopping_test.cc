#include <chrono>
#include <future>
#include <string>
#include <thread>

#include "catch.h"
#include "integration/http/answering_thread.h"
#include "integration/http/raw_client.h"

namespace backup_monitor::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::AnsweringThread;
using testing::Echo;
using testing::Eventually;
using testing::OpenDescriptors;
using testing::PostText;
using testing::RawClient;
using testing::Serve;
using testing::Through;

TEST_CASE("idle connections do not delay stopping", "[http]") {
  const auto server = Serve(Echo());
  RawClient used{server->port()};
  RawClient fresh{server->port()};
  used.Send(PostText("/", "x"));
  REQUIRE(used.Receive().status == 200);
  const auto begin = steady_clock::now();
  server->Stop();
  CHECK(steady_clock::now() - begin < milliseconds{800});
  CHECK(used.WaitForClose());
  CHECK(fresh.WaitForClose());
  CHECK_THROWS(RawClient{server->port()});
  server->Stop();
}

TEST_CASE("a request in work is finished before the server stops", "[http]") {
  AnsweringThread answering;
  answering.Shut();
  const auto server = Serve(Through(answering));
  RawClient client{server->port()};
  client.Send(PostText("/", "finished"));
  REQUIRE(Eventually([&] { return answering.waiting() == 1; }));
  std::thread stopping{[&] { server->Stop(); }};
  CHECK(Eventually([&] {  // new ones are refused while the old one is waited for
    try {
      RawClient{server->port()};
      return false;
    } catch (const std::runtime_error&) {
      return true;
    }
  }));
  answering.Open();
  const auto answer = client.Receive();
  stopping.join();
  CHECK(answer.body == "finished");
}

TEST_CASE("a handler that does not answer delays stopping by a second, and may answer later",
          "[http]") {
  std::promise<Respond> taken;
  auto server =
      Serve([&taken](const HttpRequest&, const Respond& respond) { taken.set_value(respond); });
  RawClient client{server->port()};
  client.Send(
      "GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /behind HTTP/1.1\r\nHost: localhost\r\n\r\n");
  auto future = taken.get_future();
  REQUIRE(future.wait_for(std::chrono::seconds{10}) == std::future_status::ready);
  Respond late = future.get();
  const auto begin = steady_clock::now();
  server->Stop();
  CHECK(steady_clock::now() - begin < milliseconds{2000});
  server.reset();
  late({200, "text/plain", "too late", {}});
  late = nullptr;
  CHECK(client.Receive().status == 0);
}

TEST_CASE("threads with nothing to do are not silent, one that hangs in a handler is",
          "[http][watchdog]") {
  using Steady = std::chrono::steady_clock;
  std::promise<void> go;
  const auto gone = go.get_future().share();
  const auto server = Serve([gone](const HttpRequest&, Respond respond) {
    gone.wait();
    respond({200, "text/plain", "at last", {}});
  });
  CHECK(Eventually([&] {
    return server->silence(Steady::now() + std::chrono::hours{1}) >= std::chrono::hours{1};
  }));
  const auto begin = Steady::now();
  while (Steady::now() - begin < std::chrono::seconds{1}) {
    REQUIRE(server->silence(Steady::now()) < std::chrono::milliseconds{900});
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }

  RawClient client{server->port()};
  client.Send(PostText("/", "x"));
  CHECK(Eventually([&] { return server->silence(Steady::now()) > std::chrono::seconds{1}; }));
  go.set_value();
  CHECK(client.Receive().body == "at last");
  CHECK(Eventually([&] { return server->silence(Steady::now()) < std::chrono::seconds{1}; }));
}

TEST_CASE("starting and stopping leaves few descriptors behind", "[http]") {
  Serve(Echo());
  const int before = OpenDescriptors();
  for (int i = 0; i < 10; ++i) {
    const auto server = Serve(Echo());
    RawClient client{server->port()};
    client.Send(PostText("/", "x"));
    CHECK(client.Receive().status == 200);
  }
  // Pistache 0.0.5 never closes a reactor thread's own eventfd (NotifyFd has no destructor).
  CHECK(OpenDescriptors() <= before + 10 * 2);
}

TEST_CASE("a port in use is told as such", "[http]") {
  const auto server = Serve(Echo());
  HttpServerSettings settings;
  settings.port = server->port();
  const auto second = HttpServer::Start(settings, Echo());
  REQUIRE_FALSE(second);
  CHECK(second.error().message.find("Address already in use") != std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::http
