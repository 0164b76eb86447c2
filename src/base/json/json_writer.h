#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace backup_monitor {

/// Writes one JSON text. Foreign text is made valid UTF-8 on the way, names included.
class JsonWriter {
 public:
  void BeginObject() { writer_.StartObject(); }
  void BeginObject(std::string_view name);
  void EndObject() { writer_.EndObject(); }
  void BeginList(std::string_view name);
  void EndList() { writer_.EndArray(); }

  void Text(std::string_view name, std::string_view value);
  void Text(std::string_view value);  ///< An element of a list.
  /// Name and text byte for byte, broken UTF-8 included: for those who must get back what they gave.
  void Bytes(std::string_view name, std::string_view value);
  /// A member whose value has been written before: one whole JSON value, taken as it is.
  void Json(std::string_view name, std::string_view written);
  void Flag(std::string_view name, bool value);
  void Number(std::string_view name, std::int64_t value);
  void Number(std::int64_t value);  ///< An element of a list.
  void Count(std::string_view name, std::optional<std::uint64_t> value);
  void Null(std::string_view name);
  /// The name of a member whose value comes next.
  void Key(std::string_view name);

  /// Two members: `name` in ISO 8601 and `name`_unix in seconds; both null without a time.
  void Moment(std::string_view name, std::optional<Time> time);

  [[nodiscard]] std::string Written() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace backup_monitor
