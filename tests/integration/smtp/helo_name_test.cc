#include "adapters/smtp/helo_name.h"

#include <netinet/in.h>

#include <catch2/catch.hpp>

#include "integration/smtp/smtp_world.h"
#include "model/helo_name.h"

namespace backup_monitor {
namespace {

using testing::SmtpWorld;

TEST_CASE("EHLO takes a full name or an address literal", "[smtp]") {
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

TEST_CASE("a label has at most 63 characters, a name 253", "[smtp]") {
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

TEST_CASE("the address literal is that of the way to the peer", "[smtp]") {
  sockaddr_in ipv4{};
  ipv4.sin_family = AF_INET;
  ipv4.sin_port = htons(25);
  ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  CHECK(AddressLiteralTowards(reinterpret_cast<const sockaddr*>(&ipv4), sizeof(ipv4)) ==
        "[127.0.0.1]");
  sockaddr_in6 ipv6{};
  ipv6.sin6_family = AF_INET6;
  ipv6.sin6_port = htons(25);
  ipv6.sin6_addr = in6addr_loopback;
  const auto literal =
      AddressLiteralTowards(reinterpret_cast<const sockaddr*>(&ipv6), sizeof(ipv6));
  CHECK((literal == "[IPv6:::1]" || literal == "[127.0.0.1]"));  // the latter without IPv6
}

TEST_CASE("a relay hears a full name or an address literal, never a bare name", "[smtp]") {
  SmtpWorld world;
  world.manner.helo_name.clear();

  REQUIRE(world.Deliver().result == AttemptResult::kDelivered);

  const auto own = FullHostName();
  const auto expected = own.empty() ? std::string{"[127.0.0.1]"} : own;
  CHECK(world.peer.Log().find(R"("line": "EHLO )" + expected + "\"") != std::string::npos);
}

TEST_CASE("without a name for EHLO a relay that cannot be found is said as ever", "[smtp]") {
  SmtpWorld world;
  world.manner.helo_name.clear();
  world.smarthost.value->host = "no-such-host.invalid";

  CHECK(world.Deliver().detail == "the relay's host name is not known: no-such-host.invalid");
}

}  // namespace
}  // namespace backup_monitor
