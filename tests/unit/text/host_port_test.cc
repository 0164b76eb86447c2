#include "text/host_port.h"

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("host and port are parted at the last colon", "[text]") {
  struct Case {
    const char* text;
    const char* host;
    std::uint16_t port;
  };
  const Case the =
      GENERATE(Case{"127.0.0.1:6379", "127.0.0.1", 6379}, Case{"[::1]:6379", "::1", 6379},
               Case{"cluster-leader:1", "cluster-leader", 1},
               Case{"node1.example.org:65535", "node1.example.org", 65'535});
  const auto read = ParseHostPort(the.text);
  REQUIRE(read);
  CHECK(read->host == the.host);
  CHECK(read->port == the.port);
}

TEST_CASE("what is no host, or no port behind it, is refused", "[text][hostile]") {
  const auto text = GENERATE(as<std::string>{}, "", ":", "host", "host:", ":6379", "host:0",
                             "host:06379", "host:65536", "host:+1", "host:-1", "host:1 ", "host: 1",
                             "::1:6379", "[::1]", "[]:6379", "[host]:6379", "[::1:6379",
                             "::1]:6379", "a b:6379", "host:18446744073709551617");
  CAPTURE(text);
  CHECK_FALSE(ParseHostPort(text));
}

}  // namespace
}  // namespace backup_monitor
