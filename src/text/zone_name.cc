#include "text/zone_name.h"

#include <algorithm>

#include "text/ascii.h"

namespace backup_monitor {

namespace {

constexpr std::size_t kLongestZoneName = 64;

bool MayBeInAName(char c) {
  return IsAlphanumeric(c) || c == '-' || c == '_' || c == '+' || c == '/';
}

}  // namespace

bool IsZoneName(std::string_view name) noexcept {
  if (name.empty() || name.size() > kLongestZoneName) return false;
  if (name.front() == '/' || name.back() == '/') return false;
  if (name.find("//") != std::string_view::npos) return false;
  return std::all_of(name.begin(), name.end(), MayBeInAName);
}

}  // namespace backup_monitor
