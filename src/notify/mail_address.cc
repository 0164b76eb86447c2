#include "notify/mail_address.h"

#include <algorithm>

namespace backup_monitor {

bool IsMailAddress(std::string_view address) noexcept {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == address.size()) return false;
  if (address.size() > 254 || address.front() == '-') return false;
  return std::ranges::all_of(address, [](char c) {
    return c > ' ' && c < '\x7f' &&
           std::string_view{"<>\"(),;\\[]"}.find(c) == std::string_view::npos;
  });
}

}  // namespace backup_monitor
