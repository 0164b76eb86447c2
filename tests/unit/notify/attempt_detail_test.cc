#include "notify/attempt_detail.h"

#include "catch.h"

namespace backup_monitor::notify {
namespace {

TEST_CASE("foreign text becomes one line of printable ASCII", "[notify][hostile]") {
  CHECK(OneLine("550 no\r\nsuch\t\x1b[31m user \xc3\xa8\n") == "550 no such [31m user");
  CHECK(OneLine("\r\n\r\n").empty());
  CHECK(OneLine("\r\n550 no") == "550 no");
  CHECK(OneLine(std::string(10'000, 'x')).size() == 300);
}

TEST_CASE("a secret is taken out wherever it stands", "[notify]") {
  CHECK(Redacted("s3cret and s3crets3cret", "s3cret") == "*** and ******");
  CHECK(Redacted("nothing here", "s3cret") == "nothing here");
  CHECK(Redacted("text", "") == "text");
  CHECK(Redacted("*** stays finite", "*") == "********* stays finite");
}

}  // namespace
}  // namespace backup_monitor::notify
