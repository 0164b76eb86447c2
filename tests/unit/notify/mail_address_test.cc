#include "notify/mail_address.h"

#include <catch2/catch.hpp>
#include <string>

namespace backup_monitor {
namespace {

TEST_CASE("ordinary addresses are accepted", "[notify]") {
  const auto* address = GENERATE("admin@example.org", "a.b+c@mail.example.org", "root@localhost",
                                 "o'brien@example.org");
  CHECK(IsMailAddress(address));
}

TEST_CASE("an address that could reach beyond its place is refused", "[notify][hostile]") {
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

}  // namespace
}  // namespace backup_monitor
