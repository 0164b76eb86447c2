#pragma once

#include "base/clock.h"
#include "model/run.h"
#include "model/status_record.h"

namespace backup_monitor::run {

/// Reckons with a record that a look at `now` has found: an `end` in the future counts as `now`, the
/// start moving with it, since the clock that wrote both was wrong by the same amount. A start after
/// the end, or more than 7 days before it, says nothing and counts as the end.
[[nodiscard]] SeenRecord Reckon(StatusRecord record, Time now);

/// The same for a record that has been stored since a look within the hour before, and is newer than the one that it
/// replaced. If it claims to have ended over 7 days ago, our clock is ahead or its node's is behind: then its `end`
/// counts as `now`, too.
[[nodiscard]] SeenRecord ReckonFresh(StatusRecord record, Time now);

}  // namespace backup_monitor::run
