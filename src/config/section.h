#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/faults.h"
#include "config/text_rules.h"
#include "config/yaml_tree.h"

namespace backup_monitor::config {

/// What is known while one file is read.
struct Reading {
  Faults faults;
  std::vector<std::string> known_keys;  ///< Full names, as "mail.smtp.host", in order of asking.

  struct Stranger {
    int line;
    std::string section;  ///< "mail.smtp", or "" at the top.
    std::string key;
  };
  std::vector<Stranger> strangers;  ///< Keys that nobody asked for.
};

/// Smallest and largest value, both allowed.
struct Range {
  std::int64_t least;
  std::int64_t most;
};

/// The words of a choice and what each means.
template <typename T, std::size_t N>
using Words = std::array<std::pair<std::string_view, T>, N>;

/// Reads the keys of one section into variables that hold the defaults. A key that is absent leaves
/// its variable alone, a wrong one does too and adds a fault. Asking for a key makes it known;
/// Finish() finds the others.
class Section {
 public:
  /// The whole file: its keys are the sections. `root` may be kNull.
  static Section Root(const YamlNode& root, Reading& reading);

  /// The section `key` of this one. One without keys, or absent, is an empty section.
  [[nodiscard]] Section Inner(const std::string& key);

  void Flag(const std::string& key, bool& value);
  void Whole(const std::string& key, std::int64_t& value, Range range);
  void Seconds(const std::string& key, std::chrono::seconds& value, Range range);
  /// Hours with a fraction, rounded to seconds; the range is in seconds.
  void Hours(const std::string& key, std::chrono::seconds& value, Range range);

  /// Every text is one line, whatever else `rule` wants.
  void Text(const std::string& key, std::string& value, TextRule rule = OneLine);
  void Path(const std::string& key, std::filesystem::path& value, TextRule rule = OneLine);
  /// A list of at least one and at most 100 texts, without repeats where `distinct`. `bare` also
  /// takes a single text without a list around it.
  struct ListForm {
    bool distinct = false;
    bool bare = false;
  };
  void Texts(const std::string& key, std::vector<std::string>& value, TextRule rule, ListForm form);

  /// A map of at most 100 texts, by keys that are texts too. May be empty.
  void Pairs(const std::string& key, std::map<std::string, std::string>& value, TextRule key_rule,
             TextRule rule);

  /// A number of any other type that holds `range`.
  template <typename T>
  void Number(const std::string& key, T& value, Range range) {
    auto wide = static_cast<std::int64_t>(value);
    Whole(key, wide, range);
    value = static_cast<T>(wide);
  }

  /// One of some words, case aside.
  template <typename T, std::size_t N>
  void Choice(const std::string& key, T& value, const Words<T, N>& words) {
    std::vector<std::string> names;
    for (const auto& word : words) names.emplace_back(word.first);
    if (const auto index = IndexOfChoice(key, names)) value = words.at(*index).second;
  }

  /// True if the file gives `key`, rightly or not.
  [[nodiscard]] bool Gives(const std::string& key) const;
  /// Adds a fault of `key`, at its line, or at the section's where the key is absent.
  void Blame(const std::string& key, const std::string& what);
  /// Likewise a warning.
  void Warn(const std::string& key, const std::string& what);
  /// Adds a fault if the file does not give `key`.
  void Require(const std::string& key, const std::string& why = "");

  /// Notes the keys that were never asked for. Call it last.
  void Finish();

 private:
  Section(const YamlNode* node, int line, std::string name, Reading& reading);

  [[nodiscard]] const YamlNode* Find(const std::string& key) const;
  const YamlNode* Ask(const std::string& key);        ///< Nothing if absent or without value.
  const YamlNode* AskScalar(const std::string& key);  ///< Nothing if it is no scalar either.
  std::optional<std::size_t> IndexOfChoice(const std::string& key,
                                           const std::vector<std::string>& names);
  bool Accepts(const std::string& key, const YamlNode& item, TextRule rule);
  void BlameAt(int line, const std::string& key, const std::string& what);
  [[nodiscard]] std::string FullName(const std::string& key) const;

  const YamlNode* node_;  ///< A map, or nothing.
  int line_;
  std::string name_;
  bool broken_ = false;  ///< Not a section at all: said once, its keys are not missed.
  std::vector<std::string> asked_;
  Reading* reading_;
};

}  // namespace backup_monitor::config
