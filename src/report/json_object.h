#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace backup_monitor {

/// Writes members of a JSON object; those without a value are left out.
class JsonObject {
 public:
  using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

  explicit JsonObject(Writer& writer) : writer_{writer} { writer_.StartObject(); }
  ~JsonObject() { writer_.EndObject(); }
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;

  void Key(std::string_view name);
  void Text(std::string_view name, std::string_view value);  ///< Left out if empty.
  void Number(std::string_view name, std::int64_t value);
  void Number(std::string_view name, const std::optional<std::uint64_t>& value);
  void Seconds(std::string_view name, const std::optional<seconds>& value);
  void Moment(std::string_view name, const std::optional<Time>& value);
  void Truth(std::string_view name, bool value);

  template <typename Items, typename Write>
  void Array(std::string_view name, const Items& items, Write write) {
    Key(name);
    writer_.StartArray();
    for (const auto& item : items) write(item);
    writer_.EndArray();
  }

 private:
  Writer& writer_;
};

/// One text; broken UTF-8 is repaired.
void WriteText(JsonObject::Writer& writer, std::string_view text);

}  // namespace backup_monitor
