#include <string>

#include "catch.h"
#include "unit/api/api_world.h"

namespace backup_monitor::app::api {
namespace {

using store::RequestKind;
using testing::ApiWorld;
using testing::kSmallestAlert;

TEST_CASE("a firing alert is answered 202 once it is stored, and the worker is woken", "[api]") {
  ApiWorld world;

  const http::HttpAnswer answer = world.Post("/alert", kSmallestAlert);

  CHECK(answer.status == 202);
  CHECK(answer.body == R"({"accepted":1,"resolved":0,"foreign":0})");
  REQUIRE(world.Stored().size() == 1);
  CHECK(std::get<Alert>(world.Stored()[0].body).labels.at("alertname") == "NethServerBackupFailed");
  CHECK(world.Stored()[0].received_at == world.clock.Now());
  CHECK(world.wakes == 1);
  CHECK(world.Counted("alert", "accepted", 1));
}

TEST_CASE("nothing is answered before the trigger is on disk", "[api]") {
  ApiWorld world;
  world.inbox.Hold();
  int answers = 0;
  int status = 0;
  world.api.Handle(ApiWorld::Posting("/alert", kSmallestAlert),
                   [&](const http::HttpAnswer& answer) {
                     ++answers;
                     status = answer.status;
                   });
  CHECK(answers == 0);
  CHECK(world.wakes == 0);

  world.inbox.Release();

  CHECK(answers == 1);
  CHECK(status == 202);
  CHECK(world.wakes == 1);
}

TEST_CASE("what cannot be stored is answered 503 and wakes nobody", "[api]") {
  ApiWorld world;
  world.inbox.SetOutage(Error{ErrorCode::kUnavailable, "disk full"});
  struct Case {
    std::string path;
    std::string body;
    std::string kind;
  };
  const auto each =
      GENERATE(Case{"/alert", kSmallestAlert, "alert"}, Case{"/event", "{}", "event"},
               Case{"/api/test-mail", "", "request"}, Case{"/api/report", "", "request"});
  CAPTURE(each.path);

  const http::HttpAnswer answer = world.Post(each.path, each.body);

  CHECK(answer.status == 503);
  CHECK(answer.body == R"({"error":"cannot be stored now"})");
  CHECK(world.wakes == 0);
  CHECK(world.Counted(each.kind, "unavailable", 1));
}

TEST_CASE("alerts that are resolved or not ours are accepted, counted, and not stored", "[api]") {
  ApiWorld world;

  const http::HttpAnswer answer =
      world.Post("/alert", R"({"alerts":[{"labels":{"alertname":"HostDown"}},
      {"status":"resolved","labels":{"alertname":"BackupFailed"}}]})");

  CHECK(answer.status == 202);
  CHECK(answer.body == R"({"accepted":0,"resolved":1,"foreign":1})");
  CHECK(world.Stored().empty());
  CHECK(world.wakes == 0);
  CHECK(world.Counted("alert", "resolved", 1));
  CHECK(world.Counted("alert", "foreign", 1));
}

TEST_CASE("a body that will never parse is answered 400", "[api]") {
  ApiWorld world;
  CHECK(world.Post("/alert", "{}").body == R"({"error":"'alerts' is missing"})");
  CHECK(world.Post("/alert", "{}").status == 400);
  CHECK(world.Post("/event", "[]").status == 400);
  CHECK(world.Post("/api/report", "[]").status == 400);
  CHECK(world.Post("/api/report", R"({"plan":7})").status == 400);
  CHECK(world.Post("/api/report", R"({"plan":""})").status == 400);
  CHECK(world.Stored().empty());
  CHECK(world.Counted("alert", "malformed", 2));
  CHECK(world.Counted("event", "malformed", 1));
  CHECK(world.Counted("request", "malformed", 3));
}

TEST_CASE("a body must say that it is JSON", "[api]") {
  ApiWorld world;
  http::HttpRequest request = ApiWorld::Posting("/alert", kSmallestAlert);
  const std::string type = GENERATE(as<std::string>{}, "", "text/plain", "application/jsonx",
                                    "application/x-www-form-urlencoded");
  request.content_type = type;
  CAPTURE(type);
  CHECK(world.Ask(request).status == 415);
  CHECK(world.Counted("alert", "unsupported", 1));
  CHECK(world.Stored().empty());
}

TEST_CASE("a character set beside application/json does no harm", "[api]") {
  ApiWorld world;
  http::HttpRequest request = ApiWorld::Posting("/alert", kSmallestAlert);
  request.content_type =
      GENERATE(as<std::string>{}, "application/json; charset=utf-8", "Application/JSON ;x");
  CHECK(world.Ask(request).status == 202);
}

TEST_CASE("a compressed body is refused by its name, with what would be taken", "[api]") {
  ApiWorld world;
  http::HttpRequest request = ApiWorld::Posting("/alert", "\x1f\x8b");
  request.content_encoding = "gzip";

  const http::HttpAnswer answer = world.Ask(request);

  CHECK(answer.status == 415);
  CHECK(answer.body.find("'gzip'") != std::string::npos);
  REQUIRE(answer.headers.size() == 1);
  CHECK(answer.headers[0] == std::pair<std::string, std::string>{"Accept-Encoding", "identity"});
  CHECK(world.Counted("alert", "unsupported", 1));

  request.content_encoding = "identity";
  request.body = kSmallestAlert;
  CHECK(world.Ask(request).status == 202);
}

TEST_CASE("a slash at the end of a path does no harm", "[api]") {
  ApiWorld world;
  CHECK(world.Post("/alert/", kSmallestAlert).status == 202);
  CHECK(world.Post("/event/", "{}").status == 202);
  CHECK(world.Get("/api/runs/").status == 200);
  CHECK(world.Get("/health/").status == 200);
  CHECK(world.Post("/alert//", kSmallestAlert).status == 404);
  CHECK(world.Get("/").status == 404);
}

ApiSettings SmallBodies() {
  ApiSettings settings;
  settings.max_body_bytes = 16;
  return settings;
}

TEST_CASE("a body at the limit is taken, one byte more is answered 413", "[api]") {
  ApiWorld world{SmallBodies()};
  CHECK(world.Post("/event", "{" + std::string(14, ' ') + "}").status == 202);
  CHECK(world.Post("/event", "{" + std::string(15, ' ') + "}").status == 413);
  CHECK(world.Counted("event", "too_large", 1));
}

TEST_CASE("an event is stored as a hint", "[api]") {
  ApiWorld world;
  CHECK(world.Post("/event", R"({"node_id":1,"backup_id":1,"module_id":"mail1"})").status == 202);
  REQUIRE(world.Stored().size() == 1);
  CHECK(std::holds_alternative<BackupEvent>(world.Stored()[0].body));
  CHECK(world.Counted("event", "accepted", 1));
}

TEST_CASE("a request is answered with the number to ask for", "[api]") {
  ApiWorld world;
  CHECK(world.Post("/api/test-mail", "").body == R"({"request":1})");
  CHECK(world.Post("/api/report", R"({"plan":"1"})").body == R"({"request":2})");
  CHECK(world.Post("/api/report", "{}").status == 202);
  CHECK(world.Post("/api/report", "").status == 202);

  const auto stored = world.Stored();
  REQUIRE(stored.size() == 4);
  CHECK(std::holds_alternative<TestMailRequest>(stored[0].body));
  CHECK(std::get<ReportRequest>(stored[1].body).plan == PlanId{"1"});
  CHECK_FALSE(std::get<ReportRequest>(stored[2].body).plan);
  CHECK(world.Counted("request", "accepted", 4));
}

TEST_CASE("what the server refused is counted where it was meant for us", "[api]") {
  ApiWorld world;
  http::HttpRequest request;
  request.path = "/alert";
  world.api.CountRefused(request, 413);
  world.api.CountRefused(request, 408);
  world.api.CountRefused({}, 400);
  CHECK(world.Counted("alert", "too_large", 1));
  CHECK(world.Counted("alert", "malformed", 1));
}

TEST_CASE("of test mails and of reports one at a time is made", "[api]") {
  ApiWorld world;
  const auto [path, kind, other] = GENERATE(table<std::string, RequestKind, std::string>(
      {{"/api/test-mail", RequestKind::kTestMail, "/api/report"},
       {"/api/report", RequestKind::kReport, "/api/test-mail"}}));
  CHECK(world.Post(path, "{}").status == 202);
  world.archive.SetInProgress(kind, true);

  const http::HttpAnswer refused = world.Post(path, "{}");
  CHECK(refused.status == 429);
  CHECK(refused.body.find("still in progress") != std::string::npos);
  REQUIRE(refused.headers.size() == 1);
  CHECK(refused.headers[0] == std::pair<std::string, std::string>{"Retry-After", "5"});
  CHECK(world.Counted("request", "busy", 1));
  CHECK(world.Stored().size() == 1);
  CHECK(world.Post(other, "{}").status == 202);

  world.archive.SetInProgress(kind, false);
  CHECK(world.Post(path, "{}").status == 202);
}

TEST_CASE("a request that is being stored lets no second one in, and one that failed does",
          "[api]") {
  ApiWorld world;
  world.inbox.SetOutage(Error{ErrorCode::kUnavailable, "disk full"});
  CHECK(world.Post("/api/test-mail", "{}").status == 503);
  world.inbox.SetOutage(std::nullopt);
  CHECK(world.Post("/api/test-mail", "{}").status == 202);

  RequestGate gate{world.archive, world.clock};
  CHECK(gate.Enter(RequestKind::kReport).value());
  CHECK_FALSE(gate.Enter(RequestKind::kReport).value());
  gate.Leave(RequestKind::kReport);
  CHECK(gate.Enter(RequestKind::kReport).value());
}

TEST_CASE("where the store cannot be read no request is taken", "[api]") {
  ApiWorld world;
  world.archive.SetOutage(Error{ErrorCode::kUnavailable, "gone"});
  CHECK(world.Post("/api/test-mail", "{}").status == 503);
  world.archive.SetOutage(std::nullopt);
  CHECK(world.Post("/api/test-mail", "{}").status == 202);
}

}  // namespace
}  // namespace backup_monitor::app::api
