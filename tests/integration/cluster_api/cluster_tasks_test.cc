#include "adapters/cluster_api/cluster_tasks.h"

#include <fstream>
#include <string>
#include <thread>

#include "catch.h"
#include "integration/cluster_api/api_peer.h"

namespace backup_monitor::cluster_api {
namespace {

using namespace testing;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

Result<TaskEnd> RunOn(ClusterTasks& tasks, milliseconds time = seconds{10}) {
  return tasks.Run("get-cluster-status", "{}", steady_clock::now() + time, {});
}

ErrorCode CodeOf(const Result<TaskEnd>& end) {
  REQUIRE_FALSE(end);
  INFO(end.error().message);
  CHECK(end.error().message.find("shoe43") == std::string::npos);
  CHECK(end.error().message.rfind("run the cluster's action get-cluster-status: ", 0) == 0);
  return end.error().code;
}

TEST_CASE("an action runs to its end, with its input, and tells what it gave", "[cluster_tasks]") {
  ApiPeer peer;
  peer.SetRules(R"({"result":{"exit_code":0,"error":"a warning\n","output":{"nodes":[7]}}})");
  auto tasks = peer.MakeTasks();
  const auto end = tasks.Run("list-alerts", R"({"categories":["backup"]})",
                             steady_clock::now() + seconds{10}, {});
  REQUIRE(end);
  CHECK(end->exit_code == 0);
  CHECK(end->error == "a warning\n");
  const JsonValue* const nodes = Member(end->output(), "nodes");
  REQUIRE(nodes != nullptr);
  CHECK((*nodes)[0].GetInt() == 7);
  CHECK(peer.Log().find(R"(POST /api/cluster/tasks {"action": "list-alerts", "data": )"
                        R"({"categories": ["backup"]}, "extra": {"isNotificationHidden": true}, )"
                        R"("parent": ""})") != std::string::npos);
}

TEST_CASE("an action that failed has ended, too", "[cluster_tasks]") {
  ApiPeer peer;
  peer.SetRules(R"({"result":{"exit_code":8,"error":"Action x is not defined\n","output":null}})");
  auto tasks = peer.MakeTasks();
  const auto end = RunOn(tasks);
  REQUIRE(end);
  CHECK(end->exit_code == 8);
}

TEST_CASE("a token is used by one run after the other", "[cluster_tasks]") {
  ApiPeer peer;
  auto tasks = peer.MakeTasks();
  CHECK(RunOn(tasks));
  CHECK(RunOn(tasks));
  CHECK(peer.Count("POST /api/login") == 1);
}

TEST_CASE("who may not run it is told so", "[cluster_tasks]") {
  ApiPeer peer;
  peer.SetRules(R"({"deny":true})");
  auto tasks = peer.MakeTasks();
  CHECK(CodeOf(RunOn(tasks)) == ErrorCode::kDenied);
  peer.SetCredentials("");
  auto strangers = peer.MakeTasks();
  CHECK(CodeOf(RunOn(strangers)) == ErrorCode::kDenied);
}

TEST_CASE("as long as a task has not ended no other one is submitted", "[cluster_tasks]") {
  ApiPeer peer;
  peer.SetRules(R"({"pending":40})");
  auto tasks = peer.MakeTasks();
  CHECK(CodeOf(RunOn(tasks, milliseconds{300})) == ErrorCode::kTimeout);
  CHECK(CodeOf(RunOn(tasks)) == ErrorCode::kTimeout);
  CHECK(peer.Count("POST /api/cluster/tasks") == 1);
  // That one ends; the next one takes its time, too.
  const auto patience = steady_clock::now() + seconds{20};
  while (peer.Count("POST /api/cluster/tasks") == 1 && steady_clock::now() < patience)
    (void)RunOn(tasks, milliseconds{300});
  CHECK(peer.Count("POST /api/cluster/tasks") == 2);
}

TEST_CASE("a task of which no end comes is forgotten after a while", "[cluster_tasks]") {
  ApiPeer peer;
  peer.SetRules(R"({"pending":-1})");
  auto tasks = peer.MakeTasks(milliseconds{700});
  CHECK(CodeOf(RunOn(tasks, milliseconds{300})) == ErrorCode::kTimeout);
  CHECK(CodeOf(RunOn(tasks, milliseconds{300})) == ErrorCode::kTimeout);
  CHECK(peer.Count("POST /api/cluster/tasks") == 1);
  std::this_thread::sleep_for(milliseconds{800});  // the wait itself is what is tested
  CHECK(CodeOf(RunOn(tasks, milliseconds{300})) == ErrorCode::kTimeout);
  CHECK(peer.Count("POST /api/cluster/tasks") == 2);
}

TEST_CASE("a new leader knows nothing of the task before", "[cluster_tasks]") {
  ApiPeer old_leader;
  ApiPeer new_leader;
  old_leader.SetRules(R"({"pending":-1})");
  std::string server = old_leader.url();
  const TemporaryFolder folder;
  const auto credentials = folder.path() / "agent.env";
  std::ofstream{credentials} << "REDIS_USER=module/backup-monitor1\nREDIS_PASSWORD=shoe43\n";
  ClusterTasks tasks{{.find_server = [&server]() -> Result<std::string> { return server; },
                      .credentials_file = credentials},
                     {.first_poll = milliseconds{20}}};
  CHECK(CodeOf(RunOn(tasks, milliseconds{300})) == ErrorCode::kTimeout);
  server = new_leader.url();
  old_leader.SetRules(R"({"deny":true})");
  CHECK(RunOn(tasks));
  CHECK(new_leader.Count("POST /api/cluster/tasks") == 1);
}

TEST_CASE("a stop ends the run at once", "[cluster_tasks]") {
  ApiPeer peer;
  peer.SetRules(R"({"pending":-1})");
  auto tasks = peer.MakeTasks();
  std::stop_source stop;
  const std::jthread stopper{[&stop, &peer] {
    while (peer.Count("GET /api/cluster/task/") == 0) std::this_thread::yield();
    stop.request_stop();
  }};
  const auto begin = steady_clock::now();
  CHECK(CodeOf(tasks.Run("get-cluster-status", "{}", begin + seconds{60}, stop.get_token())) ==
        ErrorCode::kTimeout);
  CHECK(steady_clock::now() - begin < seconds{10});
}

TEST_CASE("an answer that makes no sense, or has no end, leads to nothing",
          "[cluster_tasks][hostile]") {
  ApiPeer peer;
  peer.SetRules(R"({"raw":"{\"data\":{\"id\":\"a\",\"exit_code\":\"0\"}}"})");
  auto tasks = peer.MakeTasks();
  CHECK(CodeOf(RunOn(tasks)) == ErrorCode::kInvalidInput);
  peer.SetRules(R"({"result":"200000"})");
  CHECK(CodeOf(RunOn(tasks)) == ErrorCode::kTooLarge);
  peer.SetRules("{}");
  CHECK(RunOn(tasks));  // both had ended
}

}  // namespace
}  // namespace backup_monitor::cluster_api
