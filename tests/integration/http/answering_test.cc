#include <chrono>
#include <stdexcept>
#include <string>

#include "catch.h"
#include "integration/http/answering_thread.h"
#include "integration/http/raw_client.h"

namespace backup_monitor::http {
namespace {

using testing::AnsweringThread;
using testing::Echo;
using testing::Eventually;
using testing::OpenDescriptors;
using testing::PostText;
using testing::RawClient;
using testing::Serve;
using testing::Through;

TEST_CASE("one connection carries many requests, answered from another thread", "[http]") {
  AnsweringThread answering;
  const auto server = Serve(Through(answering));
  RawClient client{server->port()};
  for (int i = 0; i < 500; ++i) {
    REQUIRE(client.Send(PostText("/alert", std::to_string(i))));
    const auto answer = client.Receive();
    REQUIRE(answer.status == 200);
    REQUIRE(answer.body == std::to_string(i));
  }
}

TEST_CASE("an answer does not wait for the peer's delayed acknowledgement", "[http]") {
  AnsweringThread answering;
  const auto server = Serve(Through(answering));
  RawClient client{server->port()};
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 50; ++i) {
    // Nagle's algorithm would hold the second answer until the first is acknowledged.
    REQUIRE(client.Send(PostText("/alert", "first") + PostText("/alert", "second")));
    REQUIRE(client.Receive().status == 200);
    REQUIRE(client.Receive().status == 200);
  }
  CHECK(std::chrono::steady_clock::now() - begin <
        std::chrono::milliseconds{50 * 20});  // else 50 * 40
}

TEST_CASE("pipelined requests are answered in their order, one after the other", "[http]") {
  AnsweringThread answering;
  const bool from_another_thread = GENERATE(false, true);
  const auto server = Serve(from_another_thread ? Through(answering) : Echo());
  RawClient client{server->port()};
  std::string all;
  for (int i = 0; i < 300; ++i) all += PostText("/alert", std::to_string(i)) + "\r\n";
  REQUIRE(client.Send(all));
  for (int i = 0; i < 300; ++i) REQUIRE(client.Receive().body == std::to_string(i));
}

TEST_CASE("a peer that has ended sending still gets its answer", "[http]") {
  AnsweringThread answering;
  answering.Shut();
  const auto server = Serve(Through(answering));
  RawClient client{server->port()};
  client.Send(PostText("/alert", "late"));
  client.EndSending();
  REQUIRE(Eventually([&] { return answering.waiting() == 1; }));
  answering.Open();
  CHECK(client.Receive().body == "late");
  CHECK(client.WaitForClose());
}

TEST_CASE("an answer to a peer that has gone is dropped, and its descriptor is given back",
          "[http]") {
  AnsweringThread answering;
  answering.Shut();
  const auto server = Serve(Through(answering));
  const int before = OpenDescriptors();
  for (int i = 0; i < 20; ++i) {
    RawClient client{server->port()};
    client.Send(PostText("/alert", "x"));
    REQUIRE(Eventually([&] { return answering.waiting() == static_cast<std::size_t>(i) + 1; }));
  }
  answering.Open();
  CHECK(Eventually([&] { return OpenDescriptors() == before; }));
  RawClient next{server->port()};
  next.Send(PostText("/alert", "next"));
  CHECK(next.Receive().body == "next");
}

TEST_CASE("a handler that throws, or forgets to answer, costs a 500 and nothing else", "[http]") {
  const auto server = Serve([](const HttpRequest& request, const Respond& respond) {
    if (request.path == "/throw") throw std::runtime_error{"no luck"};
    if (request.path == "/twice") respond({201, "text/plain", "first", {}});
    if (request.path == "/twice") respond({202, "text/plain", "second", {}});
  });
  RawClient client{server->port()};
  client.Send(
      "GET /throw HTTP/1.1\r\nHost: localhost\r\n\r\nGET /forget HTTP/1.1\r\nHost: "
      "localhost\r\n\r\nGET /twice HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(client.Receive().body == R"({"error":"internal error"})");
  CHECK(client.Receive().body == R"({"error":"no answer"})");
  CHECK(client.Receive().body == "first");
  client.Send("GET /forget HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(client.Receive().status == 500);
}

TEST_CASE("the connection ends when the peer wants it to", "[http]") {
  const auto server = Serve(Echo());
  const std::string head =
      GENERATE(as<std::string>{}, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
               "GET / HTTP/1.0\r\n\r\n");
  RawClient client{server->port()};
  client.Send(head);
  CHECK(client.Receive().head.find("Connection: close\r\n") != std::string::npos);
  CHECK(client.WaitForClose());

  RawClient old{server->port()};
  for (int i = 0; i < 3; ++i) {
    old.Send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(old.Receive().head.find("Connection: keep-alive\r\n") != std::string::npos);
  }
}

TEST_CASE("a HEAD gets no body, and the next answer is not taken for one", "[http]") {
  const auto server = Serve([](const HttpRequest&, const Respond& respond) {
    respond({200, "text/plain", "body", {}});
  });
  RawClient client{server->port()};
  client.Send(
      "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(client.Receive(true).head.find("Content-Length: 4\r\n") != std::string::npos);
  CHECK(client.Receive().body == "body");
}

TEST_CASE("a peer that waits for leave to send its body gets it, or a refusal at once", "[http]") {
  const auto server = Serve(Echo());
  RawClient client{server->port()};
  client.Send(
      "PUT / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK(client.Receive().status == 100);
  client.Send("ab");
  CHECK(client.Receive().body == "ab");
  client.Send(
      "PUT / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
      "2000000\r\n\r\n");
  CHECK(client.Receive().status == 413);
}

TEST_CASE("a large answer comes whole, however slowly it is taken", "[http]") {
  const std::string large(8 * 1024 * 1024, 'x');
  AnsweringThread answering;
  HttpServerSettings settings;
  settings.max_body_bytes = large.size();
  const auto server = Serve(Through(answering), settings);
  RawClient client{server->port()};
  client.Send(PostText("/", large));
  CHECK(client.Receive().body == large);
  client.Send(PostText("/", "small"));
  CHECK(client.Receive().body == "small");
}

}  // namespace
}  // namespace backup_monitor::http
