#include "app/api/valid_utf8.h"

#include <catch2/catch.hpp>
#include <string>

namespace backup_monitor {
namespace {

TEST_CASE("valid UTF-8 stays as it is", "[api]") {
  const std::string text =
      GENERATE(as<std::string>{}, "", "plain", "\xc3\xa8", "\xe2\x82\xac", "\xf0\x9f\x95\xb3",
               "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf", "\xc2\x80", "\xe0\xa0\x80");
  CHECK(ValidUtf8(text) == text);
}

TEST_CASE("a byte that is no part of a character is replaced", "[api][hostile]") {
  const std::string mark = "\xef\xbf\xbd";
  CHECK(ValidUtf8("a\xff"
                  "b") == "a" + mark + "b");
  CHECK(ValidUtf8("\xc3") == mark);
  CHECK(ValidUtf8("\xe2\x82") == mark + mark);
  CHECK(ValidUtf8("\xc0\xaf") == mark + mark);
  CHECK(ValidUtf8("\xed\xa0\x80") == mark + mark + mark);
  CHECK(ValidUtf8("\xf4\x90\x80\x80") == mark + mark + mark + mark);
  CHECK(ValidUtf8("\xe0\x9f\xbf") == mark + mark + mark);
}

}  // namespace
}  // namespace backup_monitor
