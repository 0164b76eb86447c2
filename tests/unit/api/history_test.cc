#include <string>

#include "base/bounds.h"
#include "catch.h"
#include "run_states.h"
#include "unit/api/api_world.h"

namespace backup_monitor::app::api {
namespace {

using http::HttpAnswer;
using testing::ApiWorld;

SeenRecord Record(const std::string& module, std::uint32_t errors) {
  SeenRecord seen;
  seen.record.plan = PlanId{"1"};
  seen.record.module = ModuleId{module};
  seen.record.error_count = errors;
  seen.record.restore_bytes = 4096;
  seen.started = Time{seconds{1000}};
  seen.ended = Time{seconds{1090}};
  return seen;
}

Run MakeRun(int id, const std::string& plan, Outcome outcome) {
  Run run;
  run.id = RunId{id};
  run.plan = PlanId{plan};
  run.plan_name = "Nightly \xff";
  run.begin = Time{seconds{1000}};
  SetClosed(run, Time{seconds{2000}});
  run.outcome = outcome;
  RunModule good{.node = *NodeId::Parse("2"),
                 .expected = true,
                 .ever_recorded = true,
                 .record = Record("mail1", 0),
                 .borrowed = {},
                 .verdict = Verdict::kSucceeded};
  RunModule bad = good;
  bad.record = Record("web1", 1);
  bad.verdict = Verdict::kFailed;
  Finding& finding = bad.record->finding.emplace();
  finding.probed_at = Time{seconds{2100}};
  finding.newest = Snapshot{Time{seconds{500}}, "a2a4", 4096};
  finding.cause = ProbeCause::kLocked;
  finding.words = "locked by \xff";
  run.modules = {{ModuleId{"mail1"}, good}, {ModuleId{"web1"}, bad}};
  return run;
}

store::MessageStatus MakeMessage(int id, int run, int request) {
  store::MessageStatus status;
  status.message.id = MessageId{id};
  status.message.request = TriggerId{request};
  if (run != 0) status.message.runs = {RunId{run}};
  status.message.subject = "\xe2\x9d\x8c Backup failed";
  status.message.mail = "Subject: x\r\n\r\nbody\r\n";
  store::DeliveryStatus delivery{
      "admin@example.org", DeliveryState::kWaiting, Time{seconds{3000}}, {}};
  delivery.attempts.push_back(
      {Time{seconds{2500}}, AttemptResult::kTemporary, "451 4.7.1 try later"});
  status.deliveries = {delivery};
  return status;
}

bool Has(const HttpAnswer& answer, const std::string& text) {
  return answer.body.find(text) != std::string::npos;
}

TEST_CASE("runs are listed newest first, filtered and page by page", "[api]") {
  ApiWorld world;
  world.archive.Add(MakeRun(1, "1", Outcome::kSuccess));
  world.archive.Add(MakeRun(2, "2", Outcome::kPartial));
  world.archive.Add(MakeRun(3, "1", Outcome::kPartial));

  const HttpAnswer all = world.Get("/api/runs");
  CHECK(all.status == 200);
  CHECK(all.body.find("\"id\":3") < all.body.find("\"id\":2"));
  CHECK(Has(all, R"("next_before":null)"));
  CHECK(Has(all, "Nightly \xef\xbf\xbd"));
  CHECK(Has(all, R"("begin":"1970-01-01T00:16:40Z","begin_unix":1000)"));
  CHECK(Has(all, R"("modules":2,"succeeded":1)"));

  CHECK_FALSE(Has(world.Get("/api/runs", "plan=1"), "\"id\":2,"));
  CHECK_FALSE(Has(world.Get("/api/runs", "outcome=SUCCESS"), "\"id\":3,"));
  const HttpAnswer page = world.Get("/api/runs", "limit=1&before=3");
  CHECK(Has(page, "\"id\":2,"));
  CHECK(Has(page, R"("next_before":2)"));
  CHECK_FALSE(Has(page, "\"id\":1,"));
}

TEST_CASE("a query that means nothing is answered 400", "[api]") {
  ApiWorld world;
  for (const char* query : {"outcome=success", "limit=0", "limit=1001", "limit=x", "before=-1"}) {
    CAPTURE(query);
    CHECK(world.Get("/api/runs", query).status == 400);
  }
  CHECK(world.Get("/api/runs", "limit=1000&before=&outcome=&other=1").status == 200);
}

TEST_CASE("a run is shown with modules, verdicts, messages and attempts", "[api]") {
  ApiWorld world;
  world.archive.Add(MakeRun(7, "1", Outcome::kPartial));
  world.archive.Add(MakeMessage(5, 7, 0));
  world.archive.Add(MakeMessage(6, 8, 0));

  const HttpAnswer run = world.Get("/api/runs/7");

  CHECK(run.status == 200);
  CHECK(Has(run, R"("outcome":"PARTIAL")"));
  CHECK(Has(run, R"("module":"web1","ui_name":"","node":2,"node_name":"","verdict":"failed")"));
  CHECK(Has(run, R"("errors":0,"error_text":"","error_cause":null,"size_bytes":4096)"));
  CHECK(Has(
      run,
      R"("errors":1,"error_text":"","error_cause":null,"size_bytes":null)"));  // NS8 repeats the old snapshot's
  CHECK(Has(run, R"("recipient":"admin@example.org","state":"waiting")"));
  CHECK(Has(run, R"("result":"temporary","detail":"451 4.7.1 try later")"));
  CHECK_FALSE(Has(run, R"("id":6)"));
}

TEST_CASE("a run is called as its mail calls it, in the list and by itself", "[api]") {
  ApiWorld world;
  Run doubted = MakeRun(1, "1", Outcome::kIncomplete);
  doubted.modules.erase(ModuleId{"web1"});
  world.archive.Add(doubted);
  Run waited_for = MakeRun(2, "1", Outcome::kIncomplete);
  waited_for.modules.at(ModuleId{"web1"}).record.reset();
  world.archive.Add(waited_for);
  Run open = MakeRun(3, "1", Outcome::kPartial);
  open.outcome.reset();
  SetClosed(open, std::nullopt);
  world.archive.Add(open);
  Run alerted = open;
  alerted.id = RunId{4};
  alerted.alert = CausingAlert{Time{seconds{1000}}, "2", true};
  for (auto& [id, module] : alerted.modules) module.record.reset();
  world.archive.Add(alerted);

  const HttpAnswer all = world.Get("/api/runs");
  CHECK(Has(all, R"("outcome":"INCOMPLETE","phrase":"not_confirmed","modules":1,)"));
  CHECK(Has(all, R"("outcome":"INCOMPLETE","phrase":"not_finished","modules":2,)"));
  CHECK(Has(all, R"("outcome":null,"phrase":null,"modules":2,)"));
  CHECK(all.body.find(R"("state":"alerted")") < all.body.find(R"("state":"open")"));
  CHECK(Has(world.Get("/api/runs/2"), R"("outcome":"INCOMPLETE","phrase":"not_finished")"));
  CHECK(Has(world.Get("/api/runs/3"), R"("outcome":null,"phrase":null)"));
}

TEST_CASE("what a repository holds is shown with its module", "[api]") {
  ApiWorld world;
  world.archive.Add(MakeRun(7, "1", Outcome::kPartial));

  const HttpAnswer run = world.Get("/api/runs/7");

  CHECK(Has(run, R"("file_count":null},"finding":null,)"));
  CHECK(Has(
      run,
      R"("finding":{"probed_at":"1970-01-01T00:35:00Z","probed_at_unix":2100,)"
      R"("newest_snapshot":{"at":"1970-01-01T00:08:20Z","at_unix":500,"id":"a2a4","size_bytes":4096},)"
      R"("snapshot_of_run":null,"cause":"locked","words":"locked by )"
      "\xef\xbf\xbd\",\"complete\":true}"));
}

TEST_CASE("a run is in words where a language is asked for", "[api]") {
  ApiWorld world;
  world.archive.Add(MakeRun(7, "1", Outcome::kPartial));

  CHECK_FALSE(Has(world.Get("/api/runs/7"), "says"));
  CHECK(world.asked_languages == std::vector<std::optional<Language>>{std::nullopt});
  for (const int id : {6, 5}) {
    PastRun& before = world.archive.history.runs_before.emplace_back();
    before.id = RunId{id};
    before.outcome = Outcome::kPartial;
  }
  const HttpAnswer told = world.Get("/api/runs/7", "language=it");
  CHECK(Has(told, R"("newest_data":"1970-01-01T00:08:20Z","newest_data_unix":500)"));
  CHECK(Has(told, R"("fixed_after":0,"says":[]})"));  // of mail1 nothing is said
  CHECK(Has(told, R"("failure_in_row":3,"fixed_after":0,"failing_since")"));
  CHECK(Has(told, "Il repository è bloccato (lock).\"]},"));
  CHECK(Has(told,
            R"("commands":["runagent restic-wrapper --module web1 --backup 1 unlock"],"more":"")"));
  CHECK(Has(world.Get("/api/runs/7", "language=en"), "The repository is locked.\"]},"));
  CHECK(world.Get("/api/runs/7", "language=de").status == 400);
}

TEST_CASE("results come run by run, module by module", "[api]") {
  ApiWorld world;
  world.archive.Add(MakeRun(1, "1", Outcome::kPartial));
  world.archive.Add(MakeRun(2, "2", Outcome::kPartial));
  world.archive.Add(MakeRun(3, "1", Outcome::kPartial));

  const HttpAnswer results = world.Get("/api/results", "plan=1&limit=1");

  CHECK(Has(results, R"("runs":[{"id":3,)"));
  CHECK(Has(
      results,
      R"("results":[{"run":3,"module":"mail1","node":2,"verdict":"succeeded","without_snapshot":false,"rank":0,"size_bytes":4096,"seconds":90},)"
      R"({"run":3,"module":"web1","node":2,"verdict":"failed","without_snapshot":false,"rank":6,"size_bytes":null,"seconds":90}],"next_before":3})"));
  CHECK(world.Get("/api/results", "limit=0").status == 400);
}

Run LargeRun(int id, int modules) {
  Run run = MakeRun(id, "1", Outcome::kPartial);
  const RunModule one = run.modules.begin()->second;
  run.modules.clear();
  for (int i = 0; i < modules; ++i) run.modules[ModuleId{"m" + std::to_string(i)}] = one;
  return run;
}

TEST_CASE("results of very many modules come in pages of whole runs", "[api][hostile]") {
  ApiWorld world;
  world.archive.Add(LargeRun(1, 10));
  world.archive.Add(LargeRun(2, 1));
  world.archive.Add(LargeRun(3, 25'000));
  world.archive.Add(LargeRun(4, 25'000));

  const HttpAnswer first = world.Get("/api/results");
  CHECK(Has(first, R"({"run":3,"module":"m1",)"));
  CHECK_FALSE(Has(first, R"({"run":2,)"));
  CHECK(Has(first, R"("next_before":3})"));
  const HttpAnswer rest = world.Get("/api/results", "before=3");
  CHECK(Has(rest, R"({"run":1,"module":"m9",)"));
  CHECK(Has(rest, R"("next_before":null})"));

  world.archive.Add(LargeRun(5, 50'001));  // one run is never cut
  CHECK(Has(world.Get("/api/results"), R"({"run":5,"module":"m50000",)"));
}

TEST_CASE("where too many readers wait, the next is told when to come again", "[api]") {
  ApiWorld world;
  world.readers_wait = true;
  for (const char* path : {"/api/runs", "/api/runs/1", "/api/results", "/api/messages/1",
                           "/api/requests/1", "/api/status", "/api/overview"}) {
    CAPTURE(path);
    const HttpAnswer answer = world.Get(path);
    CHECK(answer.status == 503);
    CHECK(answer.headers.at(0) == std::pair<std::string, std::string>{"Retry-After", "2"});
  }
  CHECK(world.Post("/api/send-again/5", "").status == 503);
  CHECK(world.sent_again == 0);
  CHECK(
      Has(world.Get("/metrics"), "backup_monitor_bound_reached_total{bound=\"http_readers\"} 8\n"));
  // What decides whether an alert arrives does not wait behind them.
  CHECK(world.Get("/health").status == 200);
  CHECK(world.Get("/ready").status == 200);
  CHECK(world.Get("/metrics").status == 200);
  CHECK(world.Post("/alert", testing::kSmallestAlert).status == 202);
}

TEST_CASE("a message is sent again when it is asked for", "[api]") {
  ApiWorld world;
  CHECK(world.Post("/api/send-again/5", "").status == 202);
  CHECK(world.sent_again == 1);
  CHECK(world.Post("/api/send-again/6", "").status == 404);
  CHECK(world.Post("/api/send-again/x", "").status == 404);
  CHECK(world.Get("/api/send-again/5").status == 405);
  CHECK(world.sent_again == 1);
}

TEST_CASE("a message is shown, and its mail given as it was sent", "[api]") {
  ApiWorld world;
  world.archive.Add(MakeMessage(5, 0, 9));

  CHECK(Has(world.Get("/api/messages/5"), R"("request":9)"));
  const HttpAnswer mail = world.Get("/api/messages/5.eml");
  CHECK(mail.status == 200);
  CHECK(mail.content_type == "message/rfc822");
  CHECK(mail.body == "Subject: x\r\n\r\nbody\r\n");
  CHECK(Has(world.Get("/api/requests/9"), R"("messages":[{"id":5)"));
  CHECK(world.Get("/api/requests/10").body == R"({"request":10,"messages":[]})");
}

TEST_CASE("what is not there is answered 404", "[api]") {
  ApiWorld world;
  for (const char* path : {"/", "/alerts", "/api", "/api/", "/api/runs//", "/api/runs/1",
                           "/api/runs/x", "/api/runs/1/2", "/api/messages/1.eml",
                           "/api/messages/.eml", "/api/requests/0", "/Alert", "*"}) {
    CAPTURE(path);
    CHECK(world.Get(path).status == 404);
  }
}

TEST_CASE("a method that does not fit is answered 405 with those that do", "[api]") {
  ApiWorld world;
  const HttpAnswer get = world.Get("/alert");
  CHECK(get.status == 405);
  CHECK(get.headers.at(0) == std::pair<std::string, std::string>{"Allow", "POST"});
  CHECK(world.Post("/health", "").headers.at(0).second == "GET, HEAD");

  http::HttpRequest head;
  head.method = "HEAD";
  head.path = "/health";
  CHECK(world.Ask(head).status == 200);
}

TEST_CASE("a store that cannot be read is answered 503", "[api]") {
  ApiWorld world;
  world.archive.SetOutage(Error{ErrorCode::kUnavailable, "disk I/O error"});
  for (const char* path :
       {"/api/runs", "/api/results", "/api/runs/1", "/api/messages/1", "/api/requests/1"}) {
    CAPTURE(path);
    CHECK(world.Get(path).status == 503);
  }
  CHECK(world.Get("/health").status == 200);
}

TEST_CASE("status and metrics are given as they are", "[api]") {
  ApiWorld world;
  CHECK(world.Get("/api/status").body == R"({"plans":2})");
  const HttpAnswer metrics = world.Get("/metrics");
  CHECK(metrics.content_type == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(Has(metrics, "# TYPE backup_monitor_triggers_total counter\n"));
  CHECK(Has(metrics, R"(backup_monitor_triggers_total{kind="alert",answer="accepted"} 0)"));
}

TEST_CASE("metrics count each bound that has been reached", "[api]") {
  NoteBoundReached("test_api_bound", "nothing more fits", 2);
  const HttpAnswer metrics = ApiWorld{}.Get("/metrics");
  CHECK(metrics.body.find("backup_monitor_bound_reached_total{bound=\"test_api_bound\"} 2\n") !=
        std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::app::api
