#include "report/foreign_text.h"

#include <catch2/catch.hpp>
#include <string>

namespace backup_monitor {
namespace {

const std::string kReplaced = "\xEF\xBF\xBD";

TEST_CASE("ordinary names of any script are shown as they are", "[report]") {
  const std::string name = GENERATE(as<std::string>{}, "Mail server", "Città è più", "バックアップ",
                                    "גיבוי", "📬 mail", "<b>&amp;</b>");
  CHECK(ShowForeign(name) == name);
}

TEST_CASE("what breaks a line or turns its direction is replaced, visibly", "[report][hostile]") {
  struct Case {
    std::string raw;
    std::string shown;
  };
  const auto the = GENERATE_COPY(Case{"a\r\nBcc: b", "a" + kReplaced + "Bcc: b"},
                                 Case{std::string{"a\0b", 3}, "a" + kReplaced + "b"},
                                 Case{"a\xE2\x80\xAE"
                                      "b",
                                      "a" + kReplaced + "b"},  // U+202E
                                 Case{"a\xE2\x81\xA6"
                                      "b",
                                      "a" + kReplaced + "b"},  // U+2066
                                 Case{"a\xE2\x80\x8B"
                                      "b",
                                      "a" + kReplaced + "b"},  // U+200B
                                 Case{"a\xE2\x80\xA8"
                                      "b",
                                      "a" + kReplaced + "b"},  // U+2028
                                 Case{"a\xC2\x85"
                                      "b",
                                      "a" + kReplaced + "b"},  // U+0085
                                 Case{"a\x7F"
                                      "b",
                                      "a" + kReplaced + "b"},
                                 Case{"  a  ", "a"}, Case{"   ", ""});
  CHECK(ShowForeign(the.raw) == the.shown);
}

TEST_CASE("broken UTF-8 becomes valid", "[report][hostile]") {
  const std::string raw = GENERATE(as<std::string>{},
                                   "a\xFF"
                                   "b",
                                   "a\xC0\xAF"
                                   "b",
                                   "a\xED\xA0\x80"
                                   "b",
                                   "a\xF4\x90\x80\x80"
                                   "b",
                                   "a\xE2\x82"
                                   "b",
                                   "a\x80"
                                   "b");
  CHECK(ShowForeign(raw) == "a" + kReplaced + "b");
}

TEST_CASE("a text of the limit is whole, one character more is cut", "[report]") {
  std::string text;
  for (int i = 0; i < 120; ++i) text += "è";
  CHECK(ShowForeign(text) == text);
  const std::string cut = ShowForeign(text + "!");
  CHECK(cut == text.substr(0, 119 * 2) + "…");
  CHECK(ShowForeign(std::string(10'000, 'x')).size() == 119 + 3);
}

TEST_CASE("a cut by bytes splits no character", "[report]") {
  CHECK(CutTo("abcdef", 6) == "abcdef");
  CHECK(CutTo("abcdefg", 6) == "abc…");
  CHECK(CutTo("aèèèèè", 8) == "aèè…");
  CHECK(CutTo("aèèèèè", 7) == "aè…");
}

}  // namespace
}  // namespace backup_monitor
