#include "notify/addressed_mail.h"

#include "catch.h"

namespace backup_monitor::notify {
namespace {

constexpr auto kMail =
    "Date: x\r\nFrom: a\r\nSubject: y\r\n\r\nSubject: of the body\r\nTo: nobody\r\n";

TEST_CASE("each recipient's copy names that recipient alone", "[notify]") {
  CHECK(AddressedTo(kMail, "b@example.org") ==
        "Date: x\r\nFrom: a\r\nTo: b@example.org\r\nSubject: y\r\n\r\nSubject: of the body\r\nTo: "
        "nobody\r\n");
  CHECK(AddressedTo(kMail, "b@example.org") == AddressedTo(kMail, "b@example.org"));
  CHECK(AddressedTo("body\r\n", "b@example.org") == "To: b@example.org\r\nbody\r\n");
}

TEST_CASE("a mail that names its recipients already stays as it was written", "[notify]") {
  const std::string old =
      "Date: x\r\nTo: a@example.org,\r\n b@example.org\r\nSubject: y\r\n\r\nbody\r\n";
  CHECK(AddressedTo(old, "b@example.org") == old);
  CHECK(AddressedTo("To: a@example.org\r\n\r\n", "b@example.org") == "To: a@example.org\r\n\r\n");
}

TEST_CASE("a mail for reading shows whom it names only where that is one", "[notify]") {
  CHECK(ForReading(kMail, {"b@example.org"}) == AddressedTo(kMail, "b@example.org"));
  CHECK(ForReading(kMail, {"b@example.org", "c@example.org"}) == kMail);
  CHECK(ForReading(kMail, {}) == kMail);
}

}  // namespace
}  // namespace backup_monitor::notify
