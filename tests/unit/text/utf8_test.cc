#include "text/utf8.h"

#include <string>
#include <vector>

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("valid UTF-8 stays as it is", "[text]") {
  const std::string text =
      GENERATE(as<std::string>{}, "", "plain", "\xc3\xa8", "\xe2\x82\xac", "\xf0\x9f\x95\xb3",
               "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf", "\xc2\x80", "\xe0\xa0\x80");
  CHECK(RepairUtf8(text) == text);
}

TEST_CASE("a byte that is no part of a character is replaced", "[text][hostile]") {
  const std::string mark = "\xef\xbf\xbd";
  CHECK(RepairUtf8("a\xff"
                   "b") == "a" + mark + "b");
  CHECK(RepairUtf8("\xc3") == mark);
  CHECK(RepairUtf8("\xe2\x82") == mark + mark);
  CHECK(RepairUtf8("\xc0\xaf") == mark + mark);
  CHECK(RepairUtf8("\xed\xa0\x80") == mark + mark + mark);
  CHECK(RepairUtf8("\xf4\x90\x80\x80") == mark + mark + mark + mark);
  CHECK(RepairUtf8("\xe0\x9f\xbf") == mark + mark + mark);
}

TEST_CASE("a character is read with its length, to the edges of each form", "[text]") {
  struct Case {
    std::string text;
    char32_t character;
  };
  const auto the =
      GENERATE(Case{std::string(1, '\0'), 0}, Case{"\x7f", 0x7F}, Case{"\xc2\x80", 0x80},
               Case{"\xdf\xbf", 0x7FF}, Case{"\xe0\xa0\x80", 0x800}, Case{"\xed\x9f\xbf", 0xD7FF},
               Case{"\xee\x80\x80", 0xE000}, Case{"\xef\xbf\xbf", 0xFFFF},
               Case{"\xf0\x90\x80\x80", 0x10000}, Case{"\xf4\x8f\xbf\xbf", 0x10FFFF});
  CAPTURE(the.text);

  const Utf8Step step = NextCharacter(the.text + "x");

  CHECK(step.valid);
  CHECK(step.character == the.character);
  CHECK(step.bytes == the.text.size());
}

TEST_CASE("what is one step beyond a form is no character, and one byte is passed",
          "[text][hostile]") {
  const std::string bad =
      GENERATE(as<std::string>{}, "\x80", "\xbf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80",
               "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff",
               "\xc2", "\xe0\xa0", "\xf0\x90\x80", "\xc2x", "\xe0\xa0x", "\xf0\x90\x80x");
  CAPTURE(bad);

  const Utf8Step step = NextCharacter(bad);

  CHECK_FALSE(step.valid);
  CHECK(step.character == 0xFFFD);
  CHECK(step.bytes == 1);
}

TEST_CASE("each character of a text is visited once, and each byte that is none", "[text]") {
  std::vector<std::string> seen;
  EachCharacter("aè\xff€", [&seen](const Utf8Step& step, std::string_view bytes) {
    seen.push_back((step.valid ? "+" : "-") + std::string{bytes});
  });
  CHECK(seen == std::vector<std::string>{"+a", "+è", "-\xff", "+€"});
}

}  // namespace
}  // namespace backup_monitor
