#include "app/overview.h"

#include "app/recovery_json.h"
#include "app/status_json.h"
#include "base/bounds.h"
#include "catch.h"
#include "contract/store/samples.h"
#include "fakes/fake_archive.h"
#include "run_states.h"

namespace backup_monitor::app {
namespace {

using namespace testing;

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// After a look at a cluster with one plan of no modules.
WorkerStatus AfterALook() {
  WorkerStatus status;
  auto view = std::make_shared<ClusterView>();
  view->plans[PlanId{"1"}].name = "Nightly";
  status.view = view;
  status.last_look = At(1000);
  status.watch.plans = 1;
  status.watch.unprotected = {ModuleId{"web1"}};
  return status;
}

std::string Overview(const WorkerStatus& status, store::RunArchive& archive) {
  return OverviewJson(status, notify::OutboxCounts{}, false, archive, At(2000));
}

TEST_CASE("before the first look nothing is said of the cluster", "[app]") {
  FakeArchive archive;
  WorkerStatus status;
  status.cluster_error = "no such socket";

  const std::string told = Overview(status, archive);

  CHECK(Has(
      told,
      R"("last_look":null,"last_look_unix":null,"plans":null,"modules":null,"unprotected":null,)"));
  CHECK(Has(
      told,
      R"("plans":null,"recovery":null,"nodes":null,"alert_contradictions":[],"history_error":"")"));
  CHECK_FALSE(Has(told, R"("plans":[)"));
}

TEST_CASE("after a look every plan is told, and who has none", "[app]") {
  FakeArchive archive;
  const std::string told = Overview(AfterALook(), archive);
  CHECK(Has(told, R"("plans":1,"modules":0,"unprotected":["web1"])"));
  CHECK(Has(told, R"("plans":[{"id":"1","name":"Nightly",)"));
  CHECK(Has(told, R"("run":null,)"));
  CHECK(Has(told, R"("failures_in_row":0)"));
}

TEST_CASE("an enabled plan tells how it is doing, a disabled one does not", "[app]") {
  FakeArchive archive;
  WorkerStatus status = AfterALook();
  CHECK(Has(Overview(status, archive),
            R"("state":null,"due":null,"due_unix":null,"next_due":null,"next_due_unix":null,)"
            R"("never_due":"",)"));
  status.plans[PlanId{"1"}] = {PlanState::kMissed, At(7), At(8), ""};
  CHECK(Has(Overview(status, archive), R"("state":"missed","due":"1970-01-01T00:00:07Z",)"
                                       R"("due_unix":7,"next_due":"1970-01-01T00:00:08Z",)"));
  status.plans[PlanId{"1"}] = {PlanState::kNever, {}, {}, "no such day"};
  CHECK(Has(Overview(status, archive), R"("never_due":"no such day",)"));
}

TEST_CASE("a plan tells its oldest recovery point, and how many have none", "[app]") {
  FakeArchive archive;
  Run run;
  run.id = RunId{1};
  run.plan = PlanId{"1"};
  run.begin = At(500);
  SetClosed(run, At(900));
  for (const auto& [name, end] :
       {std::pair{"old1", 700}, std::pair{"young1", 800}, std::pair{"never1", 0}}) {
    RunModule& module = run.modules[ModuleId{name}];
    module.expected = true;
    if (end == 0) continue;
    module.record.emplace();
    module.record->started = module.record->record.start = At(500);
    module.record->ended = module.record->record.end = At(end);
  }
  archive.Add(run);

  const std::string told = Overview(AfterALook(), archive);
  CHECK(Has(
      told,
      R"("newest_data":"1970-01-01T00:11:40Z","newest_data_unix":700,"oldest_module":"old1","without_data":1,)"));
}

TEST_CASE("how far back a restore would go is told of each application and node, the worst first",
          "[app]") {
  FakeArchive archive;
  WorkerStatus status = AfterALook();
  auto view = std::make_shared<ClusterView>(*status.view);
  const auto on = [&](const char* id, const char* node) {
    Module& module = view->modules[ModuleId{id}];
    module.id = ModuleId{id};
    module.node = *NodeId::Parse(node);
    module.ui_name = std::string{"The "} + id;
  };
  on("good1", "1");
  on("over1", "2");
  on("over2", "2");
  on("never1", "2");
  view->node_names.emplace(*NodeId::Parse("2"), "Rome");
  status.view = view;
  const auto target = std::optional{seconds{100}};
  status.recovery = {{ModuleId{"good1"}, {RecoveryState::kInTarget, At(990), PlanId{"1"}, target}},
                     {ModuleId{"never1"}, {RecoveryState::kNever, {}, {}, target}},
                     {ModuleId{"over1"}, {RecoveryState::kOver, At(20), PlanId{"1"}, target}},
                     {ModuleId{"over2"}, {RecoveryState::kOver, At(10), PlanId{"1"}, target}},
                     {ModuleId{"web1"}, {}}};

  const std::string told = Overview(status, archive);

  CHECK(Has(told, R"("recovery":[{"module":"over2","ui_name":"The over2","node":2,)"
                  R"("node_name":"Rome","state":"over","newest_data":"1970-01-01T00:00:10Z",)"
                  R"("newest_data_unix":10,"plan":"1","target_seconds":100},{"module":"over1",)"));
  CHECK(Has(told, R"({"module":"never1","ui_name":"The never1","node":2,"node_name":"Rome",)"
                  R"("state":"never","newest_data":null,"newest_data_unix":null,"plan":null,)"
                  R"("target_seconds":100},{"module":"web1","ui_name":"","node":null,)"));
  CHECK(Has(told,
            R"("nodes":[{"node":null,"node_name":"","modules":1,"without_data":1,"over":0,)"
            R"("newest_data":null,"newest_data_unix":null,"oldest_module":null},{"node":1,)"));
  CHECK(Has(told, R"({"node":2,"node_name":"Rome","modules":3,"without_data":1,"over":2,)"
                  R"("newest_data":"1970-01-01T00:00:10Z","newest_data_unix":10,)"
                  R"("oldest_module":"over2"}])"));
  for (std::size_t i = 0; i < kMostRecoveryPoints; ++i)
    status.recovery[ModuleId{"more" + std::to_string(i)}] = {RecoveryState::kOver, At(30),
                                                             PlanId{"1"}, target};
  const std::string cut = Overview(status, archive);
  CHECK(Has(cut, R"("module":"over1")"));
  CHECK_FALSE(Has(cut, R"("module":"never1")"));
  CHECK(Has(cut, R"("modules":501,"without_data":1,)"));
}

TEST_CASE("each plan says when the cluster's own backup was uploaded to its destination", "[app]") {
  FakeArchive archive;
  WorkerStatus status = AfterALook();
  CHECK(Has(Overview(status, archive), R"("cluster_backup":null)"));
  status.cluster_backups.emplace(
      PlanId{"1"}, ClusterBackupAtClosing{
                       .backup = {.uploaded = At(10), .failed = ClusterUpload{At(20), false, "x"}},
                       .read_at = At(50),
                       .trouble = ErrorCode::kDenied,
                       .target = seconds{10}});
  CHECK(Has(Overview(status, archive),
            R"("cluster_backup":{"uploaded_at":"1970-01-01T00:00:10Z","uploaded_at_unix":10,)"
            R"("failed_at":"1970-01-01T00:00:20Z","failed_at_unix":20,"words":"x","over":false,)"
            R"("read_at":"1970-01-01T00:00:50Z","read_at_unix":50,"trouble":"denied"})"));
  status.cluster_backups.at(PlanId{"1"}).trouble.reset();
  CHECK(Has(Overview(status, archive), R"("over":true,)"));
}

TEST_CASE("alerts that do not fit the plans are in the overview", "[app]") {
  FakeArchive archive;
  WorkerStatus status = AfterALook();
  CHECK(Has(Overview(status, archive), R"("alert_contradictions":[])"));
  status.contradictions = {
      {.kind = AlertContradiction::Kind::kNotRaised,
       .plan = PlanId{"1"},
       .plan_name = "Nightly",
       .node = *NodeId::Parse("2"),
       .node_name = "Rome",
       .since = At(7)},
      {.kind = AlertContradiction::Kind::kPlanGone, .plan = PlanId{"3"}, .silenced = true}};
  CHECK(Has(Overview(status, archive),
            R"("alert_contradictions":[{"kind":"not_raised","plan":{"id":"1","name":"Nightly"},)"
            R"("node":2,"node_name":"Rome","since":"1970-01-01T00:00:07Z","since_unix":7,)"
            R"("silenced":false},{"kind":"plan_gone","plan":{"id":"3","name":""},"node":null,)"
            R"("node_name":"","since":null,"since_unix":null,"silenced":true}])"));
}

TEST_CASE("a history that cannot be read is not told as an empty one", "[app]") {
  FakeArchive archive;
  archive.SetOutage(Error{ErrorCode::kUnavailable, "disk I/O error"});

  const std::string told = Overview(AfterALook(), archive);

  CHECK(Has(told, R"("deliveries":null)"));
  CHECK(Has(told, R"("history_error":"disk I/O error")"));
  CHECK_FALSE(Has(told, "failures_in_row"));
  CHECK_FALSE(Has(told, "last_delivered"));
  CHECK(Has(Overview(WorkerStatus{}, archive), R"("history_error":"disk I/O error")"));
}

TEST_CASE("the status names each bound that has been reached", "[app]") {
  NoteBoundReached("test_status_bound", "ten are kept, the rest is gone");
  const std::string told = StatusJson(WorkerStatus{}, notify::OutboxCounts{}, false);
  CHECK(Has(told, R"({"name":"test_status_bound","reached":1,"last":")"));
  CHECK(Has(told, R"("text":"ten are kept, the rest is gone"})"));
}

TEST_CASE("the status says how each witness stands", "[app]") {
  WitnessBoard board;
  board.Switch("log", true);
  board.Switch("alerts", false);
  board.Answered("log", At(1000));
  board.Failed("log", At(2000), ErrorCode::kDenied);
  WorkerStatus status;
  status.witnesses = board.All();
  CHECK(Has(StatusJson(status, notify::OutboxCounts{}, false),
            R"("witnesses":[{"name":"alerts","asked":false,"answered_at":null,)"));
  const std::string trouble = R"("failed_at_unix":2000,"trouble":"denied"})";
  CHECK(Has(StatusJson(status, notify::OutboxCounts{}, false), trouble));
  board.Answered("log", At(3000));
  status.witnesses = board.All();
  CHECK(Has(StatusJson(status, notify::OutboxCounts{}, false), R"("trouble":null}])"));
}

}  // namespace
}  // namespace backup_monitor::app
