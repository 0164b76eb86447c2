// A row of the inbox, which half a disk may have written: what is read of it is written and read again as the same. A
// silence makes no other alert of it.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/sqlite/trigger_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace backup_monitor;
  const std::string_view body{reinterpret_cast<const char*>(data), size};
  for (const std::string_view kind : {"alert", "event", "test_mail", "report", ""}) {
    const auto trigger = sqlite::ReadTrigger(kind, body);
    if (!trigger) continue;
    const sqlite::TriggerText text = sqlite::WriteTrigger(*trigger);
    const auto again = sqlite::ReadTrigger(text.kind, text.body);
    if (!again || *again != *trigger) std::abort();
    if (const auto* alert = std::get_if<Alert>(&*trigger)) {
      Alert same = *alert;
      same.silenced = !same.silenced;
      if (sqlite::WriteTrigger(same).digest != text.digest) std::abort();
    }
  }
  return 0;
}
