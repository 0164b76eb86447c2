#include "adapters/http/answer_bytes.h"

#include "catch.h"

namespace backup_monitor::http {
namespace {

TEST_CASE("an answer is one piece of text with its length", "[http]") {
  CHECK(AnswerBytes({202, "application/json", "{\"a\":1}", {{"X", "y"}}}, {}) ==
        "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 7\r\nX: "
        "y\r\n\r\n{\"a\":1}");
}

TEST_CASE("a HEAD gets the length of the body, not the body", "[http]") {
  CHECK(AnswerBytes({200, "text/plain", "abc", {}}, {.head_only = true}) ==
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\n");
}

TEST_CASE("what becomes of the connection is said", "[http]") {
  CHECK(AnswerBytes({}, {.close = true, .keep_alive = true}).find("Connection: close\r\n") !=
        std::string::npos);
  CHECK(AnswerBytes({}, {.keep_alive = true}).find("Connection: keep-alive\r\n") !=
        std::string::npos);
  CHECK(AnswerBytes({}, {}).find("Connection") == std::string::npos);
}

TEST_CASE("an error's text stays within its JSON string", "[http][hostile]") {
  const HttpAnswer answer = ErrorAnswer(400, "say \"no\\\"\n\xc3\xa8");
  CHECK(answer.status == 400);
  CHECK(answer.body == R"({"error":"say \"no\\\"???"})");
}

}  // namespace
}  // namespace backup_monitor::http
