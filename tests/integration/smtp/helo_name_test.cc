#include "adapters/smtp/helo_name.h"

#include <netinet/in.h>

#include "catch.h"
#include "integration/smtp/smtp_world.h"

namespace backup_monitor::smtp {
namespace {

using testing::SmtpWorld;

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
}  // namespace backup_monitor::smtp
