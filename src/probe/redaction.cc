#include "probe/redaction.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace backup_monitor {
namespace {

constexpr std::string_view kHidden = "***";
constexpr std::size_t kKeyLength = 20;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsKeyCharacter(char c) {
  return IsLetter(c) || IsDigit(c) || c == '+' || c == '_' || c == '=' || c == '-';
}
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// scheme://user:password@host: everything from "//" to the last '@' of the word, since a password may hold
/// a '/'. A path with an '@' loses its host: better that than the other way round.
std::string HideUrlUsers(std::string_view text) {
  std::string shown;
  while (true) {
    const std::size_t slashes = text.find("://");
    if (slashes == std::string_view::npos) return shown.append(text);
    shown.append(text.substr(0, slashes + 3));
    text.remove_prefix(slashes + 3);
    const auto end = std::ranges::find_if(text, [](char c) { return IsBlank(c) || c == '"'; });
    const auto word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    const std::size_t at = word.rfind('@');
    if (at == std::string_view::npos) continue;
    shown.append(kHidden);
    text.remove_prefix(at);
  }
}

bool EndsInSecretName(std::string_view text) {
  constexpr std::array<std::string_view, 10> kNames{
      "password", "passwd", "passphrase", "pass", "pwd", "secret", "token", "key", "credential", "authorization"};
  return std::ranges::any_of(kNames, [text](std::string_view name) {
    if (text.size() < name.size()) return false;
    return std::ranges::equal(text.substr(text.size() - name.size()), name,
                              [](char a, char b) { return Lower(a) == b; });
  });
}

/// password=x, secret_key: "x", "token":"x", Authorization: Basic x
std::string HideNamedValues(std::string_view text) {
  std::string shown;
  for (std::size_t i = 0; i < text.size(); ++i) {
    shown.push_back(text[i]);
    if (text[i] != '=' && text[i] != ':') continue;
    std::string_view name{shown.data(), shown.size() - 1};
    while (!name.empty() && (name.back() == '"' || name.back() == '\'')) name.remove_suffix(1);
    if (!EndsInSecretName(name)) continue;
    std::size_t begin = i + 1;
    while (begin < text.size() && (text[begin] == ' ' || text[begin] == '"' || text[begin] == '\'')) ++begin;
    for (const std::string_view scheme : {"Basic ", "Bearer "}) {
      if (text.substr(begin, scheme.size()) == scheme) begin += scheme.size();
    }
    std::size_t end = begin;
    while (end < text.size() && !IsBlank(text[end]) && std::string_view{"\"'&,;})"}.find(text[end]) == std::string_view::npos) {
      ++end;
    }
    if (end == begin) continue;
    shown.append(text.substr(i + 1, begin - i - 1)).append(kHidden);
    i = end - 1;
  }
  return shown;
}

/// Whatever looks like a key by itself.
std::string HideKeys(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const auto end = std::ranges::find_if_not(text, IsKeyCharacter);
    const auto word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    const bool is_key = word.size() >= kKeyLength && std::ranges::any_of(word, IsDigit) &&
                        std::ranges::any_of(word, IsLetter);
    shown.append(is_key ? kHidden : word);
    text.remove_prefix(word.size());
    if (text.empty()) break;
    shown.push_back(text.front());
    text.remove_prefix(1);
  }
  return shown;
}

}  // namespace

std::string WithoutSecrets(std::string_view text) {
  return HideKeys(HideNamedValues(HideUrlUsers(text)));
}

}  // namespace backup_monitor
