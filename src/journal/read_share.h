#pragma once

#include <cstddef>
#include <stop_token>

#include "journal/journal.h"
#include "model/node_log.h"
#include "model/run.h"

namespace backup_monitor::journal {

/// The node's share of a run, as the log says: which execution it was (pass_of_run.h), and of each module that has no
/// good record how its steps failed.
///
/// It is asked for what the plan's unit wrote, then, if that is not it and the run has a record of the node, for what
/// the agent wrote; then for what each such module wrote while its backup took place, of kMostModulesRead at most;
/// and where the execution is not known to have ended, for how far the log reaches. Last, of each module that NS8 gave up
/// as busy, kMostBusyRead at most, for who else was at it (busy_with.h); not of an execution through the agent. That
/// answer does not count for `complete`: where it is cut off, the other plan is not known.
///
/// \param now  by our clock
/// \return what was had until the first question that had no answer; `read_at` is `now`
[[nodiscard]] NodeLog ReadShare(Journal& journal, const Run& run, NodeId node, Time now,
                                Journal::Deadline deadline, const std::stop_token& stop);

inline constexpr std::size_t kMostModulesRead = 30;
inline constexpr std::size_t kMostBusyRead = 5;
/// A backup that is in another's way is found if it began at most so long before that.
inline constexpr seconds kLongestInTheWay = std::chrono::hours{24};
inline constexpr seconds kBefore{300};  ///< The run's first sign on the node.
/// A node's clock may be ahead.
inline constexpr seconds kAhead{7200};
/// Of the words of modules, which any of them may write (FailedStep): what is beyond is left out.
inline constexpr std::size_t kMostWords = 64U * 1024U;

}  // namespace backup_monitor::journal
