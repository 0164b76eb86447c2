#pragma once

#include <chrono>
#include <stop_token>

#include "base/result.h"
#include "model/ids.h"
#include "model/node_presence.h"

namespace backup_monitor::presence {

// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): a NodeId has no default, and so this has none
struct Question {
  NodeId node;
  Time from;
  Time to;                   ///< Now.
  bool is_repeated = false;  ///< It is asked again every minute.
};

/// Who knows whether a node could be reached.
class PresenceSource {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  virtual ~PresenceSource() = default;

  /// Blocks until `deadline` at most, but for the 15 s that a key store which hangs may take more; `stop` cuts it short
  /// within 1 s.
  ///
  /// \return read at `to`; kNotFound if nobody knows of that node; kDenied; kTimeout;
  ///         kUnavailable; kInvalidInput
  [[nodiscard]] virtual Result<NodePresence> Of(const Question& question, Deadline deadline,
                                                const std::stop_token& stop) = 0;
};

}  // namespace backup_monitor::presence
