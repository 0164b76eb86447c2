#include "text/fit_text.h"

#include <string>

#include "catch.h"

namespace backup_monitor {
namespace {

const std::string kReplaced = "\xEF\xBF\xBD";

TEST_CASE("ordinary names of any script are shown as they are", "[text]") {
  const std::string name = GENERATE(as<std::string>{}, "Mail server", "Città è più", "バックアップ",
                                    "גיבוי", "📬 mail", "<b>&amp;</b>");
  CHECK(ShowForeign(name) == name);
}

TEST_CASE("what breaks a line or turns its direction is replaced, visibly", "[text][hostile]") {
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

TEST_CASE("broken UTF-8 becomes valid", "[text][hostile]") {
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

TEST_CASE("a text of the limit is whole, one character more is cut", "[text]") {
  std::string text;
  for (int i = 0; i < 120; ++i) text += "è";
  CHECK(ShowForeign(text) == text);
  const std::string cut = ShowForeign(text + "!");
  CHECK(cut == text.substr(0, 119 * 2) + "…");
  CHECK(ShowForeign(std::string(10'000, 'x')).size() == 119 + 3);
}

TEST_CASE("a cut by bytes splits no character", "[text]") {
  CHECK(CutTo("abcdef", 6) == "abcdef");
  CHECK(CutTo("abcdefg", 6) == "abc…");
  CHECK(CutTo("aèèèèè", 8) == "aèè…");
  CHECK(CutTo("aèèèèè", 7) == "aè…");
}

TEST_CASE("three classes, each within the one before, to their edges", "[text]") {
  struct Case {
    char32_t first;
    char32_t last;
    bool breaks;
    bool plain;
  };
  // Ranges of characters that a mail does not show.
  const auto the =
      GENERATE(Case{0x00, 0x1F, true, false}, Case{0x7F, 0x9F, true, false},
               Case{0x2028, 0x2029, true, false}, Case{0x61C, 0x61C, false, false},
               Case{0x200E, 0x200F, false, false}, Case{0x202A, 0x202E, false, false},
               Case{0x2066, 0x2069, false, false}, Case{0xAD, 0xAD, false, true},
               Case{0x34F, 0x34F, false, true}, Case{0x115F, 0x1160, false, true},
               Case{0x17B4, 0x17B5, false, true}, Case{0x180B, 0x180F, false, true},
               Case{0x200B, 0x200D, false, true}, Case{0x2060, 0x2065, false, true},
               Case{0x206A, 0x206F, false, true}, Case{0x3164, 0x3164, false, true},
               Case{0xE000, 0xF8FF, false, true}, Case{0xFEFF, 0xFEFF, false, true},
               Case{0xFFA0, 0xFFA0, false, true}, Case{0xFFF0, 0xFFFF, false, true},
               Case{0x1D173, 0x1D17A, false, true}, Case{0xE0000, 0x10FFFF, false, true});
  CAPTURE(static_cast<unsigned>(the.first));
  for (const char32_t character : {the.first, the.last}) {
    CHECK(BreaksLine(character) == the.breaks);
    CHECK(IsPlain(character) == the.plain);
    CHECK_FALSE(IsVisible(character));
  }
}

TEST_CASE("what lies beside those ranges is shown", "[text]") {
  const char32_t character =
      GENERATE(0x20U, 0x7EU, 0xA0U, 0xACU, 0xAEU, 0x34EU, 0x350U, 0x61BU, 0x61DU, 0x115EU, 0x1161U,
               0x17B3U, 0x17B6U, 0x180AU, 0x1810U, 0x200AU, 0x2010U, 0x2027U, 0x202FU, 0x205FU,
               0x2070U, 0x3163U, 0x3165U, 0xF900U, 0xFEFEU, 0xFF00U, 0xFF9FU, 0xFFA1U, 0xFFEFU,
               0x10000U, 0x1D172U, 0x1D17BU, 0x1F4ECU, 0xDFFFFU);
  CAPTURE(static_cast<unsigned>(character));
  CHECK_FALSE(BreaksLine(character));
  CHECK(IsPlain(character));
  CHECK(IsVisible(character));
}

TEST_CASE("a beginning splits no character", "[text]") {
  CHECK(BeginningOf("aè", 2) == "a");
  CHECK(BeginningOf("aè", 3) == "aè");
  CHECK(BeginningOf("🕳🕳", 7) == "🕳");
  CHECK(BeginningOf("🕳🕳", 8) == "🕳🕳");
  CHECK(BeginningOf("🕳", 3).empty());
  CHECK(BeginningOf("abc", 0).empty());
  CHECK(BeginningOf(std::string(10, '\x80'), 5).size() <= 5);
  CHECK(BeginningOf(std::string(10, '\x80'), 5).size() >= 2);  // what is no text is not lost whole
}

TEST_CASE("an ending splits no character", "[text]") {
  CHECK(EndingOf("èa", 2) == "a");
  CHECK(EndingOf("èa", 3) == "èa");
  CHECK(EndingOf("🕳🕳", 7) == "🕳");
  CHECK(EndingOf("🕳🕳", 4) == "🕳");
  CHECK(EndingOf("🕳", 3).empty());
  CHECK(EndingOf("abc", 0).empty());
  CHECK(EndingOf("abc", 2) == "bc");
  CHECK(EndingOf(std::string(10, '\x80'), 5).size() == 2);
}

TEST_CASE("a sentence keeps readable text of any script", "[text]") {
  CHECK(Printable("Backup giornaliero è 日本 🕳") == "Backup giornaliero è 日本 🕳");
}

TEST_CASE("bytes that are no UTF-8 become question marks in a sentence", "[text][hostile]") {
  CHECK(Printable("\xC0\x80|\xED\xA0\x80|\xF5|\xE2\x82|\x80") == "??|???|?|??|?");
}

TEST_CASE("a sentence is cut at its limit and says so", "[text]") {
  CHECK(Printable("abc", 3) == "abc");
  CHECK(Printable("abcd", 3) == "abc...");
  CHECK(Printable("abè", 3) == "ab...");
  CHECK(Printable(std::string(100, 'x')) == std::string(100, 'x'));
  CHECK(Printable(std::string(101, 'x')) == std::string(100, 'x') + "...");
}

TEST_CASE("a log line escapes each byte of what is not plain", "[text][hostile]") {
  CHECK(EscapedLine("città \t\n\x7f") == "città \\x09\\x0a\\x7f");
  CHECK(EscapedLine("a\u2028\u202E\u0085") == "a\\xe2\\x80\\xa8\\xe2\\x80\\xae\\xc2\\x85");
  CHECK(EscapedLine("\xff\xE2\x82") == "\\xff\\xe2\\x82");
  CHECK(EscapedLine("a\u200Bb") == "a\u200Bb");  // draws nothing, and does no harm in a log
}

}  // namespace
}  // namespace backup_monitor
