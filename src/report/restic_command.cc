#include "report/restic_command.h"

#include <algorithm>

namespace backup_monitor {
namespace {

constexpr std::size_t kLongestId = 64;  // What is longer is no id of NS8, and no command to copy.

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

// An id that began with a dash would be an option.
template <typename Letter>
bool IsPlain(std::string_view id, Letter letter) {
  return !id.empty() && id.size() <= kLongestId && letter(id.front()) &&
         std::ranges::all_of(id, [&](char c) { return letter(c) || c == '-' || c == '_'; });
}

}  // namespace

std::string ResticCommand(const ModuleId& module, const PlanId& plan, std::string_view command) {
  const bool plain =
      IsPlain(module.value(), [](char c) { return IsDigit(c) || IsLower(c); }) &&
      IsPlain(plan.value(), [](char c) { return IsDigit(c) || IsLower(c) || IsUpper(c); });
  if (!plain) return {};
  return "runagent restic-wrapper --module " + module.value() + " --backup " + plan.value() + " " +
         std::string{command};
}

}  // namespace backup_monitor
