#include "report/words/catalog.h"

#include <algorithm>
#include <utility>

#include "base/json/json_value.h"
#include "embedded/catalogs.h"

namespace backup_monitor::report::words {
namespace {

Result<Catalog::Forms> ReadForms(const JsonValue& value) {
  Catalog::Forms forms;
  if (value.IsString()) {
    forms.emplace("other", TextOf(value));
    return forms;
  }
  if (!value.IsObject()) return Fail(ErrorCode::kInvalidInput, "a sentence is no text");
  for (const auto& form : value.GetObject()) {
    if (!form.value.IsString()) return Fail(ErrorCode::kInvalidInput, "a plural form is no text");
    forms.emplace(TextOf(form.name), TextOf(form.value));
  }
  if (!forms.contains("other")) return Fail(ErrorCode::kInvalidInput, "no form \"other\"");
  return forms;
}

std::string Fill(std::string_view sentence, const Fillings& fillings) {
  std::string filled;
  while (!sentence.empty()) {
    const std::size_t open = sentence.find('{');
    const std::size_t close = sentence.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string_view name = sentence.substr(open + 1, close - open - 1);
    const auto filling = std::find_if(fillings.begin(), fillings.end(),
                                      [name](const auto& pair) { return pair.first == name; });
    filled += sentence.substr(0, open);
    filled += filling == fillings.end() ? sentence.substr(open, close - open + 1)
                                        : std::string_view{filling->second};
    sentence.remove_prefix(close + 1);
  }
  return filled += sentence;
}

// English ordinals, CLDR 42. A language whose catalog has only "other" needs no rule of its own.
std::string_view OrdinalCategory(int number) {
  const int tens = number % 100;
  if (tens >= 11 && tens <= 13) return "other";
  switch (number % 10) {
    case 1: return "one";
    case 2: return "two";
    case 3: return "few";
    default: return "other";
  }
}

}  // namespace

Catalog Catalog::Of(Language language) {
  const char* file = language == Language::kItalian ? "it.json" : "en.json";
  // A built-in catalog that cannot be read says "⟦key⟧" everywhere; tests keep that from shipping.
  return Parse(language, embedded::catalogs::Find(file)).value_or(Catalog{});
}

Result<Catalog> Catalog::Parse(Language language, std::string_view json) {
  const auto document = ParseJsonObject(json);
  if (!document) return Fail(ErrorCode::kInvalidInput, "catalog is not a JSON object");
  Catalog catalog;
  catalog.language_ = language;
  for (const auto& entry : document->GetObject()) {
    auto forms = ReadForms(entry.value);
    if (!forms) return Fail(std::move(forms).error().While(TextOf(entry.name)));
    catalog.entries_.emplace(TextOf(entry.name), std::move(*forms));
  }
  return catalog;
}

std::string Catalog::SayForm(std::string_view key, std::string_view category,
                             const Fillings& fillings) const {
  const auto entry = entries_.find(key);
  if (entry == entries_.end()) return "⟦" + std::string{key} + "⟧";
  auto form = entry->second.find(category);
  if (form == entry->second.end()) form = entry->second.find("other");
  return Fill(form->second, fillings);
}

std::string Catalog::Say(std::string_view key, const Fillings& fillings) const {
  return SayForm(key, "other", fillings);
}

std::string Catalog::Count(std::string_view key, std::int64_t count, Fillings fillings) const {
  fillings.emplace_back("count", Number(count));
  return SayForm(key, count == 1 ? "one" : "other", fillings);
}

std::string Catalog::Ordinal(int number) const {
  return SayForm("ordinal", OrdinalCategory(number), {{"number", Number(number)}});
}

std::string Catalog::Number(std::int64_t number) const {
  std::string digits = std::to_string(number);
  const std::string separator = Say("number.thousands");
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, separator);
  }
  return digits;
}

}  // namespace backup_monitor::report::words
