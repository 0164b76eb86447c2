#include "report/mail/view.h"

#include <string_view>

namespace backup_monitor::report::mail {
namespace {

constexpr std::int64_t kMarkup = 25;
constexpr std::int64_t kEntity = 5;  // What "&quot;" is longer than its character.

std::int64_t EscapedSize(std::string_view text) {
  auto size = static_cast<std::int64_t>(text.size());
  for (const char c : text) {
    if (std::string_view{"&<>\"'"}.find(c) != std::string_view::npos) size += kEntity;
  }
  return size;
}

}  // namespace

std::int64_t HtmlWeight(const View& view) {
  std::int64_t weight = 0;
  for (const auto& [name, text] : view.texts) weight += EscapedSize(text) + kMarkup;
  for (const auto& [name, items] : view.lists) {
    for (const View& item : items) weight += HtmlWeight(item);
  }
  return weight;
}

}  // namespace backup_monitor::report::mail
