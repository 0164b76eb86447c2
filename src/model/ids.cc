#include "model/ids.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "text/ascii.h"

namespace backup_monitor {

bool IsModuleId(std::string_view text) noexcept {
  constexpr std::size_t kLongest = 64;
  return !text.empty() && text.size() <= kLongest && std::ranges::all_of(text, [](char c) {
    return IsAlphanumeric(c) || c == '-' || c == '_';
  });
}

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
