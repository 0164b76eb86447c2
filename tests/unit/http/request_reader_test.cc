#include "adapters/http/request_reader.h"

#include <string>
#include <vector>

#include "catch.h"

namespace backup_monitor::http {
namespace {

using NeedMore = RequestReader::NeedMore;
using Complete = RequestReader::Complete;
using Refused = RequestReader::Refused;

const std::string kPost =
    "POST /alert HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello";

RequestReader Reader() { return RequestReader{{.head_bytes = 200, .body_bytes = 100}}; }

TEST_CASE("a request is found however its bytes come in", "[http]") {
  auto reader = Reader();
  for (std::size_t i = 0; i + 1 < kPost.size(); ++i) {
    reader.Append(kPost.substr(i, 1));
    REQUIRE(std::holds_alternative<NeedMore>(reader.Next()));
    CHECK(reader.in_request());
  }
  reader.Append(kPost.substr(kPost.size() - 1));

  const auto step = reader.Next();

  REQUIRE(std::holds_alternative<Complete>(step));
  CHECK(std::get<Complete>(step).request.path == "/alert");
  CHECK(std::get<Complete>(step).request.body == "hello");
  CHECK_FALSE(reader.in_request());
  CHECK(std::holds_alternative<NeedMore>(reader.Next()));
}

TEST_CASE("pipelined requests come one by one, empty lines between them are skipped", "[http]") {
  auto reader = Reader();
  reader.Append("\r\n" + kPost + "\r\n\r\n" + kPost +
                "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\nGET");

  CHECK(std::get<Complete>(reader.Next()).request.body == "hello");
  CHECK(std::get<Complete>(reader.Next()).request.body == "hello");
  CHECK(std::get<Complete>(reader.Next()).request.path == "/x");
  CHECK(std::holds_alternative<NeedMore>(reader.Next()));
  CHECK(reader.in_request());
}

TEST_CASE("100 Continue is asked for once, and only while no body has come", "[http]") {
  const std::string head =
      "PUT / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
  auto waiting = Reader();
  waiting.Append(head);
  CHECK(std::holds_alternative<RequestReader::SendContinue>(waiting.Next()));
  CHECK(std::holds_alternative<NeedMore>(waiting.Next()));
  waiting.Append("ab");
  CHECK(std::get<Complete>(waiting.Next()).request.body == "ab");

  auto hasty = Reader();
  hasty.Append(head + "a");
  CHECK(std::holds_alternative<NeedMore>(hasty.Next()));
}

TEST_CASE("a body at the limit is read, one byte more is refused before it comes",
          "[http][hostile]") {
  auto exact = Reader();
  exact.Append("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n" +
               std::string(100, 'x'));
  CHECK(std::get<Complete>(exact.Next()).request.body.size() == 100);

  auto over = Reader();
  over.Append("POST /alert HTTP/1.1\r\nHost: localhost\r\nContent-Length: 101\r\n\r\n");
  const auto step = over.Next();
  CHECK(std::get<Refused>(step).refusal.status == 413);
  CHECK(std::get<Refused>(step).request.path == "/alert");
}

TEST_CASE("a head at the limit is read, a longer one is refused, ended or not", "[http][hostile]") {
  const std::string begin = "GET / HTTP/1.1\r\nHost: localhost\r\nA: ";
  auto exact = Reader();
  exact.Append(begin + std::string(200 - begin.size(), 'x') + "\r\n\r\n");
  CHECK(std::holds_alternative<Complete>(exact.Next()));

  auto slow = Reader();  // the same, byte by byte
  for (const char byte : begin + std::string(200 - begin.size(), 'x') + "\r\n\r") {
    slow.Append({&byte, 1});
    REQUIRE(std::holds_alternative<NeedMore>(slow.Next()));
  }
  slow.Append("\n");
  CHECK(std::holds_alternative<Complete>(slow.Next()));

  auto over = Reader();
  over.Append(begin + std::string(201 - begin.size(), 'x') + "\r\n\r\n");
  CHECK(std::get<Refused>(over.Next()).refusal.status == 431);

  auto endless = Reader();
  endless.Append(std::string(203, 'A'));  // may still end in time
  CHECK(std::holds_alternative<NeedMore>(endless.Next()));
  endless.Append("A");
  CHECK(std::get<Refused>(endless.Next()).refusal.status == 431);
}

TEST_CASE("what cannot be HTTP is refused at its first byte", "[http][hostile]") {
  auto reader = Reader();
  reader.Append(std::string("\x16\x03\x01", 3));
  CHECK(std::get<Refused>(reader.Next()).refusal.status == 400);
}

TEST_CASE("a long stream of requests does not grow the buffer", "[http][hostile]") {
  RequestReader reader{{}};
  const std::string body(40'000, 'x');
  const std::string post =
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40000\r\n\r\n" + body;
  reader.Append(post.substr(0, 10));
  for (int i = 0; i < 50; ++i) {
    reader.Append(post.substr(10) + post.substr(0, 10));
    REQUIRE(std::get<Complete>(reader.Next()).request.body.size() == body.size());
    CHECK(reader.buffered_bytes() < 200'000);
  }
}

}  // namespace
}  // namespace backup_monitor::http
