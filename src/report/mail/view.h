#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace backup_monitor::report::mail {

/// What a template is filled with: texts and lists by name. A text that is empty and a list without
/// items are not there, so that a section around them is left out.
///
/// A template looks for a name in the outer views too (mustache(5)): a name must be used on one
/// level only.
struct View {
  std::map<std::string, std::string> texts;
  std::map<std::string, std::vector<View>> lists;

  void Set(const std::string& name, std::string text) {
    if (!text.empty()) texts.insert_or_assign(name, std::move(text));
  }
  void Set(const std::string& name, std::vector<View> items) {
    if (!items.empty()) lists.insert_or_assign(name, std::move(items));
  }
  /// Opens the section `name` once.
  void Flag(const std::string& name, bool open) {
    if (open) lists.insert_or_assign(name, std::vector<View>(1));
  }
};

/// One view for each text, which is its `name`.
[[nodiscard]] inline std::vector<View> EachAs(const std::string& name,
                                              const std::vector<std::string>& texts) {
  std::vector<View> views;
  for (const std::string& text : texts) views.emplace_back().Set(name, text);
  return views;
}

/// About how many bytes of HTML a view fills: its texts, escaped, with some markup around each. A
/// sentence weighs more than its share where the template has little around it, never less.
[[nodiscard]] std::int64_t HtmlWeight(const View& view);

}  // namespace backup_monitor::report::mail
