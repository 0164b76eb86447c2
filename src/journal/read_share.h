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
/// and where the execution is not known to have ended, for how far the log reaches.
///
/// \param now  by our clock
/// \return what was had until the first question that had no answer; `read_at` is `now`
[[nodiscard]] NodeLog ReadShare(Journal& journal, const Run& run, NodeId node, Time now,
                                Journal::Deadline deadline, const std::stop_token& stop);

inline constexpr std::size_t kMostModulesRead = 30;
inline constexpr seconds kBefore{300};  ///< The run's first sign on the node.
/// A node's clock may be ahead.
inline constexpr seconds kAhead{7200};
/// Of the words of modules, which any of them may write (FailedStep): what is beyond is left out.
inline constexpr std::size_t kMostWords = 64U * 1024U;

}  // namespace backup_monitor::journal
