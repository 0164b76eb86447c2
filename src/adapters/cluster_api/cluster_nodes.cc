#include "adapters/cluster_api/cluster_nodes.h"

#include <algorithm>
#include <string>

namespace backup_monitor::cluster_api {

Result<std::vector<ListedNode>> ClusterNodes::Ask(Deadline deadline, const std::stop_token& stop) {
  const auto end = tasks_.Run("get-cluster-status", "{}", deadline, stop);
  if (!end) return Fail(Error{end.error()}.While("read the cluster's status"));
  if (end->exit_code != 0)
    return Fail(ErrorCode::kUnavailable,
                "get-cluster-status ended with " + std::to_string(end->exit_code));
  return ParseNodes(end->output());
}

Result<NodePresence> ClusterNodes::Of(const presence::Question& question, Deadline deadline,
                                      const std::stop_token& stop) {
  if (!answer_ || std::chrono::steady_clock::now() - answered_at_ >= kept_) {
    answer_ = Ask(deadline, stop);
    answered_at_ = std::chrono::steady_clock::now();
  }
  if (!*answer_) return Fail(answer_->error());
  const std::vector<ListedNode>& nodes = **answer_;
  const auto its = std::ranges::find(nodes, question.node, &ListedNode::node);
  if (its == nodes.end())
    return Fail(ErrorCode::kNotFound,
                "the cluster's status does not name node " + std::to_string(question.node.value()));
  NodePresence presence{.read_at = question.to, .known_from = question.to};
  if (its->online) return presence;
  Absence& away = presence.absences.emplace_back();
  if (its->last_seen && question.to - *its->last_seen > kHandshake)
    away.from = *its->last_seen + kHandshake;
  return presence;
}

}  // namespace backup_monitor::cluster_api
