#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "model/logged_pass.h"

namespace backup_monitor {

/// What the cluster's log said of one node's share of a run when it was last read.
struct NodeLog {
  Time read_at;  ///< When the reading was over, by our clock.
  /// Why it could not be read, or not to its end; then the rest is what was had before, or of an earlier reading.
  std::optional<ErrorCode> trouble{};
  bool complete = true;  ///< False: there was more than is read.
  /// The newest entry of the node that the log holds, of whatever unit, by the node's clock. A journal is sent in its
  /// order, so every earlier entry is there, too. None: there is none of the last hours.
  std::optional<Time> newest_entry{};
  std::optional<LoggedPass> pass{};  ///< None: no execution is known to be the node's share.

  /// Later than this after the node's newest entry nothing is known of what it does.
  static constexpr seconds kIsCurrent = std::chrono::minutes{10};

  /// Nothing more can come of the node.
  [[nodiscard]] bool is_over() const noexcept { return pass && pass->is_over(); }
  /// The execution had not ended when the log was read: an entry for its end would have been there.
  [[nodiscard]] bool is_running() const noexcept {
    return pass && !pass->through_agent && !pass->is_over() && complete && newest_entry &&
           *newest_entry >= read_at - kIsCurrent && *newest_entry <= read_at + kIsCurrent;
  }

  friend bool operator==(const NodeLog&, const NodeLog&) = default;
};

/// The words of the API: "not_found", "denied", "timeout", "unavailable", "invalid".
[[nodiscard]] std::string_view TroubleName(ErrorCode trouble) noexcept;

/// What is known after a reading that had trouble: what an earlier one of the same run and node said and this one did not
/// get to.
[[nodiscard]] NodeLog WithEarlier(NodeLog now, const NodeLog& before);

}  // namespace backup_monitor
