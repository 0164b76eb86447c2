#include "report/words/restic_command.h"

#include <algorithm>

#include "text/ascii.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kLongestId = 64;  // What is longer is no id of NS8, and no command to copy.

// An id that began with a dash would be an option.
template <typename Letter>
bool IsWord(std::string_view id, Letter letter) {
  return !id.empty() && id.size() <= kLongestId && letter(id.front()) &&
         std::ranges::all_of(id, [&](char c) { return letter(c) || c == '-' || c == '_'; });
}

}  // namespace

std::string ResticCommand(const ModuleId& module, const PlanId& plan, std::string_view command) {
  const bool plain = IsWord(module.value(), [](char c) { return IsDigit(c) || IsLower(c); }) &&
                     IsWord(plan.value(), IsAlphanumeric);
  if (!plain) return {};
  return "runagent restic-wrapper --module " + module.value() + " --backup " + plan.value() + " " +
         std::string{command};
}

}  // namespace backup_monitor
