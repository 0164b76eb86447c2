// The endpoints as Alertmanager and an attacker meet them: real sockets, on fakes of the store.
#include <fstream>
#include <sstream>
#include <string>

#include "catch.h"
#include "integration/http/answering_thread.h"
#include "integration/http/raw_client.h"
#include "unit/api/api_world.h"

namespace backup_monitor::http {
namespace {

using testing::ApiWorld;
using testing::kSmallestAlert;
using testing::PostText;
using testing::RawClient;
using testing::Serve;

struct WireWorld : ApiWorld {
  explicit WireWorld(app::api::ApiSettings settings = {}) : ApiWorld{std::move(settings)} {
    HttpServerSettings server_settings;
    server_settings.on_refused = [this](const HttpRequest& request, int status) {
      api.CountRefused(request, status);
    };
    server = Serve([this](const HttpRequest& request,
                          Respond respond) { api.Handle(request, std::move(respond)); },
                   server_settings);
  }
  int Status(const std::string& bytes) {
    RawClient client{server->port()};
    client.Send(bytes);
    return client.Receive().status;
  }
  std::unique_ptr<HttpServer> server;
};

std::string Capture(const std::string& name) {
  std::ifstream file{std::string{ALERTMANAGER_CAPTURES} + "/" + name, std::ios::binary};
  std::ostringstream all;
  all << file.rdbuf();
  return all.str();
}

TEST_CASE("captured requests of Alertmanager are accepted over one connection", "[http]") {
  app::api::ApiSettings settings;
  settings.token = Secret{"s3cr3t-token"};
  WireWorld world{settings};
  RawClient client{world.server->port()};
  for (const char* name : {"firing.http", "partly_resolved.http", "resolved.http"}) {
    CAPTURE(name);
    REQUIRE_FALSE(Capture(name).empty());
    client.Send(Capture(name));
    CHECK(client.Receive().status == 202);
  }
  CHECK(world.Stored().size() == 2);  // one alert is in two of the captures, and waits once
}

TEST_CASE("a missing token is answered with how to give it", "[http]") {
  app::api::ApiSettings settings;
  settings.token = Secret{"t0ken"};
  WireWorld world{settings};
  RawClient client{world.server->port()};
  client.Send(PostText("/alert", kSmallestAlert));
  CHECK(client.Receive().head.find("WWW-Authenticate: Bearer realm=") != std::string::npos);
  client.Send(PostText("/alert", kSmallestAlert, "Authorization: Bearer t0ken\r\n"));
  CHECK(client.Receive().body == R"({"accepted":1,"resolved":0,"foreign":0})");
}

TEST_CASE("hostile bodies are refused, and the next request is served", "[http][hostile]") {
  WireWorld world;
  CHECK(world.Status(PostText("/alert", std::string(262'144, '['))) == 400);
  CHECK(world.Status(PostText("/event", std::string(262'144, '['))) == 400);
  CHECK(world.Status(PostText("/alert", std::string(2 * 1024 * 1024, ' '))) == 413);
  CHECK(world.Status(PostText("/alert", "{\"alerts\":[{\"labels\":{\"alertname\":\"\xff\"}}]}")) ==
        400);
  CHECK(world.Status(PostText("/alert", "")) == 400);
  CHECK(world.Stored().empty());
  CHECK(world.Counted("alert", "too_large", 1));

  CHECK(world.Status(PostText("/alert", kSmallestAlert)) == 202);
  CHECK(world.Stored().size() == 1);
}

TEST_CASE("odd targets are not found, never followed", "[http][hostile]") {
  WireWorld world;
  for (const char* target : {"/../etc/passwd", "//health", "/health//", "/%68ealth",
                             "/api/runs/1%00", "/api/runs/../status"}) {
    CAPTURE(target);
    CHECK(world.Status(std::string{"GET "} + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n") ==
          404);
  }
  CHECK(world.Status("GET /health?x HTTP/1.1\r\nHost: localhost\r\n\r\n") == 200);
  CHECK(world.Status("TRACE /health HTTP/1.1\r\nHost: localhost\r\n\r\n") == 405);
}

}  // namespace
}  // namespace backup_monitor::http
