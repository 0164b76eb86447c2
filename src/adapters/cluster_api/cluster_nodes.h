#pragma once

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "adapters/cluster_api/cluster_tasks.h"
#include "adapters/cluster_api/node_list.h"
#include "presence/presence_source.h"

namespace backup_monitor::cluster_api {

/// Asks the cluster's action get-cluster-status which nodes are connected now. Of the time before it knows no more than
/// since when a node that is not connected has been silent. The role cluster:reader is enough.
class ClusterNodes final : public presence::PresenceSource {
 public:
  using Duration = std::chrono::steady_clock::duration;
  static constexpr std::chrono::seconds kKept{
      60};  ///< One answer is that of every node for so long.

  /// So long after a handshake a node is away at the latest, if there was no other: in a VPN that works WireGuard makes a
  /// new one after 120 s (its whitepaper of 2020-06-01, section 6.1, REKEY_AFTER_TIME), and NS8's peers keep theirs alive.
  static constexpr seconds kHandshake{180};

  explicit ClusterNodes(ClusterTasks tasks, Duration kept = kKept)
      : tasks_{std::move(tasks)}, kept_{kept} {}

  [[nodiscard]] Result<NodePresence> Of(const presence::Question& question, Deadline deadline,
                                        const std::stop_token& stop) override;

 private:
  [[nodiscard]] Result<std::vector<ListedNode>> Ask(Deadline deadline, const std::stop_token& stop);

  ClusterTasks tasks_;
  const Duration kept_;
  std::optional<Result<std::vector<ListedNode>>> answer_;
  Deadline answered_at_{};
};

}  // namespace backup_monitor::cluster_api
