#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/preferences.h"

namespace backup_monitor::report::words {

/// Values for the placeholders of a sentence: {"name", "Nightly"} fills "{name}".
using Fillings = std::vector<std::pair<std::string_view, std::string>>;

/// The sentences of one language.
///
/// A catalog is a JSON object of keys; a value is a text, or an object of texts by plural category
/// ("one", "other"; for ordinals also "two", "few"), as Unicode CLDR 42 names them.
class Catalog {
 public:
  /// The catalog that is built in for `language`.
  [[nodiscard]] static Catalog Of(Language language);

  /// \return kInvalidInput if `json` is not of the form above.
  [[nodiscard]] static Result<Catalog> Parse(Language language, std::string_view json);

  /// The sentence, filled. A filling is put in as it is and never searched for placeholders. A key
  /// that is not there gives "⟦key⟧", which a test looks for.
  [[nodiscard]] std::string Say(std::string_view key, const Fillings& fillings = {}) const;

  /// The form for `count`, which also fills "{count}".
  [[nodiscard]] std::string Count(std::string_view key, std::int64_t count,
                                  Fillings fillings = {}) const;

  /// "3rd", "3ª".
  [[nodiscard]] std::string Ordinal(int number) const;

  /// 1234567 as "1,234,567" or "1.234.567".
  [[nodiscard]] std::string Number(std::int64_t number) const;

  [[nodiscard]] Language language() const noexcept { return language_; }
  /// "en", "it": for the `lang` attribute.
  [[nodiscard]] std::string_view tag() const noexcept {
    return language_ == Language::kItalian ? "it" : "en";
  }

  using Forms = std::map<std::string, std::string, std::less<>>;  ///< By plural category.
  [[nodiscard]] const std::map<std::string, Forms, std::less<>>& entries() const noexcept {
    return entries_;
  }

 private:
  [[nodiscard]] std::string SayForm(std::string_view key, std::string_view category,
                                    const Fillings& fillings) const;

  Language language_ = Language::kEnglish;
  std::map<std::string, Forms, std::less<>> entries_;
};

}  // namespace backup_monitor::report::words
