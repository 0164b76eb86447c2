#include "text/host_name.h"

#include <string>

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("EHLO takes a full name or an address literal", "[text]") {
  for (const auto* good : {"node1.example.org", "a.b", "xn--bcher-kva.example", "1a.example",
                           "localhost.localdomain", "[192.0.2.1]", "[IPv6:2001:db8::1]"}) {
    CAPTURE(good);
    CHECK(IsHeloName(good));
  }
  for (const auto* bad :
       {"node1", "", "192.0.2.1", "a..b", ".a.b", "a.b.", "a b.c", "-a.b", "a-.b", "a_b.c",
        "a.b\r\nMAIL", "[192.0.2]", "[2001:db8::1]", "[IPv6:x]", "[]", "[192.0.2.1"}) {
    CAPTURE(bad);
    CHECK_FALSE(IsHeloName(bad));
  }
}

TEST_CASE("a label has at most 63 characters, a name 253", "[text]") {
  const auto name = [](std::size_t last) {
    std::string text;
    for (const std::size_t label : {std::size_t{63}, std::size_t{63}, std::size_t{63}, last}) {
      if (!text.empty()) text += '.';
      text.append(label, 'a');
    }
    return text;
  };
  REQUIRE(name(61).size() == 253);
  CHECK(IsHeloName(name(61)));
  CHECK_FALSE(IsHeloName(name(62)));
  CHECK(IsHeloName(std::string(63, 'a').append(".b")));
  CHECK_FALSE(IsHeloName(std::string(64, 'a').append(".b")));
}

TEST_CASE("a host name may be short, and hold underscores", "[text]") {
  for (const char* good : {"a", "redis", "my_host.lan", "192.0.2.1", "a-b.c", "1"}) {
    CAPTURE(good);
    CHECK(IsHostName(good));
  }
  for (const char* bad :
       {"", ".", "a.", ".a", "a..b", "-a", "a-", "a b", "a/b", "a:1", "[::1]", "è"}) {
    CAPTURE(bad);
    CHECK_FALSE(IsHostName(bad));
  }
  const std::string label(63, 'a');
  const std::string name = label + "." + label + "." + label + "." + std::string(61, 'a');
  CHECK(IsHostName(name));
  CHECK_FALSE(IsHostName(name + "a"));
  CHECK_FALSE(IsHostName(label + "a"));
}

TEST_CASE("an address is one as a whole", "[text][hostile]") {
  CHECK(IsIpv4("192.0.2.1"));
  CHECK(IsIpv6("2001:db8::1"));
  CHECK(IsIpv6("::ffff:192.0.2.1"));
  for (const std::string& bad :
       {std::string{}, std::string{"192.0.2"}, std::string{"192.0.2.256"},
        std::string{"192.0.2.1\0", 10}, std::string{"192.0.2.1 "}, std::string{"[::1]"},
        std::string{"::1%lo"}, std::string{"::1\0", 4}}) {
    CAPTURE(bad);
    CHECK_FALSE(IsIpv4(bad));
    CHECK_FALSE(IsIpv6(bad));
  }
  CHECK_FALSE(IsIpv4("::1"));
  CHECK_FALSE(IsIpv6("127.0.0.1"));
}

TEST_CASE("loopback is loopback, however it is written", "[text]") {
  for (const char* own : {"localhost", "127.0.0.1", "127.255.255.255", "127.0.0.0", "::1",
                          "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::ffff:7f00:1"}) {
    CAPTURE(own);
    CHECK(IsLoopback(own));
  }
  for (const char* other : {"", "126.255.255.255", "128.0.0.0", "0.0.0.0", "::", "::2",
                            "::ffff:126.0.0.1", "::ffff:128.0.0.1", "::127.0.0.1", "localhost.",
                            "Localhost", "127.1", "127.0.0.1.example.org"}) {
    CAPTURE(other);
    CHECK_FALSE(IsLoopback(other));
  }
}

}  // namespace
}  // namespace backup_monitor
