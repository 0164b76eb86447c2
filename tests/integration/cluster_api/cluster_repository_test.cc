#include "adapters/cluster_api/cluster_repository.h"

#include <string>
#include <thread>

#include "catch.h"
#include "integration/cluster_api/api_peer.h"

namespace backup_monitor::cluster_api {
namespace {

using namespace testing;
using probe::ProbeAnswer;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

probe::RepositoryAddress Mail() {
  return {PlanId{"1"}, ModuleId{"mail1"}, "48ce000a-79b7-5fe6-8558-177fd70c27b4", "mail/2f3c56e2"};
}

probe::ProbeFailure FailureOf(const ProbeAnswer& answer) {
  REQUIRE(answer.failure);
  INFO(answer.failure->words);
  CHECK(answer.failure->words.find("shoe43") == std::string::npos);
  CHECK(answer.failure->words.find("eyJ") == std::string::npos);
  return *answer.failure;
}

constexpr const char* kTwo =
    R"({"result":{"exit_code":0,"error":"","output":[{"timestamp":1643964838,"id":"a2a4","total_bytes":-1},)"
    R"({"timestamp":1643964900,"id":"b","total_bytes":4096}]}})";

TEST_CASE("the snapshots come by login, task and status", "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(kTwo);
  auto repository = peer.Ask();

  const ProbeAnswer answer = repository.ReadSnapshots(Mail(), {}).value();
  REQUIRE_FALSE(answer.failure);
  REQUIRE(answer.snapshots.size() == 2);
  CHECK(answer.snapshots[1] == Snapshot{Time{std::chrono::seconds{1'643'964'900}}, "b", 4096});
  const std::string log = peer.Log();
  INFO(log);
  CHECK(log.find(
            R"(POST /api/cluster/tasks {"action": "read-backup-snapshots", "data": )"
            R"({"path": "mail/2f3c56e2", "repository": "48ce000a-79b7-5fe6-8558-177fd70c27b4"}, )"
            R"("extra": {"isNotificationHidden": true}, "parent": ""})") != std::string::npos);
}

TEST_CASE("a token is used again, and renewed when it has expired", "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(
      R"({"tokens":4})");  // each look is three requests: two of them with the first token
  auto repository = peer.Ask();
  for (int look = 0; look < 4; ++look)
    CHECK_FALSE(repository.ReadSnapshots(Mail(), {}).value().failure);
  CHECK(peer.Count("POST /api/login") == 3);
}

TEST_CASE("what is temporary is tried again, as late as the server wants", "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(R"({"first":[500,502,503,504]})");
  CHECK_FALSE(peer.Ask().ReadSnapshots(Mail(), {}).value().failure);

  peer.SetRules(R"({"first":[429]})");
  const auto begin = steady_clock::now();
  CHECK_FALSE(peer.Ask().ReadSnapshots(Mail(), {}).value().failure);
  CHECK(steady_clock::now() - begin >= seconds{1});
}

TEST_CASE("a server that stays away, or is never ready, ends with the timeout", "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(R"({"first":[503,503,503,503,503,503,503,503,503,503,503,503]})");
  CHECK(FailureOf(peer.Ask(seconds{2}).ReadSnapshots(Mail(), {}).value()).words.find("503") !=
        std::string::npos);

  peer.SetRules(R"({"hang":3})");
  const auto begin = steady_clock::now();
  CHECK(FailureOf(peer.Ask(milliseconds{300}).ReadSnapshots(Mail(), {}).value()).cause ==
        ProbeCause::kTimeout);
  CHECK(steady_clock::now() - begin < seconds{3});

  LeftTasks left;
  ClusterRepository nobody{ClusterTasks{{.find_server = []() -> Result<std::string> {
                                           return std::string{"http://127.0.0.1:9"};
                                         },
                                         .credentials_file = "/dev/null"},
                                        {}},
                           {.timeout = milliseconds{300}},
                           left};
  CHECK(FailureOf(nobody.ReadSnapshots(Mail(), {}).value()).cause ==
        ProbeCause::kDenied);  // no credentials
}

TEST_CASE("a task that may have been taken is never submitted again", "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(R"({"drop":true})");
  CHECK(FailureOf(peer.Ask(seconds{2}).ReadSnapshots(Mail(), {}).value()).cause ==
        ProbeCause::kUnknown);
  CHECK(peer.Count("POST /api/cluster/tasks") == 1);
}

TEST_CASE("a failed task tells restic's cause", "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(
      R"({"result":{"exit_code":1,"error":"Fatal: wrong password or no key found\n","output":""}})");
  const probe::ProbeFailure failure = FailureOf(peer.Ask().ReadSnapshots(Mail(), {}).value());
  CHECK(failure.cause == ProbeCause::kWrongKey);
  CHECK(failure.words == "Fatal: wrong password or no key found");

  peer.SetRules(
      R"({"result":{"exit_code":8,"error":"Action read-backup-snapshots is not defined\n","output":""}})");
  CHECK(FailureOf(peer.Ask().ReadSnapshots(Mail(), {}).value()).cause == ProbeCause::kUnknown);
}

TEST_CASE("a role that does not allow it is denied, after one more login", "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(R"({"deny":true})");
  auto repository = peer.Ask();
  const probe::ProbeFailure failure = FailureOf(repository.ReadSnapshots(Mail(), {}).value());
  CHECK(failure.cause == ProbeCause::kDenied);
  CHECK(failure.words.find("permission") != std::string::npos);
  (void)repository.ReadSnapshots(Mail(), {});
  CHECK(peer.Count("POST /api/login") == 2);

  peer.SetCredentials("REDIS_USER=module/backup-monitor1\nREDIS_PASSWORD=shoe43-wrong\n");
  CHECK(FailureOf(peer.Ask().ReadSnapshots(Mail(), {}).value()).cause == ProbeCause::kDenied);
}

TEST_CASE("a task that does not end blocks the next look, until it has ended", "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(R"({"pending":100})");
  auto repository = peer.Ask(seconds{1});
  CHECK(FailureOf(repository.ReadSnapshots(Mail(), {}).value()).cause == ProbeCause::kTimeout);
  CHECK_FALSE(repository.ReadSnapshots(Mail(), {}));  // nothing was learnt of this one
  CHECK(peer.Count("POST /api/cluster/tasks") == 1);

  const auto deadline = steady_clock::now() + seconds{20};
  while (!repository.ReadSnapshots(Mail(), {}) && steady_clock::now() < deadline)
    std::this_thread::yield();
  CHECK(peer.Count("POST /api/cluster/tasks") == 2);
}

probe::RepositoryAddress At(const std::string& destination) {
  return {PlanId{"1"}, ModuleId{"mail1"}, destination, "mail/x"};
}

TEST_CASE("a task that was left blocks its destination only, and a few of them everything",
          "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(R"({"pending":-1})");
  auto repository = peer.Ask(milliseconds{300});
  for (const char* destination : {"a", "b", "c", "d"}) {
    CHECK(FailureOf(repository.ReadSnapshots(At(destination), {}).value()).cause ==
          ProbeCause::kTimeout);
    CHECK_FALSE(repository.ReadSnapshots(At(destination), {}));
  }
  CHECK(ClusterRepository::kMostLeft == 4);
  CHECK_FALSE(repository.ReadSnapshots(At("e"), {}));
  CHECK(peer.Count("POST /api/cluster/tasks") == 4);
}

TEST_CASE("a destination is free again as soon as its task has ended", "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(R"({"pending":40})");
  auto repository = peer.Ask(milliseconds{300});
  CHECK(FailureOf(repository.ReadSnapshots(At("a"), {}).value()).cause == ProbeCause::kTimeout);
  const auto deadline = steady_clock::now() + seconds{20};
  std::optional<ProbeAnswer> answer;
  while (!(answer = repository.ReadSnapshots(At("a"), {})) && steady_clock::now() < deadline)
    std::this_thread::yield();
  CHECK(answer);
}

TEST_CASE("pauses between questions grow", "[cluster_api]") {
  const TaskManner manner;
  GrowingPause pause{manner.first_poll, manner.longest_poll};
  for (const int expected : {500, 1000, 2000, 4000, 5000, 5000})
    CHECK(pause.Next() == milliseconds{expected});
  GrowingPause short_one{milliseconds{20}, milliseconds{10}};
  CHECK(short_one.Next() == milliseconds{10});
  CHECK(RepositoryManner{}.give_up_task > std::chrono::minutes{15});  // how long restic tries
}

TEST_CASE("what a task said although it succeeded counts", "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(
      R"({"result":{"exit_code":0,"error":"could not load snapshots: List failed, server response: 500\n","output":[]}})");
  const ProbeAnswer answer = peer.Ask().ReadSnapshots(Mail(), {}).value();
  CHECK(FailureOf(answer).cause == ProbeCause::kIncomplete);
  CHECK_FALSE(answer.complete);
  peer.SetRules(
      R"({"result":{"exit_code":0,"error":"time=\"x\" level=warning msg=\"The input device is not a TTY\"\n","output":[]}})");
  const ProbeAnswer whole = peer.Ask().ReadSnapshots(Mail(), {}).value();
  CHECK_FALSE(whole.failure);
  CHECK(whole.complete);
}

TEST_CASE("neither the password nor the token is quoted, whatever the server says",
          "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(
      R"({"result":{"exit_code":1,"error":"Fatal: it is shoe43, is it not\n","output":""}})");
  CHECK(FailureOf(peer.Ask().ReadSnapshots(Mail(), {}).value()).words ==
        "Fatal: it is ***, is it not");
}

TEST_CASE("a task that was left is known to the next repository", "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(R"({"pending":-1})");
  CHECK(FailureOf(peer.Ask(seconds{1}).ReadSnapshots(Mail(), {}).value()).cause ==
        ProbeCause::kTimeout);
  CHECK_FALSE(peer.AskOn(seconds{1}).ReadSnapshots(Mail(), {}));
  CHECK(peer.Count("POST /api/cluster/tasks") == 1);
}

TEST_CASE("a task that never ends is forgotten after a while", "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(R"({"pending":-1})");
  auto repository = peer.Ask(seconds{1}, milliseconds{1500});
  CHECK(FailureOf(repository.ReadSnapshots(Mail(), {}).value()).cause == ProbeCause::kTimeout);
  std::this_thread::sleep_for(milliseconds{1600});  // the wait itself is what is tested
  CHECK(FailureOf(repository.ReadSnapshots(Mail(), {}).value()).cause == ProbeCause::kTimeout);
  CHECK(peer.Count("POST /api/cluster/tasks") == 2);
}

TEST_CASE("a stop ends the wait for a task at once", "[cluster_api]") {
  ApiPeer peer;
  peer.SetRules(R"({"pending":-1})");
  auto repository = peer.Ask(seconds{60});
  std::stop_source stop;
  const std::jthread stopper{[&stop, &peer] {
    while (peer.Count("GET /api/cluster/task/") == 0) std::this_thread::yield();
    stop.request_stop();
  }};
  const auto begin = steady_clock::now();
  CHECK(FailureOf(repository.ReadSnapshots(Mail(), stop.get_token()).value()).cause ==
        ProbeCause::kTimeout);
  CHECK(steady_clock::now() - begin < seconds{10});
}

TEST_CASE("an answer that makes no sense is a failure", "[cluster_api][hostile]") {
  ApiPeer peer;
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += '[';
  for (const std::string& raw :
       {std::string{}, std::string{"hello"}, std::string{"{}"}, std::string{"null"},
        std::string{R"({\"data\":{\"id\":\"../../login\"}})"},
        std::string{R"({\"data\":{\"id\":7,\"exit_code\":\"0\"}})"}, deep}) {
    peer.SetRules(R"({"raw":")" + raw + R"("})");
    CHECK(FailureOf(peer.Ask().ReadSnapshots(Mail(), {}).value()).cause == ProbeCause::kUnknown);
  }
  for (const char* output : {"{}", "7", R"("hello")", R"([{"id":"a"}])"}) {
    peer.SetRules(std::string{R"({"result":{"exit_code":0,"error":"","output":)"} + output + "}}");
    const ProbeAnswer answer = peer.Ask().ReadSnapshots(Mail(), {}).value();
    CHECK(FailureOf(answer).cause ==
          (*output == '[' ? ProbeCause::kIncomplete : ProbeCause::kUnknown));
    CHECK_FALSE(answer.complete);
  }
}

TEST_CASE("a huge answer is read up to a limit", "[cluster_api][hostile]") {
  ApiPeer peer;
  peer.SetRules(R"({"result":"10000"})");
  CHECK(peer.Ask().ReadSnapshots(Mail(), {}).value().snapshots.size() == 10'000);
  peer.SetRules(R"({"result":"200000"})");
  auto repository = peer.Ask();
  CHECK(FailureOf(repository.ReadSnapshots(Mail(), {}).value()).words.find("too long") !=
        std::string::npos);
  CHECK(repository.ReadSnapshots(Mail(), {}));  // its task has ended: nothing blocks the next look
}

}  // namespace
}  // namespace backup_monitor::cluster_api
