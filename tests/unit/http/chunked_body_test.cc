#include <string>
#include <vector>

#include "adapters/http/request_reader.h"
#include "catch.h"

namespace backup_monitor::http {
namespace {

using Complete = RequestReader::Complete;
using Refused = RequestReader::Refused;

constexpr RequestReader::Limits kLimits{.head_bytes = 200, .body_bytes = 100};
const std::string kHead =
    "POST /alert HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: Chunked\r\n\r\n";

/// What the reader makes of a stream that comes in pieces of `size` bytes: one line a request.
std::vector<std::string> Requests(const std::string& stream, std::size_t size) {
  RequestReader reader{kLimits};
  std::vector<std::string> found;
  for (std::size_t at = 0; at < stream.size(); at += size) {
    reader.Append(std::string_view{stream}.substr(at, size));
    for (;;) {
      const auto step = reader.Next();
      if (const auto* complete = std::get_if<Complete>(&step)) {
        found.push_back(complete->request.path + " " + complete->request.body);
      } else if (const auto* refused = std::get_if<Refused>(&step)) {
        found.push_back(std::to_string(refused->refusal.status) + " " + refused->refusal.reason);
        return found;
      } else if (std::holds_alternative<RequestReader::NeedMore>(step)) {
        break;
      }
    }
  }
  return found;
}

int StatusOf(const std::string& body) {
  const auto found = Requests(kHead + body, 1000);
  return found.empty()                                 ? 0
         : found[0] == "/alert " || found[0][0] == '/' ? 200
                                                       : std::stoi(found[0]);
}

TEST_CASE("the chunks of a body are put together, extensions and trailers left out", "[http]") {
  const std::string body =
      "5\r\nhello\r\n1;name=value\r\n,\r\n6 ;a;b=\"c\"\r\n world\r\n000\r\nX-Trailer: "
      "1\r\nY:\r\n\r\n";

  CHECK(Requests(kHead + body, 1000) == std::vector<std::string>{"/alert hello, world"});
  CHECK(Requests(kHead + "0\r\n\r\n", 1000) == std::vector<std::string>{"/alert "});
}

TEST_CASE("the same bytes give the same requests in whatever pieces they come", "[http][hostile]") {
  const std::string plain =
      "POST /plain HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello";
  const std::string trailers(190, 't');
  const std::string stream = GENERATE_COPY(
      as<std::string>{},
      kHead + "a\r\n0123456789\r\nB;x\r\n0123456789a\r\n0\r\n\r\n" + plain + "\r\n" + kHead +
          "0\r\n\r\n" + plain,
      kHead + "5\r\nhello\r\n0\r\nA: b\r\n\r\n" + kHead + "5\r\nhelloX\r\n" + plain,
      kHead + "65\r\n", kHead + "64\r\n" + std::string(100, 'x') + "\r\n1\r\ny",
      kHead + "0\r\nA:" + trailers + "\r\nB: " + trailers + "\r\n\r\n" + plain,
      kHead + "0\r\nA b\r\n\r\n" + plain, kHead + "5\nhello\r\n0\r\n\r\n" + plain,
      kHead + "g\r\n" + plain, kHead + "1;" + std::string(2000, 'e') + "\r\nx\r\n0\r\n\r\n" + plain,
      kHead + std::string(17, '0') + "\r\n\r\n" + plain);
  CAPTURE(stream);
  const auto whole = Requests(stream, stream.size());

  REQUIRE_FALSE(whole.empty());
  for (const std::size_t size : {1U, 3U, 17U}) {
    CAPTURE(size);
    CHECK(Requests(stream, size) == whole);
  }
}

TEST_CASE("chunks that two readers could read differently are refused", "[http][hostile]") {
  const std::string body = GENERATE(
      as<std::string>{}, "\r\n", "-1\r\n", "+1\r\n", "0x1\r\nx\r\n", " 1\r\nx\r\n", "1 \r\nx\r\n",
      "1\nx\r\n", "1 2\r\nx\r\n", "1\r\nxy\r\n", "1\r\nx0\r\n\r\n", "1;a\x01\r\nx\r\n",
      "1;a\nb\r\nx\r\n", "1\r\nx\r\n\r\n", "00000000000000001\r\nx\r\n", "0\r\nbad\r\n\r\n",
      "0\r\n: x\r\n\r\n", "0\r\nA : x\r\n\r\n", "0\r\n folded\r\n\r\n");
  CAPTURE(body);
  CHECK(StatusOf(body) == 400);
}

TEST_CASE("chunks are bounded together, and a size by its digits", "[http][hostile]") {
  const std::string sixty = "3c\r\n" + std::string(60, 'x') + "\r\n";
  CHECK(StatusOf(sixty + "28\r\n" + std::string(40, 'x') + "\r\n0\r\n\r\n") == 200);
  CHECK(StatusOf(sixty + "29\r\n") == 413);
  CHECK(StatusOf("65\r\n") == 413);
  CHECK(StatusOf(sixty + "ffffffffffffffff\r\n") == 413);  // the sum would overflow
  CHECK(StatusOf(sixty + "ffffffffffffffc5\r\n") == 413);  // to one
  CHECK(StatusOf("0000000000000001\r\nx\r\n0\r\n\r\n") == 200);
}

TEST_CASE("trailers and extensions at their limit are read, one byte more is refused",
          "[http][hostile]") {
  CHECK(StatusOf("0\r\nA:" + std::string(198, 'x') + "\r\n\r\n") == 200);
  CHECK(StatusOf("0\r\nA:" + std::string(199, 'x') + "\r\n\r\n") == 431);
  CHECK(StatusOf("0\r\nA:" + std::string(98, 'x') + "\r\nB:" + std::string(98, 'x') + "\r\n\r\n") ==
        200);
  CHECK(StatusOf("0\r\nA:" + std::string(98, 'x') + "\r\nB:" + std::string(99, 'x') + "\r\n\r\n") ==
        431);
  CHECK(StatusOf("1;" + std::string(1023, 'e') + "\r\nx\r\n0\r\n\r\n") == 200);
  CHECK(StatusOf("1;" + std::string(1024, 'e') + "\r\nx\r\n0\r\n\r\n") == 400);
  CHECK(StatusOf("1;" + std::string(511, 'e') + "\r\nx\r\n1;" + std::string(511, 'e') +
                 "\r\nx\r\n0\r\n\r\n") == 200);
  CHECK(StatusOf("1;" + std::string(511, 'e') + "\r\nx\r\n1;" + std::string(512, 'e') +
                 "\r\nx\r\n0\r\n\r\n") == 400);
}

TEST_CASE("what a chunked body holds is counted, and given back", "[http][hostile]") {
  RequestReader reader{kLimits};
  reader.Append(kHead + "64\r\n" + std::string(60, 'x'));
  CHECK(std::holds_alternative<RequestReader::NeedMore>(reader.Next()));
  CHECK(reader.in_request());
  CHECK(reader.buffered_bytes() >= 60);
  reader.Append(std::string(40, 'x') + "\r\n0\r\n\r\n");
  CHECK(std::get<Complete>(reader.Next()).request.body.size() == 100);
  CHECK(reader.buffered_bytes() == 0);
  CHECK_FALSE(reader.in_request());
}

TEST_CASE("a peer that waits for leave to send its chunks gets it once", "[http]") {
  RequestReader reader{kLimits};
  reader.Append(
      "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
  CHECK(std::holds_alternative<RequestReader::SendContinue>(reader.Next()));
  CHECK(std::holds_alternative<RequestReader::NeedMore>(reader.Next()));
  reader.Append("1\r\nx\r\n");
  CHECK(std::holds_alternative<RequestReader::NeedMore>(reader.Next()));
  reader.Append("0\r\n\r\n");
  CHECK(std::get<Complete>(reader.Next()).request.body == "x");
}

}  // namespace
}  // namespace backup_monitor::http
