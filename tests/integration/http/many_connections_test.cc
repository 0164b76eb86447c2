#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

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

using Clients = std::vector<std::unique_ptr<RawClient>>;

Clients Connect(std::uint16_t port, int count) {
  Clients clients;
  for (int i = 0; i < count; ++i) clients.push_back(std::make_unique<RawClient>(port));
  return clients;
}

TEST_CASE("500 idle connections keep nobody from being served, and leave nothing behind",
          "[http][hostile]") {
  AnsweringThread answering;
  const auto server = Serve(Through(answering));
  const int before = OpenDescriptors();
  Clients idle = Connect(server->port(), 500);
  for (std::size_t i = 0; i < 250; ++i)
    idle[i]->Send("POST /alert HTTP/1.1\r\nHost: localhost\r\nX: ");  // half of them begun
  for (int i = 0; i < 20; ++i) {
    RawClient client{server->port()};
    client.Send(PostText("/alert", std::to_string(i)));
    REQUIRE(client.Receive().body == std::to_string(i));
  }
  idle[499]->Send(PostText("/alert", "woken"));
  CHECK(idle[499]->Receive().body == "woken");
  idle.clear();
  CHECK(Eventually([&] { return OpenDescriptors() == before; }));
}

TEST_CASE("beyond the limit the longest idle connection makes room", "[http][hostile]") {
  HttpServerSettings settings;
  settings.threads = 1;
  settings.max_connections = 4;
  const auto server = Serve(Echo(), settings);
  Clients clients = Connect(server->port(), 4);
  for (const auto& client : clients) {
    client->Send(PostText("/", "x"));
    REQUIRE(client->Receive().status == 200);
  }
  RawClient fifth{server->port()};
  fifth.Send(PostText("/", "fifth"));
  CHECK(fifth.Receive().body == "fifth");
  CHECK(clients[0]->WaitForClose());
  clients[3]->Send(PostText("/", "fourth"));
  CHECK(clients[3]->Receive().body == "fourth");
}

TEST_CASE("a connection whose request is in work is never closed to make room", "[http][hostile]") {
  AnsweringThread answering;
  answering.Shut();
  HttpServerSettings settings;
  settings.threads = 1;
  settings.max_connections = 2;
  const auto server = Serve(Through(answering), settings);
  RawClient working{server->port()};
  working.Send(PostText("/", "kept"));
  REQUIRE(Eventually([&] { return answering.waiting() == 1; }));
  Clients others = Connect(server->port(), 5);
  CHECK(others[0]->WaitForClose());
  answering.Open();
  CHECK(working.Receive().body == "kept");
}

TEST_CASE("connections that come and go at once from many threads are all answered", "[http]") {
  AnsweringThread answering;
  const auto server = Serve(Through(answering));
  const int before = OpenDescriptors();
  std::atomic<int> answered{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&answered, port = server->port(), t] {
      for (int i = 0; i < 200; ++i) {
        RawClient client{port};
        const std::string text = std::to_string(t * 1000 + i);
        client.Send(PostText("/alert", text));
        if (i % 3 != 0 && client.Receive().body == text) ++answered;  // every third leaves early
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(answered == 4 * 133);
  CHECK(Eventually([&] { return OpenDescriptors() == before; }));
}

}  // namespace
}  // namespace backup_monitor::http
