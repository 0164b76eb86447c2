#include "adapters/http/request_head.h"

#include <catch2/catch.hpp>
#include <string>

namespace backup_monitor {
namespace {

RequestHead Head(const std::string& text) {
  auto parsed = ParseRequestHead(text);
  REQUIRE(std::holds_alternative<RequestHead>(parsed));
  return std::get<RequestHead>(parsed);
}

TEST_CASE("a request head is taken apart", "[http]") {
  const auto head = Head(
      "POST /api/runs?plan=1&limit=2 HTTP/1.1\r\nHost: x\r\nuser-agent:\t a \r\nContent-TYPE: "
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
  CHECK(Head("GET http://a.b:1/x/y?z#f HTTP/1.1\r\n").request.path == "/x/y");
  CHECK(Head("GET http://a.b:1/x/y?z#f HTTP/1.1\r\n").request.query == "z");
  CHECK(Head("GET http://a.b HTTP/1.1\r\n").request.path == "/");
  CHECK(Head("GET /a?u=http://b/c HTTP/1.1\r\n").request.path == "/a");
  CHECK(Head("OPTIONS * HTTP/1.1\r\n").request.path == "*");
}

TEST_CASE("the connection goes on as the peer asks", "[http]") {
  struct Case {
    std::string head;
    bool keep_alive;
    bool says_so;
  };
  const auto each =
      GENERATE(Case{"GET / HTTP/1.1\r\n", true, false}, Case{"GET / HTTP/1.0\r\n", false, false},
               Case{"GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n", true, true},
               Case{"GET / HTTP/1.1\r\nConnection: close\r\n", false, false},
               Case{"GET / HTTP/1.1\r\nConnection: upgrade, CLOSE\r\n", false, false},
               Case{"GET / HTTP/1.0\r\nConnection: close, keep-alive\r\n", false, false});
  CAPTURE(each.head);
  CHECK(Head(each.head).keep_alive == each.keep_alive);
  CHECK(Head(each.head).says_keep_alive == each.says_so);
}

TEST_CASE("100 Continue is awaited only by HTTP/1.1", "[http]") {
  CHECK(Head("PUT / HTTP/1.1\r\nExpect: 100-Continue\r\n").expects_continue);
  CHECK_FALSE(Head("PUT / HTTP/1.0\r\nExpect: 100-continue\r\n").expects_continue);
}

TEST_CASE("a head that two readers could read differently is refused", "[http][hostile]") {
  struct Case {
    std::string head;
    int status;
  };
  const std::string get = "GET / HTTP/1.1\r\n";
  const auto bad = GENERATE_COPY(
      Case{"\r\n", 400}, Case{"GET\r\n", 400}, Case{"GET /\r\n", 400},
      Case{"GET  / HTTP/1.1\r\n", 400}, Case{"GET / HTTP/1.1 \r\n", 400},
      Case{"G(T / HTTP/1.1\r\n", 400}, Case{"GET x HTTP/1.1\r\n", 400},
      Case{"GET /\x01 HTTP/1.1\r\n", 400}, Case{"GET /\xc3\xa8 HTTP/1.1\r\n", 400},
      Case{std::string(33, 'A') + " / HTTP/1.1\r\n", 400}, Case{"GET / HTTP/2.0\r\n", 505},
      Case{"GET / HTTP/1.2\r\n", 505}, Case{"GET / FTTP/1.1\r\n", 400},
      Case{get + "no colon\r\n", 400}, Case{get + "Host : x\r\n", 400}, Case{get + ": x\r\n", 400},
      Case{get + "A: b\r\n folded\r\n", 400}, Case{get + "A: b\nC: d\r\n", 400},
      Case{get + std::string("A: b\0c\r\n", 8), 400}, Case{get + "Content-Length: -1\r\n", 400},
      Case{get + "Content-Length: +1\r\n", 400}, Case{get + "Content-Length:\r\n", 400},
      Case{get + "Content-Length: 1 2\r\n", 400}, Case{get + "Content-Length: 1, 1\r\n", 400},
      Case{get + "Content-Length: 0x1\r\n", 400},
      Case{get + "Content-Length: 18446744073709551616\r\n", 400},
      Case{get + "Content-Length: 2\r\nContent-Length: 3\r\n", 400},
      Case{get + "Content-Length: 2\r\nContent-Length: 2\r\n", 400},
      Case{get + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", 400},
      Case{get + "Transfer-Encoding: chunked\r\n", 411}, Case{get + "Expect: more\r\n", 417});
  CAPTURE(bad.head);

  const auto parsed = ParseRequestHead(bad.head);

  REQUIRE(std::holds_alternative<Refusal>(parsed));
  CHECK(std::get<Refusal>(parsed).status == bad.status);
}

TEST_CASE("a hundred headers are enough", "[http][hostile]") {
  std::string head = "GET / HTTP/1.1\r\n";
  for (int i = 0; i < 100; ++i) head += "A: b\r\n";
  CHECK(std::holds_alternative<RequestHead>(ParseRequestHead(head)));
  CHECK(std::get<Refusal>(ParseRequestHead(head + "A: b\r\n")).status == 431);
}

}  // namespace
}  // namespace backup_monitor
