#include "model/node_log.h"

namespace backup_monitor {

std::string_view TroubleName(ErrorCode trouble) noexcept {
  switch (trouble) {
    case ErrorCode::kNotFound: return "not_found";
    case ErrorCode::kDenied: return "denied";
    case ErrorCode::kTimeout: return "timeout";
    case ErrorCode::kUnavailable: return "unavailable";
    case ErrorCode::kInvalidInput:
    case ErrorCode::kTooLarge:
    case ErrorCode::kCorrupt: return "invalid";
  }
  return "invalid";
}

NodeLog WithEarlier(NodeLog now, const NodeLog& before) {
  if (!now.trouble || !before.pass) return now;
  if (!now.pass) {
    now.pass = before.pass;
    now.newest_entry = before.newest_entry;
    now.complete = before.complete;
    return now;
  }
  for (LoggedBackup& backup : now.pass->backups) {
    const LoggedBackup* earlier = before.pass->BackupOf(backup.module);
    const bool same = earlier != nullptr && earlier->began == backup.began;
    if (same && earlier->failed.size() > backup.failed.size()) backup.failed = earlier->failed;
    if (same && !backup.busy_with && earlier->end == backup.end)
      backup.busy_with = earlier->busy_with;
  }
  if (!now.newest_entry) now.newest_entry = before.newest_entry;
  return now;
}

}  // namespace backup_monitor
