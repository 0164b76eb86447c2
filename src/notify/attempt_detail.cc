#include "notify/attempt_detail.h"

#include "text/ascii.h"

namespace backup_monitor::notify {
namespace {

constexpr std::size_t kLongest = 300;

}  // namespace

std::string OneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (line.size() >= kLongest) break;
    if (IsGraphic(c)) line += c;
    else if (!line.empty() && line.back() != ' ') line += ' ';
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::string Redacted(std::string text, std::string_view secret) {
  if (secret.empty()) return text;
  constexpr std::string_view kStars = "***";
  for (auto at = text.find(secret); at != std::string::npos;) {
    text.replace(at, secret.size(), kStars);
    at = text.find(secret, at + kStars.size());
  }
  return text;
}

}  // namespace backup_monitor::notify
