#include "journal/busy_with.h"

namespace backup_monitor::journal {
namespace {

/// nullptr: the execution did not come to the module, or found it busy.
const LoggedBackup* WorkOn(const ModuleId& module, const LoggedPass& pass) {
  const LoggedBackup* backup = pass.BackupOf(module);
  if (backup == nullptr || !backup->began) return nullptr;
  const bool was_busy =
      backup->end == LoggedBackup::End::kBusy || backup->end == LoggedBackup::End::kGaveUp;
  return was_busy ? nullptr : backup;
}

bool IsAfter(const std::optional<Time>& end, Time at) { return !end || *end > at; }

}  // namespace

std::optional<PlanId> BusyWith(const std::vector<LoggedPass>& passes, const LoggedBackup& given_up,
                               const PlanId& plan) {
  if (given_up.end != LoggedBackup::End::kGaveUp || !given_up.busy_since || !given_up.began)
    return std::nullopt;
  const Time first = *given_up.busy_since;
  const Time last = *given_up.began;
  const LoggedPass* only = nullptr;
  for (const LoggedPass& pass : passes) {
    if (pass.plan == plan && !pass.through_agent) continue;
    const LoggedBackup* work = WorkOn(given_up.module, pass);
    if (work == nullptr) continue;
    const auto end = work->ended ? work->ended : pass.ended;
    if (*work->began > last || !IsAfter(end, first)) continue;
    const bool all_the_time = *work->began <= first && IsAfter(end, last);
    if (only != nullptr || pass.through_agent || !all_the_time) return std::nullopt;
    only = &pass;
  }
  return only == nullptr ? std::nullopt : std::optional{only->plan};
}

}  // namespace backup_monitor::journal
