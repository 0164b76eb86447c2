#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/json/json_writer.h"

namespace backup_monitor {

/// Writes members of a JSON object; those without a value are left out.
class JsonObject {
 public:
  explicit JsonObject(JsonWriter& writer) : writer_{writer} { writer_.BeginObject(); }
  ~JsonObject() { writer_.EndObject(); }
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;

  void Key(std::string_view name) { writer_.Key(name); }
  void Text(std::string_view name, std::string_view value);  ///< Left out if empty.
  void Number(std::string_view name, std::int64_t value);
  void Number(std::string_view name, const std::optional<std::uint64_t>& value);
  void Seconds(std::string_view name, const std::optional<seconds>& value);
  void Moment(std::string_view name, const std::optional<Time>& value);
  void Truth(std::string_view name, bool value);

  template <typename Items, typename Write>
  void Array(std::string_view name, const Items& items, Write write) {
    writer_.BeginList(name);
    for (const auto& item : items) write(item);
    writer_.EndList();
  }

 private:
  JsonWriter& writer_;
};

}  // namespace backup_monitor
