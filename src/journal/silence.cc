#include "journal/silence.h"

#include <algorithm>

namespace backup_monitor::journal {
namespace {

/// What ended the pass from outside; none: it ended by itself, or nobody knows.
std::optional<Silence> EndFromOutside(const LoggedPass& pass) {
  if (pass.end == LoggedPass::End::kStopped) return Silence::kStopped;
  if (pass.end == LoggedPass::End::kKilled) return Silence::kKilled;
  if (pass.end == LoggedPass::End::kRebooted) return Silence::kRebooted;
  return std::nullopt;
}

bool HasEnd(const LoggedBackup& backup) {
  return backup.end == LoggedBackup::End::kCompleted || backup.end == LoggedBackup::End::kFailed;
}

}  // namespace

std::optional<SilentModule> WhySilent(const LoggedPass& pass, const ModuleId& module) {
  if (pass.through_agent || pass.end == LoggedPass::End::kNothingToDo) return std::nullopt;
  const LoggedBackup* backup = pass.BackupOf(module);
  const bool was_begun = backup != nullptr && backup->began.has_value();
  if (backup != nullptr) {
    if (backup->end == LoggedBackup::End::kGaveUp)
      return SilentModule{Silence::kGaveUp, *backup->ended, was_begun, false, backup->busy_with};
    const auto not_stored =
        std::ranges::find(backup->failed, BackupStep::kStoreStatus, &FailedStep::step);
    if (not_stored != backup->failed.end())
      return SilentModule{
          Silence::kNotStored, not_stored->at, was_begun,
          backup->end == LoggedBackup::End::kCompleted && backup->failed.size() == 1};
    if (HasEnd(*backup)) return SilentModule{Silence::kEnded, *backup->ended, was_begun};
  }
  if (const auto why = EndFromOutside(pass)) return SilentModule{*why, *pass.ended, was_begun};
  if (pass.end == LoggedPass::End::kUnknown)
    return SilentModule{Silence::kNotEnded, pass.last, was_begun};
  return SilentModule{Silence::kEnded, *pass.ended, was_begun};
}

}  // namespace backup_monitor::journal
