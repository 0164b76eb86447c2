#include "text/base64.h"

#include <catch2/catch.hpp>
#include <string>

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
    CHECK(DecodeBase64(EncodeBase64(some)) == some);
  }
  CHECK(EncodeBase64("\xfb\xff") == "+/8=");
}

TEST_CASE("what is no digit is skipped, and half a byte is none", "[text][hostile]") {
  CHECK(DecodeBase64("PHA+Y2Fm\r\nZsOo\r\n") == "<p>caff\xc3\xa8");
  CHECK(DecodeBase64(std::string{"Z\0g=", 4}) == "f");
  CHECK(DecodeBase64("Zm9") == "fo");
  CHECK(DecodeBase64("Z") == "");
  CHECK(DecodeBase64("====") == "");
  CHECK(DecodeBase64("\xff-_") == "");
}

}  // namespace
}  // namespace backup_monitor
