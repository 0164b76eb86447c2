#include "config/section.h"

#include <algorithm>
#include <map>

namespace backup_monitor::config {
namespace {

bool Contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Section::Section(const YamlNode* node, int line, std::string name, Reading& reading)
    : node_{node}, line_{line}, name_{std::move(name)}, reading_{&reading} {
  if (node_ == nullptr || node_->kind == YamlNode::Kind::kNull) {
    node_ = nullptr;
    return;
  }
  if (node_->kind != YamlNode::Kind::kMap) {
    reading_->faults.Add(line_, name_.empty() ? "the file must hold sections, as 'mail:' is one"
                                              : name_ + ": must be a section with keys below it");
    node_ = nullptr;
    broken_ = true;
    return;
  }
  std::map<std::string_view, int> first_lines;
  for (const YamlNode& member : node_->children) {
    const auto [first, is_new] = first_lines.emplace(member.key, member.line);
    if (is_new) continue;
    BlameAt(member.line, member.key,
            "is given twice (first on line " + std::to_string(first->second) + ")");
  }
}

Section Section::Root(const YamlNode& root, Reading& reading) { return {&root, 1, "", reading}; }

Section Section::Inner(const std::string& key) {
  const YamlNode* found = Find(key);
  asked_.push_back(key);
  Section inner{found, found != nullptr ? found->line : line_, FullName(key), *reading_};
  inner.broken_ = inner.broken_ || broken_;
  return inner;
}

bool Section::Gives(const std::string& key) const { return Find(key) != nullptr; }

void Section::Blame(const std::string& key, const std::string& what) {
  const YamlNode* found = Find(key);
  BlameAt(found != nullptr ? found->line : line_, key, what);
}

void Section::Warn(const std::string& key, const std::string& what) {
  const YamlNode* found = Find(key);
  reading_->faults.Warn(found != nullptr ? found->line : line_, FullName(key) + ": " + what);
}

void Section::Require(const std::string& key, const std::string& why) {
  if (!broken_ && !Gives(key)) Blame(key, why.empty() ? "is missing" : "is missing: " + why);
}

void Section::Finish() {
  if (node_ == nullptr) return;
  for (const YamlNode& member : node_->children) {
    if (!Contains(asked_, member.key)) {
      reading_->strangers.push_back({member.line, name_, member.key});
    }
  }
}

const YamlNode* Section::Find(const std::string& key) const {
  if (node_ == nullptr) return nullptr;
  const auto found = std::find_if(node_->children.begin(), node_->children.end(),
                                  [&](const YamlNode& member) { return member.key == key; });
  return found == node_->children.end() ? nullptr : &*found;
}

const YamlNode* Section::Ask(const std::string& key) {
  asked_.push_back(key);
  reading_->known_keys.push_back(FullName(key));
  const YamlNode* found = Find(key);
  if (found == nullptr || found->kind != YamlNode::Kind::kNull) return found;
  Blame(key, "has no value (remove the line to get the default)");
  return nullptr;
}

const YamlNode* Section::AskScalar(const std::string& key) {
  const YamlNode* found = Ask(key);
  if (found == nullptr || found->kind == YamlNode::Kind::kScalar) return found;
  Blame(key, "must be a single value");
  return nullptr;
}

void Section::BlameAt(int line, const std::string& key, const std::string& what) {
  reading_->faults.Add(line, FullName(key) + ": " + what);
}

std::string Section::FullName(const std::string& key) const {
  return name_.empty() ? ShownKey(key) : name_ + "." + ShownKey(key);
}

}  // namespace backup_monitor::config
