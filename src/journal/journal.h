#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "journal/journal_entry.h"
#include "model/ids.h"

namespace backup_monitor::journal {

/// Which entries are wanted: of root all that the units of the plans and of the node's agent write, what systemd says of
/// the former, and one of each start of the node; of a module all that sentence.h and restic's words may be.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): a NodeId has no default, and so this has none
struct Wanted {
  NodeId node;
  Time from;  ///< By the node's clock. Included.
  Time to;    ///< Not included.
  std::optional<ModuleId>
      module;  ///< What this module's user wrote; none: what has no module's label.
};

struct Excerpt {
  std::vector<JournalEntry> entries;  ///< In any order.
  bool complete =
      true;        ///< False: there are more than a reader takes; those at the end are missing.
  int unread = 0;  ///< Entries that are not as a journal's are, and were left out.
};

/// What the cluster's log holds of a node's journal.
class Journal {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  virtual ~Journal() = default;

  /// Blocks until `deadline` at most; `stop` cuts it short within 1 s.
  ///
  /// \return kNotFound if the cluster has no log; kDenied; kTimeout; kUnavailable; kInvalidInput if the answer is none
  [[nodiscard]] virtual Result<Excerpt> Read(const Wanted& wanted, Deadline deadline,
                                             const std::stop_token& stop) = 0;
};

}  // namespace backup_monitor::journal
