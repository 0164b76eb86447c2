#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "journal/journal_entry.h"
#include "model/ids.h"

namespace backup_monitor::journal {

/// Which entries of a node are wanted.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): a NodeId has no default, and so this has none
struct Wanted {
  enum class Of : std::uint8_t {
    kTimer,  ///< What the plan's unit writes as root, what systemd says of it, and one of each start of the node.
    kAgent,  ///< What the node's agent writes as root in the words of run-backup, of any plan.
    kUploads,  ///< What the units of all plans write as root of the upload of the cluster's own backup.
    kModule,  ///< What the module's user writes in the words of module-backup and restic.
    /// What run-backup of whatever plan writes of the module as root, through a timer or the node's agent, what systemd
    /// says of the plans' units, and one of each start of the node.
    kModuleTurns,
  };

  NodeId node;
  Time from;  ///< By the node's clock. Included.
  Time to;    ///< Not included.
  Of of = Of::kTimer;
  PlanId plan{};      ///< Of kTimer: a number.
  ModuleId module{};  ///< Of kModule and kModuleTurns.
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

  /// When the newest entry of the node between two times was written, by whatever unit; none if there is none.
  ///
  /// \return as Read()
  [[nodiscard]] virtual Result<std::optional<Time>> NewestEntry(NodeId node, Time from, Time to,
                                                                Deadline deadline,
                                                                const std::stop_token& stop) = 0;
};

}  // namespace backup_monitor::journal
