#pragma once

#include <stop_token>
#include <vector>

#include "model/ids.h"
#include "model/run.h"
#include "presence/presence_source.h"

namespace backup_monitor::presence {

/// So long before a run it is asked about: a node that was away then may have missed its due moment.
inline constexpr seconds kBefore = std::chrono::hours{1};
/// And no longer ago than this.
inline constexpr seconds kLongest = std::chrono::hours{48};

/// The nodes of a run of which it is still to be asked whether they could be reached: those with a module that has no
/// result, and of which the log does not say how the backup ended there. Of a closed run none that was asked for after it
/// closed, or of which this cannot be read.
[[nodiscard]] std::vector<NodeId> NodesToAsk(const Run& run);

/// What is known of a node since an hour before the run began, or was due.
///
/// \param now  by our clock
[[nodiscard]] NodePresence ReadPresence(PresenceSource& source, const Run& run, NodeId node,
                                        Time now, PresenceSource::Deadline deadline,
                                        const std::stop_token& stop);

}  // namespace backup_monitor::presence
