#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/node_rounds.h"
#include "app/witness_board.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "base/mutex.h"
#include "model/node_presence.h"
#include "presence/presence_source.h"

namespace backup_monitor::app {

/// What is known of a node around a run.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): a NodeId has no default, and so this has none
struct Met {
  RunId run{};
  NodeId node;
  NodePresence presence;
};

/// Asks whether nodes could be reached, on a thread of its own (NodeRounds).
class PresenceReader {
 public:
  struct Parts {
    const Clock& clock;
    presence::PresenceSource& source;
    Metrics& metrics;
    WitnessBoard& witnesses;
    NodeRounds::Pace pace{};
    std::chrono::milliseconds timeout{25'000};  ///< Of one question.
    /// After a question that had no answer none of an open run is asked for so long: those of closed ones are waited for.
    std::chrono::milliseconds rest{60'000};
  };

  static void DeclareMetrics(Metrics& metrics);

  explicit PresenceReader(Parts parts) : parts_{parts}, rounds_{parts.pace} {}

  /// `wake` is called on the reader's thread whenever there is something to collect.
  void Start(std::function<void()> wake);
  /// Within 2 s.
  void Stop() { rounds_.Stop(); }

  /// What is to be asked from now on, instead of what an earlier call said.
  void Request(std::vector<announcement::NodeJob> jobs) { rounds_.Request(std::move(jobs)); }
  /// The answers since the last call, one of each run and node.
  [[nodiscard]] std::vector<Met> Collect();

 private:
  [[nodiscard]] NodePresence Read(const Run& run, NodeId node, const std::stop_token& stop);
  void Keep(RunId run, NodeId node, NodePresence presence);

  const Parts parts_;
  std::function<void()> wake_;
  Mutex mutex_;
  std::vector<Met> met_ GUARDED_BY(mutex_);
  /// The thread's own: why the last question had no answer, and until when open runs are left alone.
  std::optional<ErrorCode> trouble_;
  std::chrono::steady_clock::time_point rest_until_{};
  NodeRounds rounds_;  ///< Last: its thread ends first.
};

/// Adds an answer to those that wait to be stored, of which there is one of each run and node: the last one, with what an
/// earlier one knew (WithEarlier()).
void Supersede(std::vector<Met>& met, Met fresh);

}  // namespace backup_monitor::app
