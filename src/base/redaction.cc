#include "base/redaction.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"
#include "text/fit_text.h"
#include "text/percent_encoded.h"

namespace backup_monitor {
namespace {

constexpr std::string_view kHidden = "***";
constexpr std::size_t kKeyLength = 20;
constexpr std::size_t kLongestUser = 4096;  // of a URL; also bounds the search for its end
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestQuoted = 16'384;  // looked at for what is quoted
constexpr int kRandomTurns = 4;

bool IsSpace(char c) { return c == ' ' || c == '\t'; }
bool IsBlank(char c) { return IsSpace(c) || c == '\n' || c == '\r'; }
bool IsQuote(char c) { return c == '"' || c == '\'' || c == '`'; }
bool IsKeyCharacter(char c) {
  return IsAlphanumeric(c) || c == '+' || c == '_' || c == '=' || c == '-' || c == '/';
}
bool IsNameCharacter(char c) { return IsAlphanumeric(c) || c == '_' || c == '-' || c == '.'; }

std::string Replaced(std::string_view text, std::string_view what) {
  std::string shown;
  while (!what.empty()) {
    const std::size_t at = text.find(what);
    if (at == std::string_view::npos) break;
    shown.append(text.substr(0, at)).append(kHidden);
    text.remove_prefix(at + what.size());
  }
  return shown.append(text);
}

/// What Go's net/url leaves as it is in a user's password.
constexpr std::string_view kPlainInGo = "-_.~$&+,;=";

std::string WithBackslashes(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped.push_back('\\');
    escaped.push_back(c);
  }
  return escaped;
}

std::string HideKnown(std::string_view text, const KnownSecrets& known) {
  std::string shown{text};
  std::vector<std::string> forms;
  for (const Secret& secret : known) {
    if (secret.empty()) continue;
    const std::string& plain = secret.Reveal();
    forms.insert(forms.end(), {plain, PercentEncoded(plain, kPlainInGo), WithBackslashes(plain)});
  }
  // Longest first: one secret may be a part of another.
  std::ranges::sort(forms,
                    [](const auto& one, const auto& other) { return one.size() > other.size(); });
  for (const std::string& form : forms) shown = Replaced(shown, form);
  return shown;
}

/// A quote as it is written at some place: how many backslashes are before it, and the character.
struct Quote {
  std::size_t backslashes = 0;
  char mark = 0;  ///< 0: none is there.

  [[nodiscard]] std::size_t size() const noexcept { return mark == 0 ? 0 : backslashes + 1; }
};

Quote QuoteAt(std::string_view text) {
  const auto mark = std::min(text.find_first_not_of('\\'), text.size());
  return mark < text.size() && IsQuote(text[mark]) ? Quote{mark, text[mark]} : Quote{};
}

Quote QuoteBefore(std::string_view text) {
  if (text.empty() || !IsQuote(text.back())) return {};
  Quote quote{0, text.back()};
  text.remove_suffix(1);
  while (!text.empty() && text.back() == '\\') {
    ++quote.backslashes;
    text.remove_suffix(1);
  }
  return quote;
}

/// Where what `open` began ends: at the same quote with as many backslashes, and not doubled, as
/// rclone writes a quote within one; else at the line's end.
std::size_t EndOfQuoted(std::string_view text, const Quote& open) {
  std::size_t backslashes = 0;
  for (std::size_t i = 0; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '\\') {
      ++backslashes;
      continue;
    }
    const bool closes = text[i] == open.mark && backslashes == open.backslashes;
    const bool doubled =
        closes && open.backslashes == 0 && i + 1 < text.size() && text[i + 1] == open.mark;
    if (closes && !doubled) return i - backslashes;
    if (doubled) ++i;
    backslashes = 0;
  }
  return std::min(text.find('\n'), text.size());
}

/// What can be user and password of the URL whose "//" `text` follows; `before` is what precedes its scheme.
std::string_view UserRegion(std::string_view before, std::string_view text) {
  text = text.substr(0, kLongestUser);
  while (!before.empty() &&
         (IsNameCharacter(before.back()) || before.back() == '+' || before.back() == ':')) {
    before.remove_suffix(1);
  }
  if (const Quote open = QuoteBefore(before); open.mark != 0)
    return text.substr(0, EndOfQuoted(text, open));
  const auto end = std::ranges::find_if(text, [](char c) { return IsBlank(c) || c == '"'; });
  const auto word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  if (word.find_first_of("@/") != std::string_view::npos) return word;
  // "user:pass word@host": what follows the colon is no port.
  const std::size_t colon = word.find(':');
  if (colon == std::string_view::npos ||
      std::all_of(word.begin() + static_cast<std::ptrdiff_t>(colon) + 1, word.end(), IsDigit))
    return word;
  return text.substr(0, std::min(text.find_first_of("/\"\n"), text.size()));
}

/// scheme://user:password@host: everything from "//" to the last '@', since a password may hold a
/// '/' or an '@'. A path with an '@' loses its host: better that than the other way round.
std::string HideUrlUsers(std::string_view text) {
  std::string shown;
  while (true) {
    const std::size_t slashes = text.find("://");
    if (slashes == std::string_view::npos) return shown.append(text);
    const std::size_t begin = shown.size();
    shown.append(text.substr(0, slashes));
    const std::size_t far = std::max(begin, shown.size() - std::min(shown.size(), kLongestName));
    const std::string_view before = std::string_view{shown}.substr(far);
    text.remove_prefix(slashes + 3);
    const std::size_t at = UserRegion(before, text).rfind('@');
    shown.append("://");
    if (at == std::string_view::npos) continue;
    shown.append(kHidden);
    text.remove_prefix(at);
  }
}

bool EndsIn(std::string_view text, std::string_view name) {
  if (text.size() < name.size()) return false;
  return std::ranges::equal(text.substr(text.size() - name.size()), name,
                            [](char a, char b) { return Lower(a) == b; });
}

bool IsSecretName(std::string_view text) {
  constexpr std::array<std::string_view, 12> kNames{
      "password", "passwd", "passphrase", "pass",   "pwd",       "secret",
      "token",    "key",    "credential", "cookie", "signature", "authorization"};
  if (EndsIn(text, "sig"))
    return text.size() == 3 || !IsNameCharacter(text[text.size() - 4]);  // Azure's SAS
  return std::ranges::any_of(kNames, [text](std::string_view name) { return EndsIn(text, name); });
}

/// What precedes a '=' or ':', without quotes and blanks around it.
std::string_view NameBefore(std::string_view text) {
  text = text.substr(text.size() - std::min(text.size(), kLongestName));
  while (!text.empty() && (IsSpace(text.back()) || IsQuote(text.back()) || text.back() == '\\')) {
    text.remove_suffix(1);
  }
  return text;
}

/// A line of a configuration file: nothing but the name precedes the sign.
bool BeginsLine(std::string_view name) {
  while (!name.empty() && IsNameCharacter(name.back())) name.remove_suffix(1);
  return name.empty() || name.back() == '\n';
}

std::size_t EndOfLine(std::string_view text) {
  return std::min(text.find_first_of("\r\n"), text.size());
}

std::size_t EndOfWord(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if(text, IsBlank) - text.begin());
}

/// What of an authorization may be shown: the scheme, if it is one that the next word belongs to.
struct Scheme {
  std::size_t size = 0;
  bool one_word = false;
};

Scheme SchemeOf(std::string_view text) {
  constexpr std::array<std::string_view, 5> kOneWord{"basic ", "bearer ", "negotiate ", "token ",
                                                     "ntlm "};
  constexpr std::array<std::string_view, 3> kManyWords{"digest ", "aws4-hmac-sha256 ",
                                                       "sharedkey "};
  const auto begins = [text](std::string_view name) {
    return EndsIn(text.substr(0, name.size()), name);
  };
  for (const std::string_view name : kOneWord) {
    if (begins(name)) return {name.size(), true};
  }
  for (const std::string_view name : kManyWords) {
    if (begins(name)) return {name.size(), false};
  }
  return {};
}

/// Where the value that `text` begins with is, behind blanks, an opening quote or bracket.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Span ValueIn(std::string_view text, bool to_line_end, bool header) {
  std::size_t begin = 0;
  while (begin < text.size() && IsSpace(text[begin])) ++begin;
  std::size_t limit = 0;
  bool delimited = true;
  if (begin < text.size() && text[begin] == '[') {  // as Go prints a map of headers
    ++begin;
    limit = std::min(text.find_first_of("]\n", begin), text.size());
  } else if (const Quote open = QuoteAt(text.substr(begin)); open.mark != 0) {
    begin += open.size();
    limit = begin + EndOfQuoted(text.substr(begin), open);
  } else {
    delimited = false;
    const std::string_view value = text.substr(begin);
    limit = begin + (to_line_end || header ? EndOfLine(value) : EndOfWord(value));
  }
  const std::string_view value = text.substr(begin, limit - begin);
  if (!header) return {begin, limit};
  const Scheme scheme = SchemeOf(value);
  begin += scheme.size;
  const bool one_word = scheme.one_word && !delimited;
  return {begin, one_word ? begin + EndOfWord(value.substr(scheme.size)) : limit};
}

/// password=x, secret_key: "x y", "token":"x", Authorization: Basic x, pass = x y
std::string HideNamedValues(std::string_view text) {
  std::string shown;
  for (std::size_t i = 0; i < text.size(); ++i) {
    shown.push_back(text[i]);
    if (text[i] != '=' && text[i] != ':') continue;
    const std::string_view name = NameBefore({shown.data(), shown.size() - 1});
    if (!IsSecretName(name)) continue;
    const bool spaced = shown.size() > 1 && IsSpace(shown[shown.size() - 2]) &&
                        i + 1 < text.size() && IsSpace(text[i + 1]);
    const std::string_view rest = text.substr(i + 1);
    const bool header = EndsIn(name, "authorization") || EndsIn(name, "cookie");
    const Span value = ValueIn(rest, text[i] == '=' && spaced && BeginsLine(name), header);
    if (value.end == value.begin) continue;
    shown.append(rest.substr(0, value.begin)).append(kHidden);
    i += value.end;
  }
  return shown;
}

bool IsKey(std::string_view word) {
  return word.size() >= kKeyLength && std::ranges::any_of(word, IsDigit) &&
         std::ranges::any_of(word, IsLetter);
}

/// Backblaze's calls, which errors begin with: "b2_download_file_by_name: 403:" (restic v0.18.1,
/// internal/backend/b2, by kurin/blazer).
bool IsCall(std::string_view word) {
  return word.substr(0, 3) == "b2_" &&
         std::ranges::all_of(word.substr(3), [](char c) { return IsLower(c) || c == '_'; });
}

/// As random letters and digits are, and names are not: from a lower to an upper case letter, or
/// between letter and digit, again and again.
bool LooksRandom(std::string_view word) {
  int turns = 0;
  for (std::size_t i = 1; i < word.size(); ++i) {
    const char one = word[i - 1];
    const char next = word[i];
    turns += (IsLower(one) && IsUpper(next)) || (IsLetter(one) && IsDigit(next)) ||
                     (IsDigit(one) && IsLetter(next))
                 ? 1
                 : 0;
  }
  return turns >= kRandomTurns && std::ranges::any_of(word, IsLower) &&
         std::ranges::any_of(word, IsUpper);
}

void AppendWithoutKeys(std::string_view run, std::string& shown) {
  const bool path = run.empty() || run.front() == '/' || run.find('/') == std::string_view::npos;
  if (!path && IsKey(run) && LooksRandom(run)) {
    shown.append(kHidden);
    return;
  }
  while (true) {
    const std::size_t end = std::min(run.find('/'), run.size());
    const std::string_view word = run.substr(0, end);
    shown.append(IsKey(word) && !IsCall(word) ? kHidden : word);
    if (end == run.size()) return;
    shown.push_back('/');
    run.remove_prefix(end + 1);
  }
}

/// Whatever looks like a key by itself.
std::string HideKeys(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const auto end = std::ranges::find_if_not(text, IsKeyCharacter);
    const auto run = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    AppendWithoutKeys(run, shown);
    text.remove_prefix(run.size());
    if (text.empty()) break;
    shown.push_back(text.front());
    text.remove_prefix(1);
  }
  return shown;
}

}  // namespace

std::string WithoutSecrets(std::string_view text, const KnownSecrets& known) {
  return HideKeys(HideNamedValues(HideUrlUsers(HideKnown(text, known))));
}

std::string Quotable(std::string_view text, std::size_t most_bytes, const KnownSecrets& known) {
  std::string begin = HideKnown(text, known);
  if (begin.size() > kLongestQuoted) {
    begin.resize(kLongestQuoted);
    begin.resize(
        std::min(begin.find_last_of(" \t\n"), begin.size()));  // half a key is not known as one
  }
  std::string shown = WithoutSecrets(begin);
  std::ranges::replace_if(
      shown, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  shown.resize(BeginningOf(shown, most_bytes).size());
  return shown;
}

}  // namespace backup_monitor
