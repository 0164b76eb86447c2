#include "app/api/request_gate.h"

namespace backup_monitor::app::api {

Result<bool> RequestGate::Enter(store::RequestKind kind) {
  {
    const MutexLock lock{mutex_};
    if (!being_stored_.insert(kind).second) return false;
  }
  auto in_progress = archive_.IsInProgress(kind, clock_.Now());
  if (in_progress && !*in_progress) return true;
  Leave(kind);
  if (!in_progress) return Fail(in_progress.error());
  return false;
}

void RequestGate::Leave(store::RequestKind kind) {
  const MutexLock lock{mutex_};
  being_stored_.erase(kind);
}

}  // namespace backup_monitor::app::api
