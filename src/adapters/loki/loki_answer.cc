#include "adapters/loki/loki_answer.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/json/json_value.h"

namespace backup_monitor::loki {
namespace {

std::optional<journal::EntryTime> TimeIn(std::string_view text) {
  std::chrono::nanoseconds::rep count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return journal::EntryTime{std::chrono::nanoseconds{count}};
}

/// A stream's entries; false if they are none.
bool AppendStream(const JsonValue& stream, std::vector<LokiLine>& lines) {
  const std::string module{TextMember(Member(stream, "stream"), "module_id")};
  const JsonValue* values = Member(stream, "values");
  if (values == nullptr || !values->IsArray()) return false;
  for (const JsonValue& value : values->GetArray()) {
    // Behind the line there may be its structured metadata.
    if (!value.IsArray() || value.Size() < 2) return false;
    const auto at = TimeIn(TextOf(value[0]));
    if (!at) return false;
    lines.push_back({*at, module, std::string{TextOf(value[1])}});
  }
  return true;
}

}  // namespace

Result<std::vector<LokiLine>> ParseStreams(std::string_view body) {
  const auto document = ParseJsonObject(body, {.utf8_only = false});
  if (!document) return Fail(Error{document.error()}.While("read the log's answer"));
  const JsonValue* data = Member(*document, "data");
  const JsonValue* streams = Member(data, "result");
  if (TextMember(data, "resultType") != "streams" || streams == nullptr || !streams->IsArray())
    return Fail(ErrorCode::kInvalidInput, "the log's answer holds no entries");
  std::vector<LokiLine> lines;
  for (const JsonValue& stream : streams->GetArray()) {
    if (!AppendStream(stream, lines))
      return Fail(ErrorCode::kInvalidInput, "the log's answer holds no entries");
  }
  std::ranges::stable_sort(lines, {}, &LokiLine::at);
  return lines;
}

}  // namespace backup_monitor::loki
