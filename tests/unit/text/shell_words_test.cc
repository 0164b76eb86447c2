#include "text/shell_words.h"

#include <string>
#include <vector>

#include "catch.h"

namespace backup_monitor {
namespace {

using Words = std::vector<std::string>;

TEST_CASE("flags are split as a shell splits them", "[text]") {
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
  CHECK(SplitShellWords(line).words == words);
}

TEST_CASE("nothing is expanded", "[text][hostile]") {
  CHECK(SplitShellWords("$HOME * $(id) `id` ~ ; & |").words ==
        Words{"$HOME", "*", "$(id)", "`id`", "~", ";", "&", "|"});
}

TEST_CASE("what a shell would go on asking for is refused", "[text]") {
  for (const char* line : {"'", "a 'b", "\"", "\"a\\\"", "a\\"}) {
    const auto words = SplitShellWords(line);
    CHECK(words.words.empty());
    CHECK_FALSE(words.fault.empty());
  }
}

}  // namespace
}  // namespace backup_monitor
