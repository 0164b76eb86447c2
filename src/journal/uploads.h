#pragma once

#include <stop_token>

#include "journal/journal.h"
#include "model/cluster_backup.h"

namespace backup_monitor::journal {

/// What the log says of the uploads of the cluster's own backup from a moment on, oldest first. Only what a plan's timer
/// began counts: through the agent any line may be an application's. A log that has nothing else of the leader's last ten
/// minutes is kUnavailable.
///
/// \param from  by the leader's clock
/// \param now  by ours
/// \return with trouble what was had; `read_at` is `now`
[[nodiscard]] UploadReading ReadUploads(Journal& journal, NodeId leader, Time from, Time now,
                                        Journal::Deadline deadline, const std::stop_token& stop);

/// From when on the log is to be read again. Entries may come to it 12 hours late (ns8-loki 045a6cd: Alloy's agents keep
/// what they cannot send). After a reading that took too long, or was too large, no further back than that.
[[nodiscard]] Time ReadUploadsFrom(const ClusterUploads& known, Time now);

/// So far back the first reading looks.
inline constexpr seconds kUploadsBack = std::chrono::days{14};
inline constexpr seconds kEntriesLate = std::chrono::hours{13};

}  // namespace backup_monitor::journal
