#include "base/json/json_value.h"

#include <string>

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("a whole JSON text of any kind is parsed", "[base]") {
  const std::string text =
      GENERATE(as<std::string>{}, "{}", "[]", "null", "1", "\"x\"", " {\"a\":[1,{\"b\":null}]}\n");
  CAPTURE(text);
  CHECK(ParseJson(text));
}

TEST_CASE("what is no JSON is refused with its place", "[base][hostile]") {
  CHECK_THAT(ParseJson("{\"a\":1 2}").error().message,
             Catch::StartsWith("not JSON at byte 7: Missing a comma"));
  CHECK(ParseJson(std::string{"{}\0{}", 5}).error().message == "not JSON at byte 2: Null byte");
  CHECK(ParseJson("").error().code == ErrorCode::kInvalidInput);
  CHECK_FALSE(ParseJson("{} {}"));
}

TEST_CASE("only an object is an object", "[base]") {
  CHECK(ParseJsonObject("{}"));
  for (const char* text : {"[]", "null", "1", "\"{}\""}) {
    CAPTURE(text);
    CHECK(ParseJsonObject(text).error().message == "not a JSON object");
  }
}

TEST_CASE("bytes that are no UTF-8 are refused, or kept for those who ask for it",
          "[base][hostile]") {
  const std::string text = "{\"a\":\"\xff è\"}";
  CHECK_FALSE(ParseJson(text));
  const auto kept = ParseJson(text, {.utf8_only = false});
  REQUIRE(kept);
  CHECK(TextMember(*kept, "a") == "\xff è");
  CHECK(TextMember(*ParseJson("{\"a\":\"è\"}"), "a") == "è");
}

TEST_CASE("a number is one, or the text that was written", "[base]") {
  const std::string text = R"({"n":123456789012345678901234567890,"i":7,"è":1.50})";
  const auto numbers = ParseJson(text);
  REQUIRE(numbers);
  CHECK(Member(*numbers, "i")->GetInt() == 7);
  CHECK(TextMember(*numbers, "i").empty());
  const auto written = ParseJson(text, {.numbers_as_written = true});
  REQUIRE(written);
  CHECK(TextMember(*written, "n") == "123456789012345678901234567890");
  CHECK(TextMember(*written, "è") == "1.50");
}

TEST_CASE("of a repeated member the last one counts", "[base]") {
  const auto json = ParseJson(R"({"a":"first","b":"","a":"last"})");
  REQUIRE(json);
  CHECK(TextMember(*json, "a") == "last");
}

TEST_CASE("what has no such member has none", "[base][hostile]") {
  const auto json = ParseJson(R"({"a":{"b":"c"},"l":["b"],"n\u0000x":"null byte"})");
  REQUIRE(json);
  CHECK(Member(*json, "z") == nullptr);
  CHECK(Member(*json, "") == nullptr);
  CHECK(Member(*json, "n") == nullptr);
  CHECK(TextMember(*json, std::string_view{"n\0x", 3}) == "null byte");
  CHECK(Member(nullptr, "a") == nullptr);
  CHECK(Member(Member(*json, "l"), "b") == nullptr);
  CHECK(TextMember(Member(*json, "z"), "b").empty());
  CHECK(TextMember(*json, "a").empty());
  CHECK(TextMember(Member(*json, "a"), "b") == "c");
}

TEST_CASE("nesting does not become depth on the stack", "[base][hostile]") {
  const std::size_t deep = 500'000;
  const std::string lists = std::string(deep, '[') + std::string(deep, ']');
  CHECK(ParseJson(lists));
  CHECK(ParseJson(lists, {.numbers_as_written = true}));
  CHECK(ParseJson("[\"è\"," + lists + "]"));
  CHECK(ParseJson("[\"\xff\"," + lists + "]", {.utf8_only = false}));
  CHECK_FALSE(ParseJson(std::string(deep, '{')));
}

}  // namespace
}  // namespace backup_monitor
