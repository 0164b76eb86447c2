#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "announcement/check_progress.h"
#include "app/witness_board.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "base/mutex.h"
#include "base/result.h"
#include "model/finding.h"
#include "model/ids.h"
#include "model/status_record.h"
#include "probe/probe_plan.h"
#include "probe/repository.h"

namespace backup_monitor::app {

/// A look that has been made.
struct Found {
  RecordKey record;
  Finding finding;
};

/// The thread that checks repositories, one at a time, in the order in which it was asked;
/// those whose destination is still asked by an earlier look stand back for the others. What it
/// knows is in memory only: after a restart it is asked again for what is missing.
class RepositoryChecker final : public announcement::CheckProgress {
 public:
  struct Parts {
    const Clock& clock;
    probe::Repository& repository;
    /// The repository's path at its destination. May be empty: nobody needs it then.
    std::function<Result<std::string>(const ModuleId&)> find_path;
    Metrics& metrics;
    WitnessBoard& witnesses;
    seconds timeout{60};  ///< The longest that `repository` takes.
  };

  static void DeclareMetrics(Metrics& metrics);

  explicit RepositoryChecker(Parts parts) : parts_{std::move(parts)} {}
  ~RepositoryChecker() override;

  /// `wake` is called on the checker's thread whenever there is something to collect or a job is done.
  void Start(std::function<void()> wake);
  /// Cuts short what is going on, within 2 s; nothing is concluded from that.
  void Stop();

  /// These are the looks that a report waits for now, instead of those of an earlier call. What is being
  /// checked, or waits to be collected, is not begun anew.
  void Request(const announcement::ProbeJob& job);
  /// Forgets a report: what has not begun is not done any more. What comes of a look that nobody waits for
  /// is thrown away: what has been reported stays true.
  void Drop(PostponedId report);
  [[nodiscard]] bool HasGivenUp(PostponedId report,
                                const std::vector<probe::ProbeOrder>& missing) const override;
  [[nodiscard]] bool IsBlocked(const std::vector<probe::ProbeOrder>& orders) const override;
  /// What has been found since the last call.
  [[nodiscard]] std::vector<Found> Collect();

 private:
  struct Work {
    std::deque<probe::ProbeOrder> waiting;
    std::set<RecordKey> wanted;
    std::set<RecordKey> given_up;
    Time begin_before;
  };

  using Instant = std::chrono::steady_clock::time_point;
  using Order = std::pair<PostponedId, probe::ProbeOrder>;

  void Run(const std::stop_token& stop);
  void Await(const std::stop_token& stop);
  [[nodiscard]] bool MayBegin(const probe::ProbeOrder& order) const REQUIRES(mutex_);
  [[nodiscard]] bool HasWork() const REQUIRES(mutex_);
  [[nodiscard]] std::optional<Order> Next();
  [[nodiscard]] bool IsUnderWay(const RecordKey& record) const REQUIRES(mutex_);
  void PutBack(const Order& order);
  [[nodiscard]] std::optional<probe::ProbeAnswer> Look(const probe::ProbeOrder& order,
                                                       const std::stop_token& stop);
  void Note(const probe::ProbeOrder& order, Finding finding);

  const Parts parts_;
  std::function<void()> wake_;
  mutable Mutex mutex_;
  std::condition_variable_any asked_;
  std::map<PostponedId, Work> work_ GUARDED_BY(mutex_);  ///< Oldest report first.
  std::optional<RecordKey> looking_ GUARDED_BY(mutex_);  ///< Into the repository of this record.
  std::map<std::string, Instant> blocked_
      GUARDED_BY(mutex_);  ///< Destinations where an earlier look goes on: when to try again.
  std::vector<Found> found_ GUARDED_BY(mutex_);
  std::jthread thread_;
};

}  // namespace backup_monitor::app
