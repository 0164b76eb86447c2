// POST /event, whatever the body.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "intake/event_payload.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)backup_monitor::intake::ParseEvent({reinterpret_cast<const char*>(data), size});
  return 0;
}
