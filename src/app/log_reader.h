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
#include "journal/journal.h"
#include "model/node_log.h"

namespace backup_monitor::app {

/// What the log said of a run on a node.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): a NodeId has no default, and so this has none
struct Heard {
  RunId run{};
  NodeId node;
  NodeLog log;
};

/// Adds a reading to those that wait to be stored, of which there is one of each run and node: the last one, with what an
/// earlier one said where this had trouble.
void Supersede(std::vector<Heard>& heard, Heard fresh);

/// Reads the cluster's log, on a thread of its own (NodeRounds).
class LogReader {
 public:
  struct Parts {
    const Clock& clock;
    journal::Journal& journal;
    Metrics& metrics;
    WitnessBoard& witnesses;
    NodeRounds::Pace pace{};
    std::chrono::milliseconds timeout{30'000};  ///< Of one reading.
    /// A log that could not be reached is not asked again for so long: what is to be read then has the same answer.
    std::chrono::milliseconds rest{30'000};
  };

  static void DeclareMetrics(Metrics& metrics);

  explicit LogReader(Parts parts) : parts_{parts}, rounds_{parts.pace} {}

  /// `wake` is called on the reader's thread whenever there is something to collect.
  void Start(std::function<void()> wake);
  /// Within 2 s.
  void Stop() { rounds_.Stop(); }

  /// What is to be read from now on, instead of what an earlier call said.
  void Request(std::vector<announcement::NodeJob> jobs) { rounds_.Request(std::move(jobs)); }
  /// What was read since the last call.
  [[nodiscard]] std::vector<Heard> Collect();

 private:
  using Instant = std::chrono::steady_clock::time_point;

  [[nodiscard]] NodeLog Read(const Run& run, NodeId node, const std::stop_token& stop);
  void Keep(RunId run, NodeId node, NodeLog log);

  const Parts parts_;
  std::function<void()> wake_;
  Mutex mutex_;
  std::vector<Heard> heard_ GUARDED_BY(mutex_);
  std::optional<ErrorCode> trouble_ GUARDED_BY(mutex_);  ///< Of the last reading.
  /// The thread's own: why the log could not be reached, and until when it is left alone.
  std::optional<ErrorCode> away_;
  Instant away_until_{};
  NodeRounds rounds_;  ///< Last: its thread ends first.
};

}  // namespace backup_monitor::app
