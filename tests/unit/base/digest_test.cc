#include "base/digest.h"

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("a digest begins like SHA-256", "[base]") {
  // FIPS 180-4, the examples of NIST's cryptographic toolkit.
  CHECK(Digest{}.Add("abc").Hex() == "ba7816bf8f01cfea414140de5dae2223");
  CHECK(Digest{}.Hex() == "e3b0c44298fc1c149afbf4c8996fb924");
}

TEST_CASE("a digest does not depend on how the text came", "[base]") {
  CHECK(Digest{}.Add("a").Add("").Add("bc").Hex() == Digest{}.Add("abc").Hex());
}

}  // namespace
}  // namespace backup_monitor
