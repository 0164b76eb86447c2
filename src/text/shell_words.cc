#include "text/shell_words.h"

#include <optional>
#include <utility>

namespace backup_monitor {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n'; }
bool IsEscapedInQuotes(char c) { return c == '"' || c == '\\' || c == '$' || c == '`'; }

class Splitter {
 public:
  explicit Splitter(std::string_view line) : rest_{line} {}

  ShellWords Split() {
    while (!rest_.empty()) {
      const char c = Next();
      if (IsBlank(c)) EndWord();
      else if (c == '\'') ReadLiteral();
      else if (c == '"') ReadQuoted();
      else if (c == '\\') ReadEscaped();
      else Add(c);
    }
    EndWord();
    if (!fault_.empty()) words_.clear();
    return {std::move(words_), std::move(fault_)};
  }

 private:
  char Next() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  void Add(char c) {
    if (!word_) word_.emplace();
    word_->push_back(c);
  }
  void EndWord() {
    if (word_) words_.push_back(*std::move(word_));
    word_.reset();
  }
  void ReadLiteral() {
    if (!word_) word_.emplace();
    const std::size_t end = rest_.find('\'');
    if (end == std::string_view::npos) fault_ = "a ' is not closed";
    word_->append(rest_.substr(0, end));
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  }
  void ReadQuoted() {
    if (!word_) word_.emplace();
    while (!rest_.empty()) {
      const char c = Next();
      if (c == '"') return;
      if (c == '\\' && !rest_.empty() && IsEscapedInQuotes(rest_.front())) word_->push_back(Next());
      else word_->push_back(c);
    }
    fault_ = "a \" is not closed";
  }
  void ReadEscaped() {
    if (rest_.empty()) fault_ = "it ends in a backslash";
    else Add(Next());
  }

  std::string_view rest_;
  std::optional<std::string> word_;
  std::vector<std::string> words_;
  std::string fault_;
};

}  // namespace

ShellWords SplitShellWords(std::string_view line) { return Splitter{line}.Split(); }

}  // namespace backup_monitor
