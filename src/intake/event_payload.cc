#include "intake/event_payload.h"

#include "base/json/json_value.h"

namespace backup_monitor::intake {

Result<BackupEvent> ParseEvent(std::string_view body) {
  const auto event = ParseJsonObject(body, {.numbers_as_written = true});
  if (!event) return Fail(event.error());
  return BackupEvent{};
}

}  // namespace backup_monitor::intake
