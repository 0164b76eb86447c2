#include "app/api/json_writer.h"

#include "text/utc_time.h"
#include "text/utf8.h"

namespace backup_monitor {

void JsonWriter::Name(std::string_view name) {
  writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
}

void JsonWriter::BeginObject(std::string_view name) {
  Name(name);
  writer_.StartObject();
}

void JsonWriter::BeginList(std::string_view name) {
  Name(name);
  writer_.StartArray();
}

void JsonWriter::Text(std::string_view name, std::string_view value) {
  Name(name);
  Text(value);
}

void JsonWriter::Text(std::string_view value) {
  const std::string valid = RepairUtf8(value);
  writer_.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
}

void JsonWriter::Flag(std::string_view name, bool value) {
  Name(name);
  writer_.Bool(value);
}

void JsonWriter::Number(std::string_view name, std::int64_t value) {
  Name(name);
  writer_.Int64(value);
}

void JsonWriter::Number(std::int64_t value) { writer_.Int64(value); }

void JsonWriter::Count(std::string_view name, std::optional<std::uint64_t> value) {
  if (!value) return Null(name);
  Name(name);
  writer_.Uint64(*value);
}

void JsonWriter::Null(std::string_view name) {
  Name(name);
  writer_.Null();
}

void JsonWriter::Moment(std::string_view name, std::optional<Time> time) {
  const std::string unix_name = std::string{name} + "_unix";
  if (!time) {
    Null(name);
    return Null(unix_name);
  }
  Text(name, IsoTime(*time));
  Number(unix_name, time->time_since_epoch().count());
}

}  // namespace backup_monitor
