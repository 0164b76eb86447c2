#pragma once

#include "base/clock.h"
#include "model/ids.h"
#include "model/run.h"

namespace backup_monitor {

/// What would be reported now, but waits for the checks of the repositories of its runs, or for what a witness may say of
/// them. Of its kinds only kFinal and kUpdate are ever postponed.
struct PostponedReport {
  PostponedId id{};  ///< Given by the store.
  Announcement announcement;
  /// Since when it waits; of a missed run, when that was opened: its witnesses are asked from then on.
  Time since;
};

}  // namespace backup_monitor
