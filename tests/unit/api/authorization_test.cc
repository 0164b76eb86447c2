#include "app/api/authorization.h"

#include <string>

#include "catch.h"
#include "unit/api/api_world.h"

namespace backup_monitor::app::api {
namespace {

using testing::ApiWorld;
using testing::kSmallestAlert;

ApiSettings Settings(const std::string& token, bool alert_token, bool beyond_loopback) {
  ApiSettings settings;
  settings.token = Secret{token};
  settings.alert_token = alert_token;
  settings.beyond_loopback = beyond_loopback;
  return settings;
}

TEST_CASE("who may do what: every combination", "[api]") {
  struct Case {
    std::string token;
    bool alert_token;
    bool beyond_loopback;
    bool alert_open;  ///< Without a header.
    bool rest_open;
  };
  const auto each =
      GENERATE(Case{"", true, false, true, true}, Case{"", false, false, true, true},
               Case{"", true, true, false, false}, Case{"", false, true, false, false},
               Case{"t0ken", true, false, false, false}, Case{"t0ken", false, false, true, false},
               Case{"t0ken", true, true, false, false}, Case{"t0ken", false, true, false, false});
  CAPTURE(each.token, each.alert_token, each.beyond_loopback);
  const ApiSettings settings = Settings(each.token, each.alert_token, each.beyond_loopback);

  CHECK(IsAllowed(Access::kAlert, "", settings) == each.alert_open);
  CHECK(IsAllowed(Access::kToken, "", settings) == each.rest_open);
  CHECK(IsAllowed(Access::kOpen, "", settings));
  if (!each.token.empty()) CHECK(IsAllowed(Access::kToken, "Bearer t0ken", settings));
  if (each.token.empty() && each.beyond_loopback)
    CHECK_FALSE(IsAllowed(Access::kToken, "Bearer ", settings));
}

TEST_CASE("only the whole token opens", "[api][hostile]") {
  const ApiSettings settings = Settings("t0ken", true, false);
  const std::string wrong = GENERATE(as<std::string>{}, "", "Bearer", "Bearer ", "Bearer t0ke",
                                     "Bearer t0kent", "Bearer t0kent0ken", "Bearer T0ken",
                                     "Basic t0ken", "t0ken", "Bearer t0ken x", "Bearert0ken");
  CAPTURE(wrong);
  CHECK_FALSE(IsAllowed(Access::kToken, wrong, settings));
  CHECK(IsAllowed(Access::kToken, "bearer  t0ken", settings));
}

TEST_CASE("without the token a trigger is answered 401 and counted, health is answered", "[api]") {
  ApiWorld world{Settings("t0ken", true, false)};

  const http::HttpAnswer answer = world.Post("/alert", kSmallestAlert);

  CHECK(answer.status == 401);
  REQUIRE(answer.headers.size() == 1);
  CHECK(answer.headers[0].first == "WWW-Authenticate");
  CHECK(world.Stored().empty());
  CHECK(world.Counted("alert", "unauthorized", 1));
  CHECK(world.Post("/event", "{}").status == 401);
  CHECK(world.Post("/api/test-mail", "").status == 401);
  CHECK(world.Get("/api/runs").status == 401);
  CHECK(world.Get("/api/none").status == 401);
  CHECK(world.Get("/health").status == 200);
  CHECK(world.Get("/ready").status == 200);
  CHECK(world.Get("/metrics").status == 200);
}

TEST_CASE("a changed token counts from the next request on", "[api]") {
  ApiWorld world{Settings("old", true, false)};
  http::HttpRequest request = ApiWorld::Posting("/event", "{}");
  request.authorization = "Bearer old";
  CHECK(world.Ask(request).status == 202);
  world.api.Reconfigure(Settings("new", true, false));
  CHECK(world.Ask(request).status == 401);
  request.authorization = "Bearer new";
  CHECK(world.Ask(request).status == 202);
}

TEST_CASE("while nothing can be stored the daemon lives and is not ready", "[api]") {
  ApiWorld world;
  CHECK(world.Get("/ready").status == 200);
  world.store_error = "/var/lib/secret/monitor.db was removed or moved";

  const http::HttpAnswer ready = world.Get("/ready");

  CHECK(ready.status == 503);
  CHECK(ready.body.find("/var/lib") == std::string::npos);  // open to everybody
  CHECK(world.Get("/health").status == 200);
}

TEST_CASE("gauges are measured before they are shown", "[api]") {
  ApiWorld world;
  (void)world.Get("/metrics");
  CHECK(world.measured == 1);
}

}  // namespace
}  // namespace backup_monitor::app::api
