#include "base/json/json_writer.h"

#include "text/ascii.h"
#include "text/utc_time.h"
#include "text/utf8.h"

namespace backup_monitor {
namespace {

rapidjson::SizeType Size(std::string_view text) {
  return static_cast<rapidjson::SizeType>(text.size());
}

/// Calls `write` with the text as valid UTF-8. Most is ASCII and needs no copy.
template <typename Write>
void WithValid(std::string_view text, Write write) {
  if (IsAscii(text)) return write(text);
  write(std::string_view{RepairUtf8(text)});
}

}  // namespace

void JsonWriter::Key(std::string_view name) {
  WithValid(name, [this](std::string_view valid) { writer_.Key(valid.data(), Size(valid)); });
}

void JsonWriter::BeginObject(std::string_view name) {
  Key(name);
  writer_.StartObject();
}

void JsonWriter::BeginList(std::string_view name) {
  Key(name);
  writer_.StartArray();
}

void JsonWriter::Text(std::string_view name, std::string_view value) {
  Key(name);
  Text(value);
}

void JsonWriter::Text(std::string_view value) {
  WithValid(value, [this](std::string_view valid) { writer_.String(valid.data(), Size(valid)); });
}

void JsonWriter::Bytes(std::string_view name, std::string_view value) {
  writer_.Key(name.data(), Size(name));
  writer_.String(value.data(), Size(value));
}

void JsonWriter::Json(std::string_view name, std::string_view written) {
  Key(name);
  writer_.RawValue(written.data(), written.size(), rapidjson::kObjectType);
}

void JsonWriter::Flag(std::string_view name, bool value) {
  Key(name);
  writer_.Bool(value);
}

void JsonWriter::Number(std::string_view name, std::int64_t value) {
  Key(name);
  writer_.Int64(value);
}

void JsonWriter::Number(std::int64_t value) { writer_.Int64(value); }

void JsonWriter::Count(std::string_view name, std::optional<std::uint64_t> value) {
  if (!value) return Null(name);
  Key(name);
  writer_.Uint64(*value);
}

void JsonWriter::Null(std::string_view name) {
  Key(name);
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
