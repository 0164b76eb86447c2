#include "adapters/cluster_api/cluster_nodes.h"

#include <string>
#include <thread>

#include "catch.h"
#include "integration/cluster_api/api_peer.h"

namespace backup_monitor::cluster_api {
namespace {

using namespace testing;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::int64_t kNow = 1'795'399'200;

std::string Status(const std::string& nodes) {
  return R"({"result":{"exit_code":0,"error":"","output":{"nodes":)" + nodes + "}}}";
}

Result<NodePresence> Ask(ClusterNodes& source, const char* node) {
  return source.Of({*NodeId::Parse(node), Time{seconds{kNow - 3600}}, Time{seconds{kNow}}},
                   steady_clock::now() + std::chrono::seconds{10}, {});
}

ClusterNodes SourceAt(ApiPeer& peer, milliseconds kept = std::chrono::minutes{1}) {
  return ClusterNodes{peer.MakeTasks(), kept};
}

TEST_CASE("a node that is connected was not seen to be away", "[cluster_nodes]") {
  ApiPeer peer;
  peer.SetRules(Status(R"([{"id":1,"online":true,"local":true,"vpn":{"ip_address":"10.5.4.1"}}])"));
  ClusterNodes source = SourceAt(peer);
  const auto answer = Ask(source, "1");
  REQUIRE(answer);
  CHECK(*answer == NodePresence{.read_at = Time{seconds{kNow}}, .known_from = Time{seconds{kNow}}});
  CHECK(peer.Log().find(R"({"action": "get-cluster-status", "data": {})") != std::string::npos);
}

TEST_CASE("one that is not is away since its last handshake, if that is old", "[cluster_nodes]") {
  const auto [last_seen, from] = GENERATE(table<std::string, std::optional<std::int64_t>>(
      {{std::to_string(kNow - 181), kNow - 1},
       {std::to_string(kNow - 180), std::nullopt},  // its VPN works
       {"0", std::nullopt},                         // none since the leader started
       {R"("x")", std::nullopt}}));
  CAPTURE(last_seen);
  ApiPeer peer;
  peer.SetRules(Status(R"([{"id":2,"online":false,"vpn":{"last_seen":)" + last_seen + "}}]"));
  ClusterNodes source = SourceAt(peer);
  const auto answer = Ask(source, "2");
  REQUIRE(answer);
  REQUIRE(answer->absences.size() == 1);
  CHECK(answer->absences[0].from == (from ? std::optional{Time{seconds{*from}}} : std::nullopt));
  CHECK_FALSE(answer->absences[0].until);
}

TEST_CASE("one answer is that of every node for a while", "[cluster_nodes]") {
  ApiPeer peer;
  peer.SetRules(
      Status(R"([{"id":1,"online":true},{"id":2,"online":false},{"id":"3"},{"online":true},7])"));
  ClusterNodes source = SourceAt(peer);
  CHECK(Ask(source, "1"));
  CHECK(Ask(source, "2"));
  CHECK(Ask(source, "3").error().code == ErrorCode::kNotFound);
  CHECK(peer.Count("POST /api/cluster/tasks") == 1);

  ClusterNodes hasty = SourceAt(peer, milliseconds{1});
  CHECK(Ask(hasty, "1"));
  std::this_thread::sleep_for(milliseconds{2});
  CHECK(Ask(hasty, "1"));
  CHECK(peer.Count("POST /api/cluster/tasks") == 3);
}

TEST_CASE("what is no status of the cluster is refused", "[cluster_nodes]") {
  const auto [rules, code] = GENERATE(table<std::string, ErrorCode>(
      {{R"({"result":{"exit_code":0,"error":"","output":null}})", ErrorCode::kInvalidInput},
       {Status("{}"), ErrorCode::kInvalidInput},
       {R"({"result":{"exit_code":1,"error":"x","output":{"nodes":[]}}})", ErrorCode::kUnavailable},
       {R"({"deny":true})", ErrorCode::kDenied}}));
  ApiPeer peer;
  peer.SetRules(rules);
  ClusterNodes source = SourceAt(peer);
  const auto answer = Ask(source, "1");
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == code);
}

TEST_CASE("of a very long list the first nodes are read", "[cluster_nodes]") {
  std::string nodes;
  for (int node = 1; node <= 1001; ++node)
    nodes += (node == 1 ? "" : ",") + (R"({"id":)" + std::to_string(node) + R"(,"online":true})");
  const auto document = ParseJson(R"({"nodes":[)" + nodes + "]}");
  const auto listed = ParseNodes(&*document);
  REQUIRE(listed);
  CHECK(listed->size() == 1000);
  CHECK(listed->back().node == *NodeId::Parse("1000"));
}

}  // namespace
}  // namespace backup_monitor::cluster_api
