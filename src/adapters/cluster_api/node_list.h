#pragma once

#include <vector>

#include "base/clock.h"
#include "base/json/json_value.h"
#include "base/result.h"
#include "model/ids.h"

namespace backup_monitor::cluster_api {

/// A node as get-cluster-status names it.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): a NodeId has no default, and so this has none
struct ListedNode {
  NodeId node;
  bool online = false;  ///< Its agent waits for tasks at the leader's Redis.
  std::optional<Time>
      last_seen{};  ///< The last handshake of its VPN, by the leader's clock. None: not known.
};

/// `nodes[]` of the output of get-cluster-status (ns8-core 4f41b359
/// core/imageroot/var/lib/nethserver/cluster/actions/get-cluster-status/50read). What names no node is left out; of more
/// than 1000 the first are read.
///
/// \return kInvalidInput if there is no such list
[[nodiscard]] Result<std::vector<ListedNode>> ParseNodes(const JsonValue* output);

}  // namespace backup_monitor::cluster_api
