#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "announcement/node_job.h"
#include "base/mutex.h"

namespace backup_monitor::app {

/// The thread of a witness that is asked about one run and node at a time. What it is asked for it asks at once, and then
/// again and again until it is not asked for any more. It keeps nothing: after a restart it is asked again.
class NodeRounds {
 public:
  struct Pace {
    std::chrono::milliseconds of_open{60'000};    ///< From one question of an open run to the next,
    std::chrono::milliseconds of_closed{10'000};  ///< and of a closed one.
  };
  /// Called on the thread, one at a time.
  using Ask = std::function<void(const Run& run, NodeId node, const std::stop_token& stop)>;

  explicit NodeRounds(Pace pace) : pace_{pace} {}
  ~NodeRounds() { Stop(); }

  /// \param name  of the thread, for the operating system
  void Start(std::string name, Ask ask);
  /// Within 2 s, if `ask` heeds its stop token.
  void Stop();

  /// What is to be asked from now on, instead of what an earlier call said.
  void Request(std::vector<announcement::NodeJob> jobs);

 private:
  using Instant = std::chrono::steady_clock::time_point;
  /// A run that has closed is asked about anew.
  using Key = std::tuple<RunId, NodeId, bool>;
  using Order = std::pair<Run, NodeId>;

  void Loop(const std::stop_token& stop);
  [[nodiscard]] std::optional<Order> Await(const std::stop_token& stop);
  [[nodiscard]] std::optional<Instant> NextDue() const REQUIRES(mutex_);

  const Pace pace_;
  std::string name_;
  Ask ask_;
  Mutex mutex_;
  std::condition_variable_any asked_;
  std::vector<announcement::NodeJob> jobs_ GUARDED_BY(mutex_);
  std::map<Key, Instant> due_ GUARDED_BY(mutex_);  ///< Of every run and node of `jobs_`.
  std::jthread thread_;
};

}  // namespace backup_monitor::app
