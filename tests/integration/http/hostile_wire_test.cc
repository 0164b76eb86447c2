#include <poll.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "base/bounds.h"
#include "catch.h"
#include "integration/http/answering_thread.h"
#include "integration/http/raw_client.h"

namespace backup_monitor::http {
namespace {

using testing::Echo;
using testing::Eventually;
using testing::OpenDescriptors;
using testing::PostText;
using testing::RawClient;
using testing::Serve;

HttpServerSettings Impatient() {
  HttpServerSettings settings;
  settings.request_timeout = std::chrono::milliseconds{300};
  settings.idle_timeout = std::chrono::milliseconds{300};
  settings.write_timeout = std::chrono::milliseconds{300};
  return settings;
}

void CheckServes(std::uint16_t port) {
  RawClient client{port};
  client.Send(PostText("/alert", "still here"));
  CHECK(client.Receive().body == "still here");
}

TEST_CASE("a request whose end is in doubt is answered 400 and its connection closed",
          "[http][hostile]") {
  const auto server = Serve(Echo());
  const std::string lengths = GENERATE(
      as<std::string>{}, "Content-Length: -1\r\n", "Content-Length: 2\r\nContent-Length: 3\r\n",
      "Content-Length: 2\r\nContent-Length: 2\r\n", "Content-Length: two\r\n",
      "Content-Length: 99999999999999999999\r\n",
      "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n");
  CAPTURE(lengths);
  RawClient client{server->port()};
  client.Send("POST /alert HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
              lengths + "\r\n{}" + PostText("/x", "smuggled"));

  const auto answer = client.Receive();

  CHECK(answer.status == 400);
  CHECK(answer.head.find("Connection: close\r\n") != std::string::npos);
  CHECK(answer.body.substr(0, 10) == R"({"error":")");
  client.EndSending();
  CHECK(client.Receive().status == 0);
  CheckServes(server->port());
}

TEST_CASE("a body over the limit is answered 413, also to a peer that sends it all first",
          "[http][hostile]") {
  std::atomic<int> refused{0};
  HttpServerSettings settings;
  settings.on_refused = [&refused](const HttpRequest& request, int status) {
    if (request.path == "/alert") refused = status;
  };
  const auto server = Serve(Echo(), settings);
  RawClient client{server->port()};
  CHECK(client.Send(PostText("/alert", std::string(2 * 1024 * 1024, 'x'))));
  CHECK(client.Receive().status == 413);
  CHECK(refused == 413);
}

TEST_CASE("headers that never end are refused by size", "[http][hostile]") {
  const auto server = Serve(Echo());
  RawClient client{server->port()};
  client.Send("GET / HTTP/1.1\r\nHost: localhost\r\n");
  for (int i = 0; i < 100'000; ++i) {
    if (!client.Send("X-Header-" + std::to_string(i) + ": value\r\n")) break;
  }
  CheckServes(server->port());
  RawClient line{server->port()};
  line.Send("GET /" + std::string(20'000, 'a'));
  CHECK(line.Receive().status == 431);
}

TEST_CASE("headers that never end are refused by time, however they trickle", "[http][hostile]") {
  const auto server = Serve(Echo(), Impatient());
  RawClient client{server->port()};
  client.Send("GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
  pollfd nothing{-1, 0, 0};
  for (int i = 0; i < 100 && client.Send("x"); ++i) ::poll(&nothing, 1, 10);
  CHECK(client.Receive().status == 408);
  client.EndSending();
  CHECK(client.WaitForClose());
}

TEST_CASE("a body that never ends, and a connection that never begins, are closed",
          "[http][hostile]") {
  const auto server = Serve(Echo(), Impatient());
  RawClient body{server->port()};
  RawClient idle{server->port()};
  body.Send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc");
  CHECK(body.Receive().status == 408);
  CHECK(idle.WaitForClose());
}

TEST_CASE("what is not HTTP is answered 400", "[http][hostile]") {
  const auto server = Serve(Echo());
  const std::string bytes =
      GENERATE(as<std::string>{}, "\x16\x03\x01\x02", "\n", "GET / HTTP/1.1\nHost: x\n\r\n\r\n",
               "HELO there\r\n\r\n", "{\"alerts\":[]}");
  RawClient client{server->port()};
  client.Send(bytes);
  CHECK(client.Receive().status == 400);
  CheckServes(server->port());
}

TEST_CASE("a peer that takes no answers is given up, and keeps nobody else waiting",
          "[http][hostile]") {
  HttpServerSettings settings = Impatient();
  const std::string large(512 * 1024, 'x');
  settings.max_body_bytes = large.size();
  const auto server = Serve(Echo(), settings);
  const int before = OpenDescriptors();
  {
    RawClient greedy{server->port()};
    std::string all;
    for (int i = 0; i < 40; ++i) all += PostText("/", large);
    CHECK_FALSE(greedy.Send(all));  // its window and the server's are full, then it is closed
    CheckServes(server->port());
  }
  CHECK(Eventually([&] { return OpenDescriptors() == before; }));
}

TEST_CASE("answers that nobody takes count in the memory, and leave room for others",
          "[http][hostile]") {
  constexpr std::size_t kLarge = 16 * 1024 * 1024;  // more than the kernel's buffers of both ends
  HttpServerSettings settings;
  settings.max_buffered_bytes = 3 * kLarge;  // half of it for answers: one, not two
  const auto server = Serve(
      [](const HttpRequest& request, const Respond& respond) {
        respond({200, "text/plain", std::string(request.path == "/large" ? kLarge : 5, 'x'), {}});
      },
      settings);
  const std::string large = "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n";
  auto slow = std::make_unique<RawClient>(server->port());
  slow->Send(large);
  CHECK(slow->WaitForAnswer());

  RawClient second{server->port()};
  second.Send(large);
  const auto answer = second.Receive();
  CHECK(answer.status == 503);
  CHECK(answer.head.find("Retry-After: 2\r\n") != std::string::npos);
  const auto bounds = ReachedBounds();
  CHECK(std::any_of(bounds.begin(), bounds.end(),
                    [](const auto& bound) { return bound.name == "http_answers"; }));
  second.Send(PostText("/", "small"));
  CHECK(second.Receive().body == "xxxxx");

  slow.reset();  // what it left is free again
  CHECK(Eventually([&] {
    second.Send(large);
    return second.Receive().status == 200;
  }));
}

TEST_CASE("a chunked body is read, and a doubtful one ends the connection", "[http]") {
  const auto server = Serve(Echo());
  RawClient client{server->port()};
  const std::string head =
      "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
  client.Send(head + "5\r\nhello\r\n");
  client.Send("7;x\r\n, world\r\n0\r\nA: b\r\n\r\n" + PostText("/", "next"));
  CHECK(client.Receive().body == "hello, world");
  CHECK(client.Receive().body == "next");
  client.Send(head + "2\r\nabc\r\n0\r\n\r\n" + PostText("/", "smuggled"));
  CHECK(client.Receive().status == 400);
  client.EndSending();
  CHECK(client.Receive().status == 0);
}

TEST_CASE("unfinished requests cannot fill the memory", "[http][hostile]") {
  std::atomic<int> refused{0};
  HttpServerSettings settings;
  settings.max_buffered_bytes = 1024 * 1024;
  settings.on_refused = [&refused](const HttpRequest&, int status) {
    if (status == 503) ++refused;
  };
  const auto server = Serve(Echo(), settings);
  std::vector<std::unique_ptr<RawClient>> clients;
  const std::string part = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n" +
                           std::string(400'000, 'x');
  for (int i = 0; i < 4; ++i) {
    clients.push_back(std::make_unique<RawClient>(server->port()));
    clients.back()->Send(part);
  }
  CHECK(Eventually([&] { return refused > 0; }));
  clients.clear();
  CheckServes(server->port());
}

}  // namespace
}  // namespace backup_monitor::http
