// What restic, or NS8's action, says: a list of snapshots, or the words of a failure. Besides not crashing,
// what is told is one short line.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "probe/restic_failure.h"
#include "probe/snapshot_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace backup_monitor;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  for (const auto& list : {ParseResticSnapshots(text), ParseActionSnapshots(text)}) {
    if (list && list->size() > size) std::abort();
  }
  const ProbeFailure failure = ReadResticFailure(size == 0 ? 1 : data[0], text);
  if (failure.words.size() > 300) std::abort();
  if (failure.words.find('\n') != std::string::npos) std::abort();
  return 0;
}
