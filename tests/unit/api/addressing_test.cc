#include "app/api/addressing.h"

#include <string>

#include "catch.h"
#include "unit/api/api_world.h"

namespace backup_monitor::app::api {
namespace {

using http::HttpRequest;
using testing::ApiWorld;
using testing::kSmallestAlert;

HttpRequest Asking(const std::string& host, const std::string& path = "/api/runs") {
  HttpRequest request;
  request.method = "GET";
  request.path = path;
  request.host = http::ParseHost(host).value_or(http::HttpHost{});
  request.local_address = "10.5.4.1";
  return request;
}

int StatusOf(const HttpRequest& request) {
  const auto refusal = RefuseForeign(request, {"node1.example.org", "node1", "192.0.2.7"});
  return refusal ? refusal->status : 0;
}

TEST_CASE("a request for one of our names is taken, whatever the port", "[api]") {
  const std::string host =
      GENERATE(as<std::string>{}, "127.0.0.1:9099", "localhost:9099", "LOCALHOST.", "[::1]:9099",
               "127.8.9.10", "[::ffff:127.0.0.1]", "10.5.4.1:20001", "[::ffff:10.5.4.1]",
               "node1.example.org", "Node1", "192.0.2.7:1", "localhost.localdomain",
               "ip6-localhost", "host.containers.internal:9099");
  CAPTURE(host);
  CHECK(StatusOf(Asking(host)) == 0);
}

TEST_CASE("a request for any other name is misdirected", "[api][hostile]") {
  const std::string host =
      GENERATE(as<std::string>{}, "evil.example:9099", "localhost.evil.example",
               "127.0.0.1.evil.example", "127.evil.example", "10.5.4.2", "[::2]", "node2",
               "1.node1", "2130706433", "127.1", "0177.0.0.1", "evil.internal");
  CAPTURE(host);
  CHECK(StatusOf(Asking(host)) == 421);
}

TEST_CASE("the refusal says what to do", "[api]") {
  ApiWorld world;
  const http::HttpAnswer answer = world.Ask(Asking("monitor.example.org"));
  CHECK(answer.body.find("'monitor.example.org' is not a name of this receiver") !=
        std::string::npos);
  CHECK(answer.body.find("receiver.host_names") != std::string::npos);
}

TEST_CASE("a page of another origin is refused, also where its Host is ours", "[api][hostile]") {
  HttpRequest request = Asking("localhost:9099");
  SECTION("by its origin") {
    request.origin = GENERATE(
        as<std::string>{}, "http://evil.example", "http://evil.example:9099", "null",
        "http://localhost", "http://localhost:3000", "https://localhost", "ftp://localhost:9099",
        "http://localhost:9099.evil.example", "http://localhost:9099/", "localhost:9099",
        "http://127.0.0.1:9099", "http://user@localhost:9099", "chrome-extension://abc");
    CAPTURE(request.origin);
    CHECK(StatusOf(request) == 403);
  }
  SECTION("by what the browser says of it") {
    request.sec_fetch_site =
        GENERATE(as<std::string>{}, "cross-site", "same-site", "Cross-Site", "something-new");
    CAPTURE(request.sec_fetch_site);
    CHECK(StatusOf(request) == 403);
  }
}

TEST_CASE("a page of our own origin, and an address that somebody typed, are served", "[api]") {
  struct Case {
    std::string host, origin, site;
  };
  const auto each = GENERATE(Case{"localhost:9099", "http://localhost:9099", "same-origin"},
                             Case{"localhost:9099", "", "none"},
                             Case{"node1.example.org", "https://node1.example.org", "same-origin"},
                             Case{"node1.example.org:443", "https://node1.example.org", ""},
                             Case{"node1.example.org", "http://NODE1.example.org:80", ""},
                             Case{"[::1]:9099", "http://[::1]:9099", ""});
  CAPTURE(each.host, each.origin);
  HttpRequest request = Asking(each.host);
  request.origin = each.origin;
  request.sec_fetch_site = each.site;
  CHECK(StatusOf(request) == 0);
}

TEST_CASE("every path wants a host of ours, before the token and whatever it is",
          "[api][hostile]") {
  ApiWorld world;
  for (const char* path :
       {"/alert", "/event", "/event/leader-changed", "/health", "/ready", "/metrics", "/api/status",
        "/api/overview", "/api/runs", "/api/runs/1", "/api/results", "/api/messages/1",
        "/api/messages/1.eml", "/api/requests/1", "/api/test-mail", "/api/report",
        "/api/send-again/1", "/nothing"}) {
    CAPTURE(path);
    HttpRequest request = Asking("evil.example", path);
    CHECK(world.Ask(request).status == 421);
    request = Asking("localhost", path);
    request.sec_fetch_site = "cross-site";
    CHECK(world.Ask(request).status == 403);
  }
}

TEST_CASE("what is refused is counted by reason, and a trigger as such", "[api]") {
  ApiWorld world;
  HttpRequest request = ApiWorld::Posting("/alert", kSmallestAlert);
  request.host.name = "evil.example";
  CHECK(world.Ask(request).status == 421);
  request.host.name = "localhost";
  request.origin = "null";
  CHECK(world.Ask(request).status == 403);

  CHECK(world.Counted("alert", "misdirected", 1));
  CHECK(world.Counted("alert", "forbidden", 1));
  CHECK(world.Stored().empty());
  const std::string metrics = world.metrics.Expose();
  CHECK(metrics.find("backup_monitor_requests_refused_total{reason=\"host\"} 1\n") !=
        std::string::npos);
  CHECK(metrics.find("backup_monitor_requests_refused_total{reason=\"origin\"} 1\n") !=
        std::string::npos);
}

TEST_CASE("an old probe without Host learns that we live, and nothing else", "[api]") {
  ApiWorld world;
  CHECK(world.Ask(Asking("", "/health")).status == 200);
  CHECK(world.Ask(Asking("", "/ready")).status == 200);
  CHECK(world.Ask(Asking("", "/metrics")).status == 400);
  CHECK(world.Ask(Asking("", "/api/runs")).status == 400);
  CHECK(world.Ask(Asking("", "/alert")).status == 400);
}

TEST_CASE("names of the configuration count from the next request on", "[api]") {
  ApiWorld world;
  CHECK(world.Ask(Asking("monitor.example.org")).status == 421);
  ApiSettings settings;
  settings.host_names = {"monitor.example.org"};
  world.api.Reconfigure(settings);
  CHECK(world.Ask(Asking("monitor.example.org")).status == 200);
}

}  // namespace
}  // namespace backup_monitor::app::api
