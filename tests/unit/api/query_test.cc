#include "app/api/query.h"

#include "catch.h"

namespace backup_monitor::app::api {
namespace {

TEST_CASE("a query's value is found and decoded", "[api]") {
  CHECK(QueryValue("plan=1&limit=2", "plan") == "1");
  CHECK(QueryValue("plan=1&limit=2", "limit") == "2");
  CHECK(QueryValue("plan=a%20b+c%2b", "plan") == "a b c+");
  CHECK(QueryValue("pl%61n=1", "plan") == "1");
  CHECK(QueryValue("plan=1&plan=2", "plan") == "1");
  CHECK(QueryValue("plan", "plan") == "");
  CHECK(QueryValue("plan==", "plan") == "=");
  CHECK_FALSE(QueryValue("", "plan"));
  CHECK_FALSE(QueryValue("xplan=1&&", "plan"));
}

TEST_CASE("a broken percent sign is taken as it is", "[api][hostile]") {
  CHECK(QueryValue("a=%", "a") == "%");
  CHECK(QueryValue("a=%2", "a") == "%2");
  CHECK(QueryValue("a=%zz", "a") == "%zz");
  CHECK(QueryValue("a=%-1", "a") == "%-1");
  CHECK(QueryValue("a=%41", "a") == "A");
}

TEST_CASE("an id is digits, from 1 on", "[api]") {
  CHECK(PositiveNumber("1") == 1);
  CHECK(PositiveNumber("9223372036854775807") == 9223372036854775807);
  for (const char* bad : {"", "0", "-1", "+1", " 1", "1 ", "1.0", "0x1", "9223372036854775808"}) {
    CAPTURE(bad);
    CHECK_FALSE(PositiveNumber(bad));
  }
}

}  // namespace
}  // namespace backup_monitor::app::api
