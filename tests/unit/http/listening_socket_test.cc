#include "adapters/http/listening_socket.h"

#include <string>

#include "catch.h"

namespace backup_monitor::http {
namespace {

TEST_CASE("an address in use is a clear error, for as long as it is in use", "[http]") {
  auto first = Listen("127.0.0.1", 0);
  REQUIRE(first);
  REQUIRE(first->port != 0);

  const auto second = Listen("127.0.0.1", first->port);
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::kUnavailable);
  CHECK(second.error().message ==
        "listen on 127.0.0.1:" + std::to_string(first->port) + ": Address already in use");

  first->handle.Close();
  CHECK(Listen("127.0.0.1", first->port));
}

TEST_CASE("only addresses are listened on", "[http]") {
  const auto name = Listen("no.such.host.example", 0);
  REQUIRE_FALSE(name);
  CHECK(name.error().code == ErrorCode::kInvalidInput);
  CHECK(Listen("localhost", 0));

  const auto foreign = Listen("192.0.2.1", 0);
  REQUIRE_FALSE(foreign);
  CHECK(foreign.error().code == ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace backup_monitor::http
