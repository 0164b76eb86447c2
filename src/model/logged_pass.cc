#include "model/logged_pass.h"

namespace backup_monitor {

std::string_view Name(BackupStep step) noexcept {
  switch (step) {
    case BackupStep::kDump: return "dump";
    case BackupStep::kInit: return "init";
    case BackupStep::kSnapshot: return "snapshot";
    case BackupStep::kModuleCleanUp: return "module_clean_up";
    case BackupStep::kStatistics: return "statistics";
    case BackupStep::kRetention: return "retention";
    case BackupStep::kStoreStatus: return "store_status";
  }
  return "dump";
}

std::string_view Name(LoggedBackup::End end) noexcept {
  switch (end) {
    case LoggedBackup::End::kUnknown: return "unknown";
    case LoggedBackup::End::kCompleted: return "completed";
    case LoggedBackup::End::kFailed: return "failed";
    case LoggedBackup::End::kBusy: return "busy";
    case LoggedBackup::End::kGaveUp: return "gave_up";
  }
  return "unknown";
}

std::string_view Name(LoggedPass::End end) noexcept {
  switch (end) {
    case LoggedPass::End::kUnknown: return "unknown";
    case LoggedPass::End::kWell: return "well";
    case LoggedPass::End::kWithFailures: return "with_failures";
    case LoggedPass::End::kNothingToDo: return "nothing_to_do";
    case LoggedPass::End::kStopped: return "stopped";
    case LoggedPass::End::kKilled: return "killed";
    case LoggedPass::End::kRebooted: return "rebooted";
    case LoggedPass::End::kLost: return "lost";
  }
  return "unknown";
}

std::string_view Name(Silence why) noexcept {
  switch (why) {
    case Silence::kGaveUp: return "gave_up";
    case Silence::kNotStored: return "not_stored";
    case Silence::kStopped: return "stopped";
    case Silence::kKilled: return "killed";
    case Silence::kRebooted: return "rebooted";
    case Silence::kEnded: return "ended";
    case Silence::kNotEnded: return "not_ended";
  }
  return "not_ended";
}

}  // namespace backup_monitor
