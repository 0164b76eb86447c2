#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <thread>
#include <tuple>
#include <vector>

#include "app/witness_board.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "base/mutex.h"
#include "journal/journal.h"
#include "journal/log_plan.h"
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

/// The thread that reads the cluster's log, of one run and node at a time. What it is asked for it reads at once, and
/// then again and again until it is not asked for any more. It keeps nothing: after a restart it is asked again.
class LogReader {
 public:
  struct Parts {
    const Clock& clock;
    journal::Journal& journal;
    Metrics& metrics;
    WitnessBoard& witnesses;
    std::chrono::milliseconds of_open{60'000};    ///< From one reading of an open run to the next,
    std::chrono::milliseconds of_closed{10'000};  ///< and of a closed one.
    std::chrono::milliseconds timeout{30'000};    ///< Of one reading.
    /// A log that could not be reached is not asked again for so long: what is to be read then has the same answer.
    std::chrono::milliseconds rest{30'000};
  };

  static void DeclareMetrics(Metrics& metrics);

  explicit LogReader(Parts parts) : parts_{parts} {}
  ~LogReader() { Stop(); }

  /// `wake` is called on the reader's thread whenever there is something to collect.
  void Start(std::function<void()> wake);
  /// Within 2 s.
  void Stop();

  /// What is to be read from now on, instead of what an earlier call said.
  void Request(std::vector<journal::LogJob> jobs);
  /// What was read since the last call.
  [[nodiscard]] std::vector<Heard> Collect();

 private:
  using Instant = std::chrono::steady_clock::time_point;
  /// A run that has closed is read anew.
  using Key = std::tuple<RunId, NodeId, bool>;

  struct Order {
    Key key;
    Run run;
  };

  void Loop(const std::stop_token& stop);
  [[nodiscard]] std::optional<Order> Await(const std::stop_token& stop);
  [[nodiscard]] std::optional<Instant> NextDue() const REQUIRES(mutex_);
  [[nodiscard]] NodeLog Read(const Order& order, const std::stop_token& stop);
  void Keep(const Order& order, NodeLog log);

  const Parts parts_;
  std::function<void()> wake_;
  mutable Mutex mutex_;
  std::condition_variable_any asked_;
  std::vector<journal::LogJob> jobs_ GUARDED_BY(mutex_);
  std::map<Key, Instant> due_ GUARDED_BY(mutex_);  ///< Of every run and node of `jobs_`.
  std::vector<Heard> heard_ GUARDED_BY(mutex_);
  std::optional<ErrorCode> trouble_ GUARDED_BY(mutex_);  ///< Of the last reading.
  /// The thread's own: why the log could not be reached, and until when it is left alone.
  std::optional<ErrorCode> away_;
  Instant away_until_{};
  std::jthread thread_;
};

}  // namespace backup_monitor::app
