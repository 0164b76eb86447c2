#include "probe/flag_words.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace backup_monitor {
namespace {

using Words = std::vector<std::string>;

TEST_CASE("flags are split as a shell splits them", "[probe]") {
  struct Case {
    std::string line;
    Words words;
  };
  const auto [line, words] = GENERATE(values<Case>({
      {"", {}},
      {"  \t ", {}},
      {"--no-lock", {"--no-lock"}},
      {" --option  s3.connections=2\t-v ", {"--option", "s3.connections=2", "-v"}},
      {"--tag 'two words'", {"--tag", "two words"}},
      {"--tag=\"two words\"", {"--tag=two words"}},
      {"a'b'\"c\"d", {"abcd"}},
      {"'' \"\"", {"", ""}},
      {"\"a\\\"b\\\\c\\$d\\`e\\f\"", {"a\"b\\c$d`e\\f"}},
      {"'a\\b'", {"a\\b"}},
      {"two\\ words \\'", {"two words", "'"}},
  }));
  CHECK(SplitFlags(line).value() == words);
}

TEST_CASE("nothing is expanded", "[probe][hostile]") {
  CHECK(SplitFlags("$HOME * $(id) `id` ~ ; & |").value() ==
        Words{"$HOME", "*", "$(id)", "`id`", "~", ";", "&", "|"});
}

TEST_CASE("what a shell would go on asking for is refused", "[probe]") {
  for (const char* line : {"'", "a 'b", "\"", "\"a\\\"", "a\\"}) {
    const auto words = SplitFlags(line);
    REQUIRE_FALSE(words);
    CHECK(words.error().code == ErrorCode::kInvalidInput);
    CHECK_FALSE(words.error().message.empty());
  }
}

}  // namespace
}  // namespace backup_monitor
