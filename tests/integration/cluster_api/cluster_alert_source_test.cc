#include "adapters/cluster_api/cluster_alert_source.h"

#include <string>

#include "catch.h"
#include "integration/cluster_api/api_peer.h"

namespace backup_monitor::cluster_api {
namespace {

using namespace testing;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

const std::vector<std::string> kNames{"BackupFailed", "backup_failed"};

/// The labels of an alert by the rule of ns8-metrics b3af83c.
std::string Labels(const std::string& plan) {
  return R"({"alertname":"BackupFailed","id":")" + plan +
         R"(","instance":"10.5.4.1:9100","job":"providers","name":"Backup é","node":"1",)"
         R"("service":"backup","severity":"critical","target_type":"node"})";
}

/// As list-alerts gives it (ns8-core 4f41b359).
std::string Listed(const std::string& labels, const std::string& category = "node") {
  return R"({"annotations":{},"endsAt":"2026-11-22T16:09:05.410Z","fingerprint":"2a01",)"
         R"("startsAt":"2026-11-22T12:09:00.410Z","status":{"inhibitedBy":[],"mutedBy":[],)"
         R"("silencedBy":[],"state":"active"},"labels":)" +
         labels + R"(,"name":"BackupFailed","category":")" + category + R"(","node_id":1})";
}

std::string Result0(const std::string& alerts, const std::string& error = {}) {
  return R"({"result":{"exit_code":0,"error":")" + error + R"(","output":{"alerts":[)" + alerts +
         R"(],"filter":{}}}})";
}

Result<intake::AlertIntake> Ask(ApiPeer& peer, milliseconds time = seconds{10}) {
  ClusterAlertSource source{peer.MakeTasks(), kNames};
  return source.Firing(steady_clock::now() + time, {});
}

ErrorCode CodeOf(const Result<intake::AlertIntake>& answer) {
  REQUIRE_FALSE(answer);
  INFO(answer.error().message);
  CHECK(answer.error().message.find("shoe43") == std::string::npos);
  return answer.error().code;
}

TEST_CASE("what the leader lists is the same alert as the one that is posted", "[cluster_alerts]") {
  ApiPeer peer;
  peer.SetRules(Result0(Listed(Labels("1")) + "," + Listed(Labels("2"))));
  const auto listed = Ask(peer);
  REQUIRE(listed);
  REQUIRE(listed->firing.size() == 2);
  CHECK_FALSE(listed->truncated);
  const auto posted = intake::ParseAlerts(
      R"({"status":"firing","alerts":[{"status":"firing","labels":)" + Labels("1") +
          R"(,"annotations":{},"startsAt":"2026-11-22T12:09:00.41Z",)"
          R"("endsAt":"0001-01-01T00:00:00Z","fingerprint":"2a01"}]})",
      kNames);
  REQUIRE(posted);
  CHECK_FALSE(listed->firing[0].identity().empty());
  CHECK(listed->firing[0].identity() == posted->firing.at(0).identity());
  CHECK(listed->firing[1].identity() != posted->firing.at(0).identity());
}

TEST_CASE("every category is asked for, since ours are in several of them", "[cluster_alerts]") {
  ApiPeer peer;
  peer.SetRules(Result0(Listed(Labels("1"), "node") + "," +
                        Listed(R"({"alertname":"backup_failed","id":"1"})", "backup") + "," +
                        Listed(R"({"alertname":"disk_full","target_type":"node"})")));
  const auto listed = Ask(peer);
  REQUIRE(listed);
  CHECK(listed->firing.size() == 2);
  CHECK(listed->foreign == 1);
  CHECK(peer.Log().find(R"(POST /api/cluster/tasks {"action": "list-alerts", "data": {}, )") !=
        std::string::npos);
}

TEST_CASE("an empty list means that nothing fires, unless something was said", "[cluster_alerts]") {
  ApiPeer peer;
  peer.SetRules(Result0(""));
  const auto nothing = Ask(peer);
  REQUIRE(nothing);
  CHECK(nothing->firing.empty());

  peer.SetRules(Result0("", "\\n"));
  CHECK(Ask(peer));

  peer.SetRules(Result0("",
                        "cluster.fetch_alerts() cannot parse Metrics/Alertmanager response. "
                        "Reason:  connection refused, shoe43\\n"));
  const auto unknown = Ask(peer);
  CHECK(CodeOf(unknown) == ErrorCode::kUnavailable);
  CHECK(unknown.error().message.find("connection refused") != std::string::npos);

  // A list that was read counts, whatever was said beside it.
  peer.SetRules(Result0(Listed(Labels("1")), "a warning\\n"));
  CHECK(Ask(peer));
}

TEST_CASE("an action that fails, is not there or gives no list is no answer",
          "[cluster_alerts][hostile]") {
  ApiPeer peer;
  peer.SetRules(R"({"result":{"exit_code":1,"error":"KeyError: 'category'\n","output":null}})");
  const auto failed = Ask(peer);
  CHECK(CodeOf(failed) == ErrorCode::kUnavailable);
  CHECK(failed.error().message ==
        "the cluster's action list-alerts ended with 1: KeyError: 'category'");
  peer.SetRules(R"({"result":{"exit_code":8,"error":"","output":null}})");
  CHECK(CodeOf(Ask(peer)) == ErrorCode::kNotFound);
  for (const char* output : {"null", "[]", "7", "{}", R"({"alerts":7})", R"({"alerts":{}})"}) {
    CAPTURE(output);
    peer.SetRules(std::string{R"({"result":{"exit_code":0,"error":"","output":)"} + output + "}}");
    CHECK(CodeOf(Ask(peer)) == ErrorCode::kInvalidInput);
  }
}

TEST_CASE("who may not ask, and who waits in vain, has no answer", "[cluster_alerts]") {
  ApiPeer peer;
  peer.SetRules(R"({"deny":true})");
  CHECK(CodeOf(Ask(peer)) == ErrorCode::kDenied);
  peer.SetRules(R"({"pending":-1})");
  CHECK(CodeOf(Ask(peer, milliseconds{300})) == ErrorCode::kTimeout);
}

TEST_CASE("a huge list is taken up to a limit, and a longer answer not at all",
          "[cluster_alerts][hostile]") {
  ApiPeer peer;
  std::string list = Listed(Labels("0"));
  for (int plan = 1; plan < 10'001; ++plan) list += "," + Listed(Labels(std::to_string(plan)));
  peer.SetRules(Result0(list));
  const auto many = Ask(peer);
  REQUIRE(many);
  CHECK(many->firing.size() == 10'000);
  CHECK(many->truncated);

  peer.SetRules(R"({"result":"200000"})");
  CHECK(CodeOf(Ask(peer)) == ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace backup_monitor::cluster_api
