#include "base/json/json_object.h"

#include "text/utc_time.h"

namespace backup_monitor {

void JsonObject::Text(std::string_view name, std::string_view value) {
  if (value.empty()) return;
  writer_.Text(name, value);
}

void JsonObject::Number(std::string_view name, std::int64_t value) { writer_.Number(name, value); }

void JsonObject::Number(std::string_view name, const std::optional<std::uint64_t>& value) {
  if (value) writer_.Count(name, value);
}

void JsonObject::Seconds(std::string_view name, const std::optional<seconds>& value) {
  if (value) Number(name, static_cast<std::int64_t>(value->count()));
}

void JsonObject::Moment(std::string_view name, const std::optional<Time>& value) {
  if (value) Text(name, IsoTime(*value));
}

void JsonObject::Truth(std::string_view name, bool value) { writer_.Flag(name, value); }

}  // namespace backup_monitor
