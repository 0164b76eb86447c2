#include "text/base64.h"

#include <string>

#include "catch.h"
#include "unit/text/decode_base64.h"

namespace backup_monitor {
namespace {

TEST_CASE("base64 pads as RFC 4648 shows", "[text]") {
  CHECK(EncodeBase64("") == "");
  CHECK(EncodeBase64("f") == "Zg==");
  CHECK(EncodeBase64("fo") == "Zm8=");
  CHECK(EncodeBase64("foo") == "Zm9v");
  CHECK(EncodeBase64("foobar") == "Zm9vYmFy");
}

TEST_CASE("every byte survives, at each place of a group", "[text]") {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  for (std::size_t begin = 0; begin < 3; ++begin) {
    const std::string some = bytes.substr(begin);
    CHECK(testing::DecodeBase64(EncodeBase64(some)) == some);
  }
  CHECK(EncodeBase64("\xfb\xff") == "+/8=");
}

}  // namespace
}  // namespace backup_monitor
