#include "config/strangers.h"

#include <algorithm>

#include "config/near_word.h"

namespace backup_monitor::config {
namespace {

/// What may stand directly in `section`: "host" and "smtp" in "mail".
std::vector<std::string> WordsOf(const std::string& section, const std::vector<std::string>& keys) {
  const std::string prefix = section.empty() ? "" : section + ".";
  std::vector<std::string> words;
  for (const std::string& key : keys) {
    if (key.rfind(prefix, 0) != 0) continue;
    const std::string rest = key.substr(prefix.size());
    const std::string word = rest.substr(0, rest.find('.'));
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  return words;
}

/// The only full key that ends in `.word`, or nothing.
std::string OnlyKeyNamed(const std::string& word, const std::vector<std::string>& keys) {
  std::string only;
  for (const std::string& key : keys) {
    const std::size_t dot = key.rfind('.');
    if (dot == std::string::npos || key.substr(dot + 1) != word) continue;
    if (!only.empty()) return {};
    only = key;
  }
  return only;
}

}  // namespace

void BlameStrangers(Reading& reading) {
  for (const Reading::Stranger& stranger : reading.strangers) {
    const std::string prefix = stranger.section.empty() ? "" : stranger.section + ".";
    std::string meant = NearWord(stranger.key, WordsOf(stranger.section, reading.known_keys));
    if (meant.empty()) {
      meant = OnlyKeyNamed(stranger.key, reading.known_keys);
    } else {
      meant.insert(0, prefix);
    }
    reading.faults.Add(stranger.line, prefix + ShownKey(stranger.key) + ": unknown key" +
                                          (meant.empty() ? "" : ", did you mean " + meant + "?"));
  }
}

}  // namespace backup_monitor::config
