#include "intake/event_payload.h"

#include "intake/json_text.h"

namespace backup_monitor {

Result<BackupEvent> ParseEvent(std::string_view body) {
  const auto event = ParseJsonObject(body);
  if (!event) return Fail(event.error());
  return BackupEvent{};
}

}  // namespace backup_monitor
