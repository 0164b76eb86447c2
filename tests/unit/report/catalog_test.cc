#include "report/words/catalog.h"

#include <regex>
#include <set>

#include "catch.h"

namespace backup_monitor::report::words {
namespace {

Catalog Parsed(const char* json) { return Catalog::Parse(Language::kEnglish, json).value(); }

// "{count}" may be said in words ("the module") in a form of its own.
std::set<std::string> Placeholders(const std::string& text, bool with_count) {
  static const std::regex kPlaceholder{R"(\{[^}]*\})"};
  std::set<std::string> found;
  for (std::sregex_iterator at{text.begin(), text.end(), kPlaceholder}, end; at != end; ++at) {
    if (with_count || at->str() != "{count}") found.insert(at->str());
  }
  return found;
}

TEST_CASE("a sentence is filled once: what is put in is not filled again", "[report][hostile]") {
  const Catalog catalog = Parsed(R"({"a": "{x} and {y}, {z}"})");
  CHECK(catalog.Say("a", {{"x", "{y}"}, {"y", "{x"}}) == "{y} and {x, {z}");
  CHECK(catalog.Say("b") == "⟦b⟧");
}

TEST_CASE("one and many have their own forms", "[report]") {
  const Catalog english = Catalog::Of(Language::kEnglish);
  const Catalog italian = Catalog::Of(Language::kItalian);
  CHECK(english.Count("count.modules", 1) == "1 module");
  CHECK(english.Count("count.modules", 2) == "2 modules");
  CHECK(english.Count("count.modules", 0) == "0 modules");
  CHECK(english.Count("count.modules", 1234567) == "1,234,567 modules");
  CHECK(italian.Count("count.modules", 1) == "1 modulo");
  CHECK(italian.Count("count.modules", 2000) == "2.000 moduli");
}

TEST_CASE("ordinals follow their language", "[report]") {
  const Catalog english = Catalog::Of(Language::kEnglish);
  CHECK(english.Ordinal(1) == "1st");
  CHECK(english.Ordinal(2) == "2nd");
  CHECK(english.Ordinal(3) == "3rd");
  CHECK(english.Ordinal(11) == "11th");
  CHECK(english.Ordinal(112) == "112th");
  CHECK(english.Ordinal(22) == "22nd");
  const Catalog italian = Catalog::Of(Language::kItalian);
  CHECK(italian.Say("in_a_row", {{"nth", italian.Ordinal(3)}}) == "3ª volta di fila");
}

TEST_CASE("both catalogs say the same things with the same placeholders", "[report]") {
  const Catalog english = Catalog::Of(Language::kEnglish);
  const Catalog italian = Catalog::Of(Language::kItalian);
  REQUIRE_FALSE(english.entries().empty());
  REQUIRE(english.entries().size() == italian.entries().size());
  for (const auto& [key, forms] : english.entries()) {
    CAPTURE(key);
    const auto other = italian.entries().find(key);
    REQUIRE(other != italian.entries().end());
    const std::string& model = forms.at("other");
    CHECK(Placeholders(other->second.at("other"), true) == Placeholders(model, true));
    for (const auto* side : {&forms, &other->second}) {
      for (const auto& [category, text] : *side) {
        CAPTURE(category);
        CHECK_FALSE(text.empty());
        CHECK(Placeholders(text, false) == Placeholders(model, false));
      }
    }
  }
}

TEST_CASE("a catalog of another form is refused", "[report][hostile]") {
  const std::string json =
      GENERATE(as<std::string>{}, "", "[]", R"({"a": 1})", R"({"a": {"one": "x"}})",
               R"({"a": {"other": 1}})", std::string(262'144, '['));
  CHECK_FALSE(Catalog::Parse(Language::kEnglish, json));
}

}  // namespace
}  // namespace backup_monitor::report::words
