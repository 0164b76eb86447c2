#include "adapters/http/request_head.h"

#include <string>

#include "catch.h"

namespace backup_monitor::http {
namespace {

RequestHead Head(const std::string& text) {
  auto parsed = ParseRequestHead(text);
  REQUIRE(std::holds_alternative<RequestHead>(parsed));
  return std::get<RequestHead>(parsed);
}

TEST_CASE("a request head is taken apart", "[http]") {
  const auto head = Head(
      "POST /api/runs?plan=1&limit=2 HTTP/1.1\r\nHost: localhost\r\nuser-agent:\t a "
      "\r\nContent-TYPE: "
      "application/json\r\n"
      "Authorization: Bearer t\r\nContent-Length: 17\r\nX-Other: \xc3\xa8\r\n");

  CHECK(head.request.method == "POST");
  CHECK(head.request.path == "/api/runs");
  CHECK(head.request.query == "plan=1&limit=2");
  CHECK(head.request.user_agent == "a");
  CHECK(head.request.content_type == "application/json");
  CHECK(head.request.authorization == "Bearer t");
  CHECK(head.body_bytes == 17);
  CHECK(head.keep_alive);
  CHECK_FALSE(head.expects_continue);
}

TEST_CASE("a target may be a whole URI, and its fragment is dropped", "[http]") {
  CHECK(Head("GET http://a.b:1/x/y?z#f HTTP/1.1\r\nHost: localhost\r\n").request.path == "/x/y");
  CHECK(Head("GET http://a.b:1/x/y?z#f HTTP/1.1\r\nHost: localhost\r\n").request.query == "z");
  CHECK(Head("GET http://a.b HTTP/1.1\r\nHost: localhost\r\n").request.path == "/");
  CHECK(Head("GET /a?u=http://b/c HTTP/1.1\r\nHost: localhost\r\n").request.path == "/a");
  CHECK(Head("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n").request.path == "*");
}

TEST_CASE("the connection goes on as the peer asks", "[http]") {
  struct Case {
    std::string head;
    bool keep_alive;
    bool says_so;
  };
  const auto each = GENERATE(
      Case{"GET / HTTP/1.1\r\nHost: localhost\r\n", true, false},
      Case{"GET / HTTP/1.0\r\n", false, false},
      Case{"GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n", true, true},
      Case{"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", false, false},
      Case{"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade, CLOSE\r\n", false, false},
      Case{"GET / HTTP/1.0\r\nConnection: close, keep-alive\r\n", false, false});
  CAPTURE(each.head);
  CHECK(Head(each.head).keep_alive == each.keep_alive);
  CHECK(Head(each.head).says_keep_alive == each.says_so);
}

TEST_CASE("100 Continue is awaited only by HTTP/1.1", "[http]") {
  CHECK(Head("PUT / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-Continue\r\n").expects_continue);
  CHECK_FALSE(Head("PUT / HTTP/1.0\r\nExpect: 100-continue\r\n").expects_continue);
}

TEST_CASE("a head that two readers could read differently is refused", "[http][hostile]") {
  struct Case {
    std::string head;
    int status;
  };
  const std::string get = "GET / HTTP/1.1\r\nHost: localhost\r\n";
  const auto bad = GENERATE_COPY(
      Case{"\r\n", 400}, Case{"GET\r\n", 400}, Case{"GET /\r\n", 400},
      Case{"GET  / HTTP/1.1\r\nHost: localhost\r\n", 400},
      Case{"GET / HTTP/1.1 \r\nHost: localhost\r\n", 400},
      Case{"G(T / HTTP/1.1\r\nHost: localhost\r\n", 400},
      Case{"GET x HTTP/1.1\r\nHost: localhost\r\n", 400},
      Case{"GET /\x01 HTTP/1.1\r\nHost: localhost\r\n", 400},
      Case{"GET /\xc3\xa8 HTTP/1.1\r\nHost: localhost\r\n", 400},
      Case{std::string(33, 'A') + " / HTTP/1.1\r\nHost: localhost\r\n", 400},
      Case{"GET / HTTP/2.0\r\n", 505}, Case{"GET / HTTP/1.2\r\n", 505},
      Case{"GET / FTTP/1.1\r\n", 400}, Case{get + "no colon\r\n", 400},
      Case{get + "Host : x\r\n", 400}, Case{get + ": x\r\n", 400},
      Case{get + "A: b\r\n folded\r\n", 400}, Case{get + "A: b\nC: d\r\n", 400},
      Case{get + std::string("A: b\0c\r\n", 8), 400}, Case{get + "Content-Length: -1\r\n", 400},
      Case{get + "Content-Length: +1\r\n", 400}, Case{get + "Content-Length:\r\n", 400},
      Case{get + "Content-Length: 1 2\r\n", 400}, Case{get + "Content-Length: 1, 1\r\n", 400},
      Case{get + "Content-Length: 0x1\r\n", 400},
      Case{get + "Content-Length: 18446744073709551616\r\n", 400},
      Case{get + "Content-Length: 2\r\nContent-Length: 3\r\n", 400},
      Case{get + "Content-Length: 2\r\nContent-Length: 2\r\n", 400},
      Case{get + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", 400},
      Case{get + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", 400},
      Case{get + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400},
      Case{get + "Transfer-Encoding: gzip, chunked\r\n", 501},
      Case{get + "Transfer-Encoding: chunked, identity\r\n", 501},
      Case{get + "Transfer-Encoding:\r\n", 501},
      Case{"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n", 400},
      Case{get + "Expect: more\r\n", 417});
  CAPTURE(bad.head);

  const auto parsed = ParseRequestHead(bad.head);

  REQUIRE(std::holds_alternative<Refusal>(parsed));
  CHECK(std::get<Refusal>(parsed).status == bad.status);
}

TEST_CASE("what says whom it is for, who sends it and what it is must be said once",
          "[http][hostile]") {
  const std::string name = GENERATE(as<std::string>{}, "Authorization", "Content-Type", "Origin",
                                    "Sec-Fetch-Site", "host", "CONTENT-LENGTH");
  CAPTURE(name);
  const bool host = name == "host";
  const std::string field = name + ": " + (host ? "localhost" : "1") + "\r\n";
  const std::string one =
      std::string{"GET / HTTP/1.1\r\n"} + (host ? "" : "Host: localhost\r\n") + field;

  CHECK(std::holds_alternative<RequestHead>(ParseRequestHead(one)));
  const auto twice = ParseRequestHead(one + field);
  REQUIRE(std::holds_alternative<Refusal>(twice));
  CHECK(std::get<Refusal>(twice).status == 400);
  CHECK(std::get<Refusal>(twice).reason.rfind("more than one ", 0) == 0);
  // Empty ones count too.
  const auto empty = ParseRequestHead(one + name + ":\r\n");
  CHECK(std::holds_alternative<Refusal>(empty));
}

TEST_CASE("a Host is needed, and may be nothing but a host and a port", "[http][hostile]") {
  CHECK(std::get<Refusal>(ParseRequestHead("GET / HTTP/1.1\r\n")).reason ==
        "a Host header is needed");
  CHECK(Head("GET / HTTP/1.0\r\n").request.host.name.empty());
  const std::string bad = GENERATE(as<std::string>{}, "", ":80", "a b", "a,b", "a/b", "user@a",
                                   "a:b", "a:65536", "a:1:2", "[::1", "[::1]x", "[a]", "::1",
                                   "\xc3\xa8", "a%2e", "a\tb", "http://a", "a:-1");
  CAPTURE(bad);
  const auto parsed = ParseRequestHead("GET / HTTP/1.1\r\nHost: " + bad + "\r\n");
  REQUIRE(std::holds_alternative<Refusal>(parsed));
  CHECK(std::get<Refusal>(parsed).status == 400);
}

TEST_CASE("hosts are compared as one, however they are written", "[http]") {
  struct Case {
    std::string text;
    std::string name;
    std::optional<std::uint16_t> port;
  };
  const auto each =
      GENERATE(Case{"LocalHost", "localhost", {}}, Case{"localhost.:9099", "localhost", 9099},
               Case{"127.0.0.1:", "127.0.0.1", {}}, Case{"[::1]:9099", "::1", 9099},
               Case{"[0:0::0001]", "::1", {}}, Case{"[::FFFF:10.5.4.1]:65535", "10.5.4.1", 65535},
               Case{"a_b-c.example", "a_b-c.example", {}});
  CAPTURE(each.text);
  const auto host = Head("GET / HTTP/1.1\r\nHost: " + each.text + "\r\n").request.host;
  CHECK(host.name == each.name);
  CHECK(host.port == each.port);
}

TEST_CASE("a name of 253 bytes is a host, one of 254 is none", "[http][hostile]") {
  CHECK(ParseHost(std::string(253, 'a')));
  CHECK_FALSE(ParseHost(std::string(254, 'a')));
}

TEST_CASE("a whole URI names the host, whatever Host says", "[http][hostile]") {
  CHECK(Head("GET http://a.b:1/x HTTP/1.1\r\nHost: localhost\r\n").request.host ==
        HttpHost{"a.b", 1});
  CHECK(std::holds_alternative<Refusal>(
      ParseRequestHead("GET http:///x HTTP/1.1\r\nHost: localhost\r\n")));
  CHECK(std::holds_alternative<Refusal>(
      ParseRequestHead("GET http://a@b/x HTTP/1.1\r\nHost: localhost\r\n")));
}

TEST_CASE("content codings in several lines are one list", "[http]") {
  CHECK(Head("GET / HTTP/1.1\r\nHost: a\r\n").request.content_encoding.empty());
  CHECK(Head("GET / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Encoding: br\r\n")
            .request.content_encoding == "gzip, br");
}

TEST_CASE("a hundred headers are enough", "[http][hostile]") {
  std::string head = "GET / HTTP/1.1\r\nHost: localhost\r\n";
  for (int i = 1; i < 100; ++i) head += "A: b\r\n";
  CHECK(std::holds_alternative<RequestHead>(ParseRequestHead(head)));
  CHECK(std::get<Refusal>(ParseRequestHead(head + "A: b\r\n")).status == 431);
}

}  // namespace
}  // namespace backup_monitor::http
