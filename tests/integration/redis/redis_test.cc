#include <atomic>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "adapters/redis/redis_factory.h"
#include "adapters/redis/redis_key_source.h"
#include "catch.h"
#include "integration/redis/redis_server.h"
#include "integration/redis/silent_peer.h"

namespace backup_monitor::redis {
namespace {

using namespace testing;
using config::RedisConfig;
using std::chrono::milliseconds;

constexpr Time kNow{seconds{1'763'800'000}};

void PutCluster(const RedisServer& server) {
  server.Command({"HSET", "cluster/module_node", "mail1", "1"});
  server.Command({"HSET", "cluster/backup/1", "name", "daily", "instances", "mail1"});
  server.Command({"HSET", "node/1/backup_status/1", "mail1", R"({"start":1763790000,"errors":0})"});
}

RedisConfig Both(const RedisServer& server) {
  RedisConfig config = server.TcpOnly();
  config.socket = server.socket();
  return config;
}

TEST_CASE("Redis may be away at first, restart and go: each look says how it is", "[redis]") {
  RedisServer server;
  const RedisConfig config = Both(server);
  const auto reader = MakeClusterReader(config);
  server.Kill();
  CHECK(reader->Look(kNow).error().code == ErrorCode::kUnavailable);

  server.Start();
  PutCluster(server);
  REQUIRE(reader->Look(kNow));
  CHECK(reader->Look(kNow)->records.size() == 1);

  server.Start();  // A restart in between, and the keys are gone.
  REQUIRE(reader->Look(kNow));
  CHECK(reader->Look(kNow)->plans.empty());

  server.Kill();
  CHECK(reader->Look(kNow).error().code == ErrorCode::kUnavailable);
}

TEST_CASE("without a usable socket the address is used", "[redis]") {
  RedisServer server;
  PutCluster(server);
  RedisConfig config = server.TcpOnly();
  SECTION("absent") {}
  SECTION("not configured") { config.socket.clear(); }
  SECTION("too long a path") { config.socket = server.directory() / std::string(200, 'x'); }
  SECTION("a file that is no socket") { config.socket = server.directory() / "redis.conf"; }
  SECTION("left behind by a Redis that is gone") {
    RedisServer gone;
    config.socket = server.directory() / "stale.sock";
    std::filesystem::rename(gone.socket(), config.socket);
    gone.Kill();
  }
  SECTION("of somebody who hangs up") {
    const HangingUp peer{server.directory() / "other.sock"};
    config.socket = peer.path();
    CHECK(MakeClusterReader(config)->Look(kNow)->records.size() == 1);
  }
  const auto view = MakeClusterReader(config)->Look(kNow);
  REQUIRE(view);
  CHECK(view->records.size() == 1);
}

TEST_CASE("the socket is used where it opens", "[redis]") {
  RedisServer server;
  PutCluster(server);
  CHECK(MakeClusterReader(server.SocketOnly())->Look(kNow)->records.size() == 1);
}

TEST_CASE("an error tells both ways that were tried", "[redis]") {
  RedisServer server;
  RedisConfig config = server.SocketOnly();
  server.Kill();
  const auto view = MakeClusterReader(config)->Look(kNow);
  REQUIRE_FALSE(view);
  CHECK(view.error().code == ErrorCode::kUnavailable);
  CHECK(view.error().message.find(config.socket.string()) != std::string::npos);
  CHECK(view.error().message.find("127.0.0.1:1") != std::string::npos);
}

TEST_CASE("a look needs no more than NS8's user default may do", "[redis]") {
  RedisServer server;
  PutCluster(server);
  server.Command({"SADD", "module/mail1/backups", "1"});
  server.Command({"HSET", "module/mail1/backup_status/1", "start", "1763790000", "errors", "0"});
  server.Command({"HSET", "module/mail1/backup/own/status", "result", "success"});
  server.Command({"HSET", "cluster/smarthost", "enabled", "0"});
  server.Command({"SET", "private/agents/backup/1", "secret"});
  server.Command({"ACL", "LOG", "RESET"});
  REQUIRE(MakeClusterReader(server.TcpOnly())->Look(kNow));
  REQUIRE(MakeSmarthostSource(server.TcpOnly())->Read());
  CHECK(server.Command({"ACL", "LOG"}).empty());
  CHECK(server.Command({"INFO", "commandstats"}).find("cmdstat_keys") == std::string::npos);
}

TEST_CASE("refused credentials are told apart from a Redis that is away", "[redis]") {
  RedisServer server;
  RedisConfig config = server.TcpOnly();
  ErrorCode wanted = ErrorCode::kDenied;
  SECTION("unknown user") { config.username = "nobody"; }
  SECTION("wrong password") { config.username = "admin"; }
  SECTION("password file missing") { config.password_file = "/nonexistent/password"; }
  SECTION("a user who may not read") {
    server.Command({"ACL", "SETUSER", "blind", "on", "nopass", "+ping"});
    config.username = "blind";
  }
  SECTION("an address that is none") {
    config.address = "localhost";
    wanted = ErrorCode::kInvalidInput;
  }
  const auto view = MakeClusterReader(config)->Look(kNow);
  REQUIRE_FALSE(view);
  CHECK(view.error().code == wanted);
}

TEST_CASE("the password file is read at each connection, without its last line end", "[redis]") {
  RedisServer server;
  PutCluster(server);
  RedisConfig config = server.TcpOnly();
  config.username = "admin";
  config.password_file = server.directory() / "password";
  const auto write = [&](const std::string& text) { std::ofstream{config.password_file} << text; };
  const auto reader = MakeClusterReader(config);
  write("admin\n");
  CHECK(reader->Look(kNow));
  write("other");
  CHECK(reader->Look(kNow).error().code == ErrorCode::kDenied);
  CHECK(reader->Look(kNow).error().message.find("other") == std::string::npos);
  write("admin");
  CHECK(reader->Look(kNow));
}

TEST_CASE("a Redis without users or passwords serves too", "[redis]") {
  RedisServer server{RedisServer::Users::kPlain};
  PutCluster(server);
  CHECK(MakeClusterReader(server.TcpOnly())->Look(kNow)->records.size() == 1);
}

TEST_CASE("a replica without its master is unavailable", "[redis]") {
  RedisServer server{RedisServer::Users::kNs8,
                     {"replica-serve-stale-data no", "replicaof 127.0.0.1 1"}};
  const auto view = MakeClusterReader(server.TcpOnly())->Look(kNow);
  REQUIRE_FALSE(view);
  CHECK(view.error().code == ErrorCode::kUnavailable);
  CHECK(view.error().message.find("MASTERDOWN") != std::string::npos);
}

TEST_CASE("a peer that accepts and says nothing is given up in time", "[redis]") {
  const SilentPeer peer;
  RedisConfig config;
  config.socket.clear();
  config.address = peer.address();
  const auto begin = std::chrono::steady_clock::now();
  SECTION("after the silence") {
    RedisKeySource source{config, {.connect = milliseconds{500}, .silence = milliseconds{50}}};
    const auto reader = source.Open(begin + std::chrono::seconds{20});
    REQUIRE_FALSE(reader);
    CHECK(reader.error().code == ErrorCode::kTimeout);
  }
  SECTION("at the deadline") {
    RedisKeySource source{config};
    const auto reader = source.Open(begin + milliseconds{50});
    REQUIRE_FALSE(reader);
    CHECK(reader.error().code == ErrorCode::kTimeout);
  }
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{5});
}

TEST_CASE("answers that are no Redis' or too large are refused", "[redis][hostile]") {
  const std::string answer = GENERATE(
      "HTTP/1.1 400 Bad Request\r\n\r\n", "*2147483647\r\n$1\r\na\r\n", "*-7\r\n",
      "$99999999999999999999\r\n", "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n");
  CAPTURE(answer);
  const SilentPeer peer{"+OK\r\n" + answer};
  RedisConfig config;
  config.socket.clear();
  config.address = peer.address();
  RedisKeySource source{config, {.connect = milliseconds{500}, .silence = milliseconds{500}}};
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{5};
  auto reader = source.Open(deadline);
  REQUIRE(reader);
  cluster::ReadBatch batch;
  batch.Text("cluster/ui_name");
  const auto read = (*reader)->Read(batch, [](std::size_t, const cluster::Reply&) {});
  REQUIRE_FALSE(read);
  CHECK_FALSE((*reader)->Read(batch, [](std::size_t, const cluster::Reply&) {}));
}

/// Processor time of this thread.
milliseconds Spent() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return milliseconds{now.tv_sec * 1000 + now.tv_nsec / 1'000'000};
}

TEST_CASE("a line without end is refused after 8 KiB, and costs nothing", "[redis][hostile]") {
  const SilentPeer peer{"+" + std::string(30'000'000, 'x')};
  RedisConfig config;
  config.socket.clear();
  config.address = peer.address();
  const milliseconds before = Spent();
  const auto reader =
      RedisKeySource{config}.Open(std::chrono::steady_clock::now() + std::chrono::seconds{20});
  CHECK(Spent() - before < milliseconds{500});
  REQUIRE_FALSE(reader);
  CHECK(reader.error().message.find("a line of over 8 KiB") != std::string::npos);
}

TEST_CASE("a line of 8 KiB may still end", "[redis][hostile]") {
  const std::size_t length = GENERATE(8192U, 8193U);
  const SilentPeer peer{"-" + std::string(length, 'x')};
  RedisConfig config;
  config.socket.clear();
  config.address = peer.address();
  RedisKeySource source{config, {.silence = milliseconds{300}}};
  const auto reader = source.Open(std::chrono::steady_clock::now() + std::chrono::seconds{20});
  REQUIRE_FALSE(reader);
  CHECK(reader.error().code == (length > 8192 ? ErrorCode::kInvalidInput : ErrorCode::kTimeout));
}

TEST_CASE("a text of many mebibytes is read", "[redis]") {
  RedisServer server;
  server.Command({"SET", "cluster/ui_name", std::string(3'000'000, 'y')});
  RedisKeySource source{server.TcpOnly()};
  auto reader = source.Open(std::chrono::steady_clock::now() + std::chrono::seconds{20});
  REQUIRE(reader);
  cluster::ReadBatch batch;
  batch.Text("cluster/ui_name");
  std::size_t length = 0;
  CHECK((*reader)->Read(batch, [&](std::size_t, const cluster::Reply& reply) {
    length = reply.text_or_empty().size();
  }));
  CHECK(length == 3'000'000);
}

TEST_CASE("a server that dies under a large request does not kill us", "[redis]") {
  RedisServer server;
  RedisKeySource source{server.SocketOnly()};
  auto reader = source.Open(std::chrono::steady_clock::now() + std::chrono::seconds{10});
  REQUIRE(reader);
  server.Kill();
  cluster::ReadBatch batch;
  for (int i = 0; i < 100'000; ++i) batch.Text("cluster/ui_name");
  const auto read = (*reader)->Read(batch, [](std::size_t, const cluster::Reply&) {});
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::kUnavailable);
}

TEST_CASE("two users look at the same time on threads of their own", "[redis]") {
  RedisServer server;
  PutCluster(server);
  server.Command({"HSET", "cluster/smarthost", "enabled", "0"});
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      const auto reader = MakeClusterReader(server.TcpOnly());
      const auto smarthost = MakeSmarthostSource(server.TcpOnly());
      for (int turn = 0; turn < 20; ++turn) {
        if (reader->Look(kNow) && smarthost->Read()) ++good;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(good == 40);
}

}  // namespace
}  // namespace backup_monitor::redis
