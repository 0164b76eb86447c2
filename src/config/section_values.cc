// The value readers of Section: each leaves its variable alone unless the text fits.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

#include "config/section.h"
#include "text/ascii.h"

namespace backup_monitor::config {
namespace {

constexpr std::size_t kMostItems = 100;
constexpr double kSecondsPerHour = 3600;

bool IsWhole(const std::string& text) {
  const std::size_t sign = text.rfind('-', 0) == 0 ? 1 : 0;
  if (text.size() == sign || text.size() > 40) return false;
  if (text[sign] == '0' && text.size() > 1) return false;  // YAML 1.1 would take 010 for 8
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(sign), text.end(), IsDigit);
}

bool IsDecimal(const std::string& text) {
  const std::size_t point = text.find('.');
  if (!IsWhole(text.substr(0, point))) return false;
  if (point == std::string::npos) return true;
  return point + 1 < text.size() && text.size() <= 40 &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(point) + 1, text.end(), IsDigit);
}

/// `within` as both limits appear to the reader of a message.
std::string NotWithin(const std::string& text, const std::string& within) {
  return text + " is not " + within;
}

std::string HoursText(std::int64_t seconds) {
  std::ostringstream text;
  text << static_cast<double>(seconds) / kSecondsPerHour;
  return text.str();
}

std::string Joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

}  // namespace

void Section::Flag(const std::string& key, bool& value) {
  const YamlNode* node = AskScalar(key);
  if (node == nullptr) return;
  if (node->plain && (node->text == "true" || node->text == "false")) {
    value = node->text == "true";
  } else {
    Blame(key, Shown(node->text) + " is not true or false");
  }
}

void Section::Whole(const std::string& key, std::int64_t& value, Range range) {
  const YamlNode* node = AskScalar(key);
  if (node == nullptr) return;
  const std::string& text = node->text;
  if (!IsWhole(text)) return Blame(key, Shown(text) + " is not a whole number");
  if (!node->plain) return Blame(key, Shown(text) + " is text: write the number without quotes");
  std::int64_t number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end.ec != std::errc{} || number < range.least || number > range.most) {
    return Blame(key, NotWithin(text, "between " + std::to_string(range.least) + " and " +
                                          std::to_string(range.most)));
  }
  value = number;
}

void Section::Seconds(const std::string& key, std::chrono::seconds& value, Range range) {
  std::int64_t number = value.count();
  Whole(key, number, range);
  value = std::chrono::seconds{number};
}

void Section::Hours(const std::string& key, std::chrono::seconds& value, Range range) {
  const YamlNode* node = AskScalar(key);
  if (node == nullptr) return;
  const std::string& text = node->text;
  if (!IsDecimal(text)) return Blame(key, Shown(text) + " is not a number");
  if (!node->plain) return Blame(key, Shown(text) + " is text: write the number without quotes");
  double hours = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), hours);
  const double number = hours * kSecondsPerHour;
  if (end.ec != std::errc{} || number < static_cast<double>(range.least) ||
      number > static_cast<double>(range.most)) {
    return Blame(key, NotWithin(text, "between " + HoursText(range.least) + " and " +
                                          HoursText(range.most)));
  }
  value = std::chrono::seconds{std::llround(number)};
}

void Section::Text(const std::string& key, std::string& value, TextRule rule) {
  const YamlNode* node = AskScalar(key);
  if (node != nullptr && Accepts(key, *node, rule)) value = node->text;
}

void Section::Path(const std::string& key, std::filesystem::path& value, TextRule rule) {
  std::string text = value.string();
  Text(key, text, rule);
  value = text;
}

void Section::Texts(const std::string& key, std::vector<std::string>& value, TextRule rule,
                    ListForm form) {
  const YamlNode* node = Ask(key);
  if (node == nullptr) return;
  if (form.bare && node->kind == YamlNode::Kind::kScalar) {
    if (Accepts(key, *node, rule)) value = {node->text};
    return;
  }
  if (node->kind != YamlNode::Kind::kList) return Blame(key, "must be a list, as [\"…\", \"…\"]");
  if (node->children.empty()) return Blame(key, "must hold at least one value");
  if (node->children.size() > kMostItems) {
    return Blame(key, "holds more than " + std::to_string(kMostItems) + " values");
  }
  std::vector<std::string> texts;
  std::vector<std::string> folded;
  for (const YamlNode& item : node->children) {
    if (!Accepts(key, item, rule)) continue;
    const std::string word = LowerCase(item.text);
    if (form.distinct && std::find(folded.begin(), folded.end(), word) != folded.end()) {
      BlameAt(item.line, key, Shown(item.text) + " is given twice");
    }
    folded.push_back(word);
    texts.push_back(item.text);
  }
  value = std::move(texts);
}

void Section::Pairs(const std::string& key, std::map<std::string, std::string>& value,
                    TextRule key_rule, TextRule rule) {
  const YamlNode* node = Ask(key);
  if (node == nullptr) return;
  if (node->kind != YamlNode::Kind::kMap) return Blame(key, "must be a map, as {\"…\": \"…\"}");
  if (node->children.size() > kMostItems) {
    return Blame(key, "holds more than " + std::to_string(kMostItems) + " values");
  }
  std::map<std::string, std::string> pairs;
  for (const YamlNode& item : node->children) {
    if (const auto complaint = key_rule(item.key)) {
      BlameAt(item.line, key, *complaint);
    } else if (Accepts(key, item, rule) && !pairs.emplace(item.key, item.text).second) {
      BlameAt(item.line, key, Shown(item.key) + " is given twice");
    }
  }
  value = std::move(pairs);
}

std::optional<std::size_t> Section::IndexOfChoice(const std::string& key,
                                                  const std::vector<std::string>& names) {
  const YamlNode* node = AskScalar(key);
  if (node == nullptr) return {};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (LowerCase(names[i]) == LowerCase(node->text)) return i;
  }
  Blame(key, Shown(node->text) + " is not one of " + Joined(names));
  return {};
}

bool Section::Accepts(const std::string& key, const YamlNode& item, TextRule rule) {
  if (item.kind != YamlNode::Kind::kScalar) {
    BlameAt(item.line, key, "each value must be a text");
    return false;
  }
  auto complaint = OneLine(item.text);
  if (!complaint) complaint = rule(item.text);
  if (complaint) BlameAt(item.line, key, *complaint);
  return !complaint;
}

}  // namespace backup_monitor::config
