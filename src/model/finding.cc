#include "model/finding.h"

#include <algorithm>
#include <array>
#include <utility>

namespace backup_monitor {
namespace {

constexpr std::array<std::pair<ProbeCause, std::string_view>, 14> kNames{{
    {ProbeCause::kUnreachable, "unreachable"},
    {ProbeCause::kLocked, "locked"},
    {ProbeCause::kWrongKey, "wrong_key"},
    {ProbeCause::kNoRepository, "no_repository"},
    {ProbeCause::kDamaged, "damaged"},
    {ProbeCause::kTimeout, "timeout"},
    {ProbeCause::kDenied, "denied"},
    {ProbeCause::kCertificate, "certificate"},
    {ProbeCause::kFull, "full"},
    {ProbeCause::kHostKey, "host_key"},
    {ProbeCause::kDamagedLock, "damaged_lock"},
    {ProbeCause::kNotStarted, "not_started"},
    {ProbeCause::kIncomplete, "incomplete"},
    {ProbeCause::kUnknown, "unknown"},
}};

}  // namespace

std::string_view Name(ProbeCause cause) noexcept {
  const auto* const found =
      std::ranges::find(kNames, cause, &std::pair<ProbeCause, std::string_view>::first);
  return found == kNames.end() ? "unknown" : found->second;
}

std::optional<ProbeCause> ProbeCauseNamed(std::string_view name) noexcept {
  const auto* const found =
      std::ranges::find(kNames, name, &std::pair<ProbeCause, std::string_view>::second);
  if (found == kNames.end()) return std::nullopt;
  return found->first;
}

}  // namespace backup_monitor
