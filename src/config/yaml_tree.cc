#include "config/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace backup_monitor::config {
namespace {

constexpr std::size_t kMostLevels = 16;
constexpr std::size_t kMostValues = 10'000;

/// Leaves the library's parser from within one of its events.
struct Refused {
  int line;
  std::string what;
};

int LineOf(const YAML::Mark& mark) { return std::max(mark.line, 0) + 1; }

/// Builds the tree from the parser's events. Events, not YAML::Node: the parser descends one level
/// per nested value, and here each level is counted before the next one is entered.
class TreeBuilder final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) throw Refused{LineOf(mark), "a second document ('---') is not read"};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    if (ExpectsKey()) throw Refused{LineOf(mark), "there is a value without a key here"};
    Place(New(mark, YamlNode::Kind::kNull));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    throw Refused{LineOf(mark), "YAML aliases (*name) are not read: write the value itself"};
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                const std::string& value) override {
    auto node = New(mark, YamlNode::Kind::kScalar);
    node.plain = tag == "?";  // the library's mark of a scalar without quotes and tag
    node.text = value;
    if (ExpectsKey()) {
      pending_key_ = std::move(node);
    } else {
      Place(std::move(node));
    }
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/,
                       YAML::anchor_t /*anchor*/, YAML::EmitterStyle::value /*style*/) override {
    Open(mark, YamlNode::Kind::kList);
  }
  void OnSequenceEnd() override { Close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {
    Open(mark, YamlNode::Kind::kMap);
  }
  void OnMapEnd() override { Close(); }

  YamlNode Root() && { return std::move(root_); }

 private:
  [[nodiscard]] bool ExpectsKey() const {
    return !open_.empty() && open_.back().kind == YamlNode::Kind::kMap && !pending_key_;
  }

  YamlNode New(const YAML::Mark& mark, YamlNode::Kind kind) {
    if (++values_ > kMostValues) {
      throw Refused{LineOf(mark), "more than " + std::to_string(kMostValues) + " values"};
    }
    YamlNode node;
    node.kind = kind;
    node.line = LineOf(mark);
    return node;
  }

  void Open(const YAML::Mark& mark, YamlNode::Kind kind) {
    if (ExpectsKey()) throw Refused{LineOf(mark), "a key must be plain text"};
    if (open_.size() >= kMostLevels) {
      throw Refused{LineOf(mark),
                    "nested more than " + std::to_string(kMostLevels) + " levels deep"};
    }
    auto node = New(mark, kind);
    SetKey(node);
    open_.push_back(std::move(node));
  }

  void Close() {
    auto node = std::move(open_.back());
    open_.pop_back();
    Attach(std::move(node));
  }

  void Place(YamlNode node) {
    SetKey(node);
    Attach(std::move(node));
  }

  void SetKey(YamlNode& node) {
    if (!pending_key_) return;
    node.key = std::move(pending_key_->text);
    node.line = pending_key_->line;
    pending_key_.reset();
  }

  void Attach(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else {
      open_.back().children.push_back(std::move(node));
    }
  }

  std::vector<YamlNode> open_;  ///< From the root down to what is being read.
  std::optional<YamlNode> pending_key_;
  YamlNode root_;
  std::size_t values_ = 0;
  int documents_ = 0;
};

}  // namespace

std::optional<YamlNode> ReadYaml(std::string_view text, Faults& faults) {
  TreeBuilder builder;
  try {
    std::istringstream stream{std::string{text}};
    YAML::Parser parser{stream};
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refused& refused) {
    faults.Add(refused.line, refused.what);
    return std::nullopt;
  } catch (const YAML::Exception& failure) {
    faults.Add(LineOf(failure.mark), "this is not YAML: " + failure.msg);
    return std::nullopt;
  }
  return std::move(builder).Root();
}

}  // namespace backup_monitor::config
