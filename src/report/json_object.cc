#include "report/json_object.h"

#include "text/utc_time.h"
#include "text/utf8.h"

namespace backup_monitor {

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
  if (value) Text(name, IsoTime(*value));
}

void JsonObject::Truth(std::string_view name, bool value) {
  Key(name);
  writer_.Bool(value);
}

}  // namespace backup_monitor
