#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <utility>

#include "presence/presence_source.h"

namespace backup_monitor::presence {

/// Two witnesses of one question: one that knows of the time before, by attempts to reach what answers on a node, and one
/// that knows which nodes are connected now. Where the first says that a node cannot be reached now, the second has to
/// agree, if it can be asked: else only what answers on that node is away.
class CombinedSource final : public PresenceSource {
 public:
  using Duration = std::chrono::steady_clock::duration;
  /// A node that the second source has called connected is so for so long in questions that are repeated.
  static constexpr std::chrono::minutes kConnected{10};

  /// Each may be null.
  CombinedSource(std::unique_ptr<PresenceSource> past, std::unique_ptr<PresenceSource> present,
                 Duration connected = kConnected)
      : past_{std::move(past)}, present_{std::move(present)}, connected_{connected} {}

  /// The second source alone is asked where the first has no answer, but not for questions that are repeated.
  /// The error is the first's, unless that is kNotFound.
  [[nodiscard]] Result<NodePresence> Of(const Question& question, Deadline deadline,
                                        const std::stop_token& stop) override;

 private:
  [[nodiscard]] bool IsConnected(const Question& question, Deadline deadline,
                                 const std::stop_token& stop);

  const std::unique_ptr<PresenceSource> past_;
  const std::unique_ptr<PresenceSource> present_;
  const Duration connected_;
  std::map<NodeId, Deadline>
      connected_at_;  ///< Of those that the second source last called connected.
};

}  // namespace backup_monitor::presence
