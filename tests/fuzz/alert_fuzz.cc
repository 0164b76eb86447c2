// POST /alert, whatever the body: no crash, and no limit overrun.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "intake/alert_payload.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body{reinterpret_cast<const char*>(data), size};
  const auto intake = backup_monitor::intake::ParseAlerts(body, {"BackupFailed", "backup_failed"});
  if (!intake) return 0;
  for (const auto& alert : intake->firing) {
    if (alert.labels.size() > 64 || alert.group_was_truncated != intake->truncated) std::abort();
    for (const auto& [name, value] : alert.labels) {
      if (name.size() > 1024 || value.size() > 1024) std::abort();
    }
    if (alert.starts_at.has_value() == alert.identity().empty()) std::abort();
  }
  return 0;
}
