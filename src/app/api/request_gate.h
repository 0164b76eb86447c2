#pragma once

#include <set>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "store/run_archive.h"

namespace backup_monitor::app::api {

/// Lets one request of a kind in at a time: whoever has the token could else have thousands of mails made.
/// Any thread.
class RequestGate {
 public:
  RequestGate(store::RunArchive& archive, const Clock& clock) : archive_{archive}, clock_{clock} {}

  /// True: the caller may store its request, and calls Leave() when that is done or has failed. Reads a few
  /// rows of the store.
  ///
  /// \return the archive's error
  [[nodiscard]] Result<bool> Enter(store::RequestKind kind);
  void Leave(store::RequestKind kind);

 private:
  store::RunArchive& archive_;
  const Clock& clock_;
  Mutex mutex_;
  std::set<store::RequestKind> being_stored_
      GUARDED_BY(mutex_);  ///< Of which the archive knows nothing yet.
};

}  // namespace backup_monitor::app::api
