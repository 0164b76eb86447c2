#include "model/ids.h"

#include <charconv>
#include <string>

namespace backup_monitor {

Result<NodeId> NodeId::Parse(std::string_view text) {
  std::uint32_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc{} || stop != end || value == 0) {
    return Fail(ErrorCode::kInvalidInput, "'" + std::string{text} + "' is not a node number");
  }
  return NodeId{value};
}

}  // namespace backup_monitor
