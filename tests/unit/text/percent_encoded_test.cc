#include "text/percent_encoded.h"

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("what may not stand in a URL is encoded byte by byte", "[text]") {
  CHECK(PercentEncoded("aZ09") == "aZ09");
  CHECK(PercentEncoded("a b/~\"") == "a%20b%2F%7E%22");
  CHECK(PercentEncoded("è") == "%C3%A8");
  CHECK(PercentEncoded("a-b+c", "-") == "a-b%2Bc");
  CHECK(PercentEncoded("").empty());
}

}  // namespace
}  // namespace backup_monitor
