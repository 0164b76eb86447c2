#include "base/own_address.h"

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("an address of this machine is known from one of another", "[base]") {
  CHECK(IsOwnAddress("127.0.0.1").value());
  CHECK_FALSE(IsOwnAddress("192.0.2.1").value());  // RFC 5737: nobody's
  CHECK_FALSE(IsOwnAddress("2001:db8::1").value());
}

TEST_CASE("what is no address is nobody's", "[base]") {
  for (const char* text : {"", "localhost", "127.0.0", "127.0.0.1:80", "::1%lo"})
    CHECK_FALSE(IsOwnAddress(text).value());
}

}  // namespace
}  // namespace backup_monitor
