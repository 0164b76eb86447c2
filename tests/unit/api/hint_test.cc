// NS8's events that say only that something may be new.
#include <string>

#include "catch.h"
#include "unit/api/api_world.h"

namespace backup_monitor::app::api {
namespace {

using testing::ApiWorld;

TEST_CASE("a changed smarthost tries the mail that waits, and starts no look", "[api]") {
  ApiWorld world;

  const http::HttpAnswer answer = world.Post("/event/smarthost-changed", "{}");

  CHECK(answer.status == 202);
  CHECK(answer.body == R"({"accepted":1})");
  CHECK(world.relay_changes == 1);
  CHECK(world.wakes == 0);
  CHECK(world.Stored().empty());
  CHECK(world.Counted("event", "accepted", 1));
}

TEST_CASE("what has changed in the cluster is looked at now, and nothing is stored", "[api]") {
  ApiWorld world;
  const std::string name =
      GENERATE(as<std::string>{}, "backup-schedule-changed", "backup-destination-changed",
               "module-added", "module-added/", "module-removed", "leader-changed");
  CAPTURE(name);

  const http::HttpAnswer answer = world.Post("/event/" + name, R"({"module_id":"mail1"})");

  CHECK(answer.status == 202);
  CHECK(answer.body == R"({"accepted":1})");
  CHECK(world.wakes == 1);
  CHECK(world.relay_changes == 0);
  CHECK(world.Stored().empty());
  CHECK(world.Counted("event", "accepted", 1));
}

TEST_CASE("a finished module's event is the same under its own name", "[api]") {
  ApiWorld world;
  CHECK(world.Post("/event/backup-status-changed", R"({"backup_id":1})").status == 202);
  REQUIRE(world.Stored().size() == 1);
  CHECK(std::holds_alternative<BackupEvent>(world.Stored()[0].body));
  CHECK(world.wakes == 1);
  CHECK(world.Post("/event/backup-status-changed", "[]").status == 400);
}

TEST_CASE("an event of another name is not found and does nothing", "[api]") {
  ApiWorld world;
  const std::string name = GENERATE(as<std::string>{}, "module", "module-added/x", "user-added",
                                    "Module-Added", "module-added%00");
  CAPTURE(name);
  CHECK(world.Post("/event/" + name, "{}").status == 404);
  CHECK(world.wakes + world.relay_changes == 0);
  CHECK(world.Counted("event", "accepted", 0));
}

TEST_CASE("the body of a hint is NS8's own and may be anything", "[api][hostile]") {
  ApiWorld world;
  const std::string body =
      GENERATE(as<std::string>{}, "", "[]", "{", "\xff\xfe", std::string(65'536, '['));
  CHECK(world.Post("/event/module-added", body).status == 202);
  CHECK(world.Post("/event/smarthost-changed", body).status == 202);
  CHECK(world.wakes == 1);
  CHECK(world.relay_changes == 1);
}

TEST_CASE("a hint obeys the rules of every POST", "[api]") {
  ApiSettings settings;
  settings.token = Secret{"t0ken"};
  settings.max_body_bytes = 16;
  ApiWorld world{settings};
  http::HttpRequest request = ApiWorld::Posting("/event/smarthost-changed", "{}");
  CHECK(world.Ask(request).status == 401);
  CHECK(world.Post("/event/unheard-of", "{}").status == 401);
  request.authorization = "Bearer t0ken";
  request.content_type = "text/plain";
  CHECK(world.Ask(request).status == 415);
  request.content_type = "application/json";
  request.body = std::string(17, ' ');
  CHECK(world.Ask(request).status == 413);
  request.method = "GET";
  CHECK(world.Ask(request).status == 405);
  CHECK(world.relay_changes == 0);
  CHECK(world.Counted("event", "unauthorized", 1));
  CHECK(world.Counted("event", "unsupported", 1));
  CHECK(world.Counted("event", "too_large", 1));
  request.method = "POST";
  request.body = "{}";
  CHECK(world.Ask(request).status == 202);
  CHECK(world.relay_changes == 1);
}

}  // namespace
}  // namespace backup_monitor::app::api
