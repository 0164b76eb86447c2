#include "text/mail_address.h"

#include <string>

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("ordinary addresses are accepted", "[text]") {
  const auto* address = GENERATE("admin@example.org", "a.b+c@mail.example.org", "root@localhost",
                                 "o'brien@example.org");
  CHECK(IsMailAddress(address));
}

TEST_CASE("an address that could reach beyond its place is refused", "[text][hostile]") {
  const std::string address =
      GENERATE(std::string{}, std::string{"@"}, std::string{"admin"}, std::string{"@example.org"},
               std::string{"admin@"}, std::string{"a@b\r\nRCPT TO:<c@d>"}, std::string{"a@b\n"},
               std::string{"a b@example.org"}, std::string{"a@b>"}, std::string{"<a@b"},
               std::string{"a@b,c@d"}, std::string{"-oQ/tmp@example.org"},
               std::string{"\"a b\"@example.org"}, std::string{"a\0@b", 4},
               std::string{"\xc3\xa9@example.org"}, std::string{"a\x7f@b"},
               std::string(260, 'a') + "@example.org");
  CAPTURE(address);
  CHECK_FALSE(IsMailAddress(address));
}

TEST_CASE("an address literal is a domain for those who ask for it", "[text]") {
  for (const char* literal : {"root@[127.0.0.1]", "root@[IPv6:::1]"}) {
    CAPTURE(literal);
    CHECK_FALSE(IsMailAddress(literal));
    CHECK(IsMailAddress(literal, MailDomain::kNameOrLiteral));
  }
  for (const char* bad : {"root@[127.0.0.1", "root@127.0.0.1]", "root@[]", "root@[::1]",
                          "@[127.0.0.1]", "root@[127.0.0.1]\r\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(IsMailAddress(bad, MailDomain::kNameOrLiteral));
  }
}

TEST_CASE("a local part has at most 64 bytes", "[text]") {
  CHECK(IsMailAddress(std::string(64, 'a') + "@b"));
  CHECK_FALSE(IsMailAddress(std::string(65, 'a') + "@b"));
}

}  // namespace
}  // namespace backup_monitor
