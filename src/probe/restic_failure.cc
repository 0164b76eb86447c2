#include "probe/restic_failure.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "probe/redaction.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kMostBytes = 65'536;  // of what restic said; more is repetition
constexpr std::size_t kShownBytes = 300;

struct Clue {
  std::string_view words;  ///< In lower case.
  ProbeCause cause;
};

/// In order: the first that is found decides.
constexpr std::array kClues{
    Clue{"repository is already locked", ProbeCause::kLocked},
    Clue{"wrong password or no key found", ProbeCause::kWrongKey},
    Clue{"permission denied", ProbeCause::kDenied},
    Clue{"accessdenied", ProbeCause::kDenied},
    Clue{"access denied", ProbeCause::kDenied},
    Clue{"invalidaccesskeyid", ProbeCause::kDenied},
    Clue{"signaturedoesnotmatch", ProbeCause::kDenied},
    Clue{"401 unauthorized", ProbeCause::kDenied},
    Clue{"403 forbidden", ProbeCause::kDenied},
    Clue{"unable to authenticate", ProbeCause::kDenied},
    Clue{"connection refused", ProbeCause::kUnreachable},
    Clue{"connection reset", ProbeCause::kUnreachable},
    Clue{"connection timed out", ProbeCause::kUnreachable},
    Clue{"no such host", ProbeCause::kUnreachable},
    Clue{"no route to host", ProbeCause::kUnreachable},
    Clue{"network is unreachable", ProbeCause::kUnreachable},
    Clue{"i/o timeout", ProbeCause::kUnreachable},
    Clue{"dial tcp", ProbeCause::kUnreachable},
    Clue{"unable to start the sftp session", ProbeCause::kUnreachable},
    Clue{"502 bad gateway", ProbeCause::kUnreachable},
    Clue{"503 service unavailable", ProbeCause::kUnreachable},
    Clue{"504 gateway timeout", ProbeCause::kUnreachable},
    Clue{"config file has zero size", ProbeCause::kDamaged},
    Clue{"invalid data returned", ProbeCause::kDamaged},
    Clue{"ciphertext verification failed", ProbeCause::kDamaged},
    Clue{"unmarshal: invalid character", ProbeCause::kDamaged},
    Clue{"repository does not exist", ProbeCause::kNoRepository},
    Clue{"is there a repository at the following location", ProbeCause::kNoRepository},
};

std::optional<ProbeCause> CauseOfStatus(int status) {
  switch (status) {
    case 10: return ProbeCause::kNoRepository;
    case 11: return ProbeCause::kLocked;
    case 12: return ProbeCause::kWrongKey;
    default: return std::nullopt;
  }
}

ProbeCause CauseOfWords(std::string_view said) {
  std::string lower{said};
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  for (const Clue& clue : kClues) {
    if (lower.find(clue.words) != std::string::npos) return clue.cause;
  }
  return ProbeCause::kUnknown;
}

/// What restic says in its own form of JSON, else the line as it is.
std::string Plain(std::string_view line, int& status) {
  if (line.empty() || line.front() != '{') return std::string{line};
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(line.data(), line.size());
  if (document.HasParseError() || !document.IsObject()) return std::string{line};
  const rapidjson::Value& object = document;
  const auto code = object.FindMember("code");
  if (status <= 1 && code != object.MemberEnd() && code->value.IsInt()) status = code->value.GetInt();
  const auto message = object.FindMember("message");
  if (message == object.MemberEnd() || !message->value.IsString()) return std::string{line};
  return {message->value.GetString(), message->value.GetStringLength()};
}

/// The line that says most: the one that begins with "Fatal:", else the first.
std::string_view Telling(const std::vector<std::string>& lines) {
  const auto fatal = std::ranges::find_if(lines, [](const auto& line) { return line.rfind("Fatal:", 0) == 0; });
  if (fatal != lines.end()) return *fatal;
  return lines.empty() ? std::string_view{} : std::string_view{lines.front()};
}

/// One line of at most kShownBytes, and no piece of a UTF-8 character at the end.
std::string Cut(std::string text) {
  std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  if (text.size() <= kShownBytes) return text;
  std::size_t size = kShownBytes;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  text.resize(size);
  return text;
}

}  // namespace

ProbeFailure ReadResticFailure(int status, std::string_view errors) {
  errors = errors.substr(0, kMostBytes);
  std::vector<std::string> lines;
  std::string all;
  while (!errors.empty()) {
    const std::size_t end = std::min(errors.find('\n'), errors.size());
    std::string line = Plain(errors.substr(0, end), status);
    errors.remove_prefix(std::min(end + 1, errors.size()));
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    all.append(line).push_back('\n');
    lines.push_back(std::move(line));
  }
  ProbeFailure failure;
  const auto cause = CauseOfStatus(status);
  failure.cause = cause ? *cause : CauseOfWords(all);
  // An unreachable destination is "no repository" to a newer restic as well.
  if (cause == ProbeCause::kNoRepository) {
    const ProbeCause words = CauseOfWords(all);
    if (words == ProbeCause::kUnreachable || words == ProbeCause::kDenied) failure.cause = words;
  }
  // Redacted before it is cut: half a key is no longer known as one.
  failure.words = Cut(WithoutSecrets(Telling(lines)));
  return failure;
}

}  // namespace backup_monitor
