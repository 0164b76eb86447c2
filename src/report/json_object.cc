#include "report/json_object.h"

#include <ctime>

#include "text/utf8.h"

namespace backup_monitor {
namespace {

std::string Iso8601(Time time) {
  const std::time_t moment = time.time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&moment, &parts);
  char text[64] = {};
  const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text, size};
}

}  // namespace

void WriteText(JsonObject::Writer& writer, std::string_view text) {
  const std::string repaired = RepairUtf8(text);
  writer.String(repaired.data(), static_cast<rapidjson::SizeType>(repaired.size()));
}

void JsonObject::Key(std::string_view name) {
  writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
}

void JsonObject::Text(std::string_view name, std::string_view value) {
  if (value.empty()) return;
  Key(name);
  WriteText(writer_, value);
}

void JsonObject::Number(std::string_view name, std::int64_t value) {
  Key(name);
  writer_.Int64(value);
}

void JsonObject::Number(std::string_view name, const std::optional<std::uint64_t>& value) {
  if (!value) return;
  Key(name);
  writer_.Uint64(*value);
}

void JsonObject::Seconds(std::string_view name, const std::optional<seconds>& value) {
  if (value) Number(name, static_cast<std::int64_t>(value->count()));
}

void JsonObject::Moment(std::string_view name, const std::optional<Time>& value) {
  if (value) Text(name, Iso8601(*value));
}

void JsonObject::Truth(std::string_view name, bool value) {
  Key(name);
  writer_.Bool(value);
}

}  // namespace backup_monitor
