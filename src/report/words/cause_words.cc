#include "report/words/cause_words.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"

namespace backup_monitor::report::words {
namespace {

constexpr std::array kTable{
    CauseWords{Cause::kUnreachable, "cause.unreachable", "advice.unreachable", ""},
    CauseWords{Cause::kTimeout, "cause.timeout", "advice.timeout", ""},
    CauseWords{Cause::kFull, "cause.full", "advice.full", ""},
    CauseWords{Cause::kCertificate, "cause.certificate", "advice.certificate", ""},
    CauseWords{Cause::kHostKey, "cause.host_key", "advice.host_key", ""},
    CauseWords{Cause::kDenied, "cause.denied", "advice.denied", ""},
    CauseWords{Cause::kLocked, "cause.locked", "advice.locked", "unlock"},
    CauseWords{Cause::kDamagedLock, "cause.damaged_lock", "advice.damaged_lock",
               "unlock --remove-all"},
    CauseWords{Cause::kWrongKey, "cause.wrong_key", "advice.wrong_key", ""},
    CauseWords{Cause::kNoRepository, "cause.no_repository", "advice.no_repository", ""},
    CauseWords{Cause::kDamaged, "cause.damaged", "advice.damaged", "check"},
    CauseWords{Cause::kNotStarted, "cause.not_started", "advice.not_started", ""},
    CauseWords{Cause::kIncomplete, "cause.incomplete", "advice.incomplete", "snapshots"},
    CauseWords{Cause::kUnknown, "cause.unknown", "advice.unknown", ""},
    CauseWords{Cause::kNotSaved, "finding.not_saved", "advice.snapshot_old", ""},
    CauseWords{Cause::kSnapshotMade, "finding.made_on", "advice.snapshot_made", ""},
    CauseWords{Cause::kNoSnapshot, "explain.no_snapshot", "advice.no_snapshot", ""},
};
static_assert(std::ranges::is_sorted(kTable, {}, &CauseWords::cause));
static_assert(kTable.size() == static_cast<std::size_t>(Cause::kNoSnapshot) + 1);

constexpr std::size_t kLongestId = 64;  // What is longer is no id of NS8, and no command to copy.

// An id that began with a dash would be an option.
template <typename Letter>
bool IsWord(std::string_view id, Letter letter) {
  return !id.empty() && id.size() <= kLongestId && letter(id.front()) &&
         std::ranges::all_of(id, [&](char c) { return letter(c) || c == '-' || c == '_'; });
}

}  // namespace

const CauseWords& WordsOf(Cause cause) noexcept { return kTable[static_cast<std::size_t>(cause)]; }

std::string ResticCommand(const ModuleId& module, const PlanId& plan, std::string_view command) {
  const bool plain = IsWord(module.value(), [](char c) { return IsDigit(c) || IsLower(c); }) &&
                     IsWord(plan.value(), IsAlphanumeric);
  if (!plain) return {};
  return "runagent restic-wrapper --module " + module.value() + " --backup " + plan.value() + " " +
         std::string{command};
}

}  // namespace backup_monitor::report::words
