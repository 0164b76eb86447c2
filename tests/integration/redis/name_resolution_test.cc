#include "adapters/redis/name_resolution.h"

#include <cstring>
#include <fstream>
#include <memory>
#include <sstream>
#include <thread>

#include "adapters/redis/redis_key_source.h"
#include "catch.h"
#include "integration/redis/name_server.h"
#include "integration/redis/redis_server.h"

namespace backup_monitor::redis {
namespace {

using namespace testing;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Answers = NameServer::Answers;

steady_clock::time_point InTenSeconds() { return steady_clock::now() + std::chrono::seconds{10}; }

std::string TextOf(const SocketAddress& peer) {
  char text[INET6_ADDRSTRLEN] = {};
  if (peer.storage.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &peer.storage, sizeof v4);
    inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
    return std::string{text} + ":" + std::to_string(ntohs(v4.sin_port));
  }
  sockaddr_in6 v6{};
  std::memcpy(&v6, &peer.storage, sizeof v6);
  inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
  return "[" + std::string{text} + "]:" + std::to_string(ntohs(v6.sin6_port));
}

std::vector<std::string> AddressesOf(const std::string& host, const RedisTimeouts& timeouts = {}) {
  const auto peers = Resolve(host, 6379, timeouts, InTenSeconds());
  std::vector<std::string> texts;
  if (!peers) return {peers.error().message};
  for (const SocketAddress& peer : *peers) texts.push_back(TextOf(peer));
  return texts;
}

using Texts = std::vector<std::string>;

TEST_CASE("an address and localhost need no name server", "[redis][dns]") {
  const NameServer silent{Answers::kNone};
  RedisTimeouts timeouts;
  timeouts.name_servers = silent.address();
  CHECK(AddressesOf("10.5.4.1", timeouts) == Texts{"10.5.4.1:6379"});
  CHECK(AddressesOf("fd00::1", timeouts) == Texts{"[fd00::1]:6379"});
  CHECK(AddressesOf("localhost", timeouts) == Texts{"127.0.0.1:6379", "[::1]:6379"});
  CHECK(silent.asked() == 0);
}

TEST_CASE("a name of /etc/hosts is found there", "[redis][dns]") {
  std::ifstream hosts{"/etc/hosts"};
  for (std::string line; std::getline(hosts, line);) {
    std::istringstream words{line.substr(0, line.find('#'))};
    std::string address;
    std::string name;
    words >> address >> name;
    if (name.empty() || name == "localhost" || address.find(':') != std::string::npos) continue;
    const NameServer silent{Answers::kNone};
    RedisTimeouts timeouts;
    timeouts.name_servers = silent.address();
    timeouts.resolve = milliseconds{2'000};
    CAPTURE(line);
    CHECK(AddressesOf(name, timeouts).front() == address + ":6379");
    return;
  }
  WARN("no name in /etc/hosts");
}

TEST_CASE("a name server is asked, and one family that it answers is enough", "[redis][dns]") {
  const bool v4 = GENERATE(true, false);
  const NameServer server{v4 ? Answers::kOnlyIpv4 : Answers::kOnlyIpv6};
  RedisTimeouts timeouts;
  timeouts.name_servers = server.address();
  const auto begin = steady_clock::now();
  CHECK(AddressesOf("redis.example.org", timeouts) == Texts{v4 ? "127.0.0.1:6379" : "[::1]:6379"});
  CHECK(steady_clock::now() - begin < milliseconds{2'000});
}

TEST_CASE("a name server that is silent costs no more than the time for it", "[redis][dns]") {
  const NameServer silent{Answers::kNone};
  RedisTimeouts timeouts;
  timeouts.name_servers = silent.address();
  timeouts.resolve = milliseconds{300};
  const auto begin = steady_clock::now();
  const auto peers = Resolve("redis.example.org", 6379, timeouts, InTenSeconds());
  REQUIRE_FALSE(peers);
  CHECK(peers.error().code == ErrorCode::kTimeout);
  CHECK(peers.error().message == "find the address of redis.example.org: no name server answers");
  CHECK(steady_clock::now() - begin < milliseconds{1'500});
}

TEST_CASE("a stop ends the wait for a silent name server", "[redis][dns]") {
  const NameServer silent{Answers::kNone};
  std::stop_source stop;
  config::RedisConfig config;
  config.socket.clear();
  config.address = "redis.example.org:6379";
  RedisTimeouts timeouts;
  timeouts.stop = stop.get_token();
  timeouts.name_servers = silent.address();
  steady_clock::time_point stopped;
  std::thread asker{[&] {
    while (silent.asked() == 0) std::this_thread::yield();
    stopped = steady_clock::now();
    stop.request_stop();
  }};
  const auto reader = RedisKeySource{config, timeouts}.Open(InTenSeconds());
  const auto ended = steady_clock::now();
  asker.join();
  REQUIRE_FALSE(reader);
  CHECK(reader.error().message.find("cut short") != std::string::npos);
  CHECK(ended - stopped < milliseconds{1'000});
}

TEST_CASE("Redis is reached by a name", "[redis][dns]") {
  RedisServer server;
  const NameServer names{Answers::kOnlyIpv4};
  config::RedisConfig config = server.TcpOnly();
  config.address = "redis.example.org" + config.address.substr(config.address.rfind(':'));
  RedisTimeouts timeouts;
  timeouts.name_servers = names.address();
  CHECK(RedisKeySource{config, timeouts}.Open(InTenSeconds()));
}

}  // namespace
}  // namespace backup_monitor::redis
