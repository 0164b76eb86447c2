// A row of what the log said, which half a disk may have written: what is read of it is written and read again as the
// same.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/sqlite/pass_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace backup_monitor;
  const NodeId node = *NodeId::Parse("1");
  const PlanId plan{"1"};
  const auto pass = sqlite::ReadPass({reinterpret_cast<const char*>(data), size}, node, plan);
  if (!pass) return 0;
  const auto again = sqlite::ReadPass(sqlite::WritePass(*pass), node, plan);
  if (!again || *again != *pass) std::abort();
  return 0;
}
