#include "probe/restic_words.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <cstddef>

namespace backup_monitor {
namespace {

using Value = rapidjson::Value;

const Value* Member(const Value& object, const char* name) {
  const auto member = object.FindMember(name);
  return member == object.MemberEnd() ? nullptr : &member->value;
}

std::string Text(const Value* value) {
  if (value == nullptr || !value->IsString()) return {};
  return {value->GetString(), value->GetStringLength()};
}

ResticLine Read(std::string_view line) {
  ResticLine read{std::string{line}};
  if (line.front() != '{') return read;
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(line.data(), line.size());
  if (document.HasParseError() || !document.IsObject()) return read;
  const std::string message = Text(Member(document, "message"));
  if (!message.empty()) read.text = message;
  read.exit_error = Text(Member(document, "message_type")) == "exit_error";
  const Value* const code = Member(document, "code");
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

}  // namespace backup_monitor
