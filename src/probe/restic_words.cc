#include "probe/restic_words.h"

#include <algorithm>
#include <cstddef>

#include "base/json/json_value.h"

namespace backup_monitor::probe {
namespace {

ResticLine Read(std::string_view line) {
  ResticLine read{std::string{line}};
  if (line.front() != '{') return read;
  const auto words = ParseJsonObject(line, {.utf8_only = false});
  if (!words) return read;
  const std::string_view message = TextMember(*words, "message");
  if (!message.empty()) read.text = message;
  read.exit_error = TextMember(*words, "message_type") == "exit_error";
  const JsonValue* const code = Member(*words, "code");
  if (read.exit_error && code != nullptr && code->IsInt()) read.code = code->GetInt();
  return read;
}

}  // namespace

std::vector<ResticLine> LinesOf(std::string_view errors) {
  std::vector<ResticLine> lines;
  while (!errors.empty()) {
    const std::size_t end = std::min(errors.find('\n'), errors.size());
    std::string_view line = errors.substr(0, end);
    errors.remove_prefix(std::min(end + 1, errors.size()));
    while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) lines.push_back(Read(line));
  }
  return lines;
}

bool IsOfRetry(std::string_view line) {
  return line.find(" returned error, retrying after ") != std::string_view::npos ||
         line.find(" operation successful after ") != std::string_view::npos;
}

bool IsOfSubprocess(std::string_view line) {
  return line.starts_with("subprocess ") || line.starts_with("rclone: ");
}

}  // namespace backup_monitor::probe
