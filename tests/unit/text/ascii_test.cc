#include "text/ascii.h"

#include <string>

#include "catch.h"

namespace backup_monitor {
namespace {

std::string All(bool (*is)(char)) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) {
    if (is(static_cast<char>(byte))) all += static_cast<char>(byte);
  }
  return all;
}

TEST_CASE("the classes of bytes are ASCII's alone", "[text]") {
  const std::string digits = "0123456789";
  const std::string upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const std::string lower = "abcdefghijklmnopqrstuvwxyz";
  CHECK(All([](char c) { return IsDigit(c); }) == digits);
  CHECK(All([](char c) { return IsLower(c); }) == lower);
  CHECK(All([](char c) { return IsUpper(c); }) == upper);
  CHECK(All([](char c) { return IsLetter(c); }) == upper + lower);
  CHECK(All([](char c) { return IsAlphanumeric(c); }) == digits + upper + lower);
}

TEST_CASE("a graphic byte is neither blank nor control nor of another character", "[text]") {
  const std::string graphic = All([](char c) { return IsGraphic(c); });
  CHECK(graphic.size() == 94);
  CHECK(graphic.front() == '!');
  CHECK(graphic.back() == '~');
  const std::string control = All([](char c) { return IsAsciiControl(c); });
  CHECK(control.size() == 33);
  CHECK(control.substr(30) == "\x1e\x1f\x7f");
}

TEST_CASE("only ASCII letters have a lower case", "[text]") {
  CHECK(LowerCase("AZ az @[ ÀÉ 09") == "az az @[ ÀÉ 09");
  CHECK(EqualInAnyCase("Resolved", "resolveD"));
  CHECK_FALSE(EqualInAnyCase("resolved", "resolve"));
  CHECK_FALSE(EqualInAnyCase("resolve", "resolved"));
  CHECK_FALSE(EqualInAnyCase("À", "à"));
  CHECK_FALSE(EqualInAnyCase("@", "`"));
  CHECK(EqualInAnyCase("", ""));
}

TEST_CASE("one byte above 127 makes a text more than ASCII", "[text]") {
  CHECK(IsAscii(""));
  CHECK(IsAscii("a\x7f"));
  CHECK_FALSE(IsAscii("a\x80"));
  CHECK_FALSE(IsAscii("\xffz"));
}

}  // namespace
}  // namespace backup_monitor
