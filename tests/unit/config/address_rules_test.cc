#include "config/address_rules.h"

#include "catch.h"

namespace backup_monitor::config {
namespace {

TEST_CASE("a bare mail address is accepted", "[config]") {
  const auto* address = GENERATE("a@b", "root@localhost", "first.last+tag@mail.example.org",
                                 "o'neill@example.org", "x@my_host.lan", "a@1.example");
  CAPTURE(address);

  CHECK_FALSE(MailAddress(address));
}

TEST_CASE("anything but one bare mail address is refused", "[config][hostile]") {
  const auto address =
      GENERATE(as<std::string>{}, "", "@", "a@", "@b", "a", "a@b@c", "a b@c", "a@b,c@d", "a@b;c@d",
               "<a@b>", "A <a@b>", "a@b\r\nBcc: c@d", "a@b\n", " a@b", "a@b ", ".a@b", "a.@b",
               "a..b@c", "a@.b", "a@b.", "a@b..c", "a@-b", "a@b-", "\"a\"@b", "a@[127.0.0.1]",
               "è@b", "a@è", "-oQ/tmp@b", "a\\@b", "a(c)@b", "a:b@c");
  CAPTURE(address);

  CHECK(MailAddress(address));
}

TEST_CASE("a mail address is refused one byte beyond its limits", "[config]") {
  const std::string local(64, 'a');
  const std::string label(63, 'b');
  const std::string domain = label + "." + label + "." + std::string(61, 'c');

  CHECK_FALSE(MailAddress(local + "@" + domain));  // 254 bytes
  CHECK(MailAddress(local + "@" + domain + "c"));
  CHECK(MailAddress(local + "a@b"));
  CHECK(MailAddress("a@" + label + "b"));
}

TEST_CASE("only an IP address or localhost can be listened on", "[config]") {
  CHECK_FALSE(ListenAddress("127.0.0.1"));
  CHECK_FALSE(ListenAddress("::1"));
  CHECK_FALSE(ListenAddress("localhost"));
  for (const char* wrong : {"", "127.0.0", "127.0.0.256", "[::1]", "example.org", "127.0.0.1:80"}) {
    CAPTURE(wrong);
    CHECK(ListenAddress(wrong));
  }
}

TEST_CASE("the address of Redis is host and port", "[config]") {
  for (const char* right : {"127.0.0.1:6379", "redis:1", "a.example.org:65535", "[::1]:6379"}) {
    CAPTURE(right);
    CHECK_FALSE(HostAndPort(right));
  }
  for (const char* wrong : {"", "127.0.0.1", ":6379", "redis:", "redis:0", "redis:65536",
                            "redis:06379", "redis:-1", "::1:6379", "[::1]", "[a]:1", "a b:1"}) {
    CAPTURE(wrong);
    CHECK(HostAndPort(wrong));
  }
}

}  // namespace
}  // namespace backup_monitor::config
