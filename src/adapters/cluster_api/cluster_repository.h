#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/cluster_api/cluster_tasks.h"
#include "adapters/cluster_api/growing_pause.h"
#include "probe/repository.h"

namespace backup_monitor::cluster_api {

/// A task that had not ended when we stopped waiting for it.
struct LeftTask {
  std::string id;
  std::string destination_id;
  std::chrono::steady_clock::time_point since;
  GrowingPause pause;  ///< Between two questions whether it has ended.
  std::chrono::steady_clock::time_point next_question;
};
using LeftTasks = std::vector<LeftTask>;

/// The waits of a look; tests make them shorter.
struct RepositoryManner {
  std::chrono::milliseconds timeout{60'000};  ///< `repo_check.timeout`
  std::chrono::milliseconds first_left_poll{
      5'000};  ///< TaskManner::first_poll of a task that was left,
  std::chrono::milliseconds longest_left_poll{60'000};  ///< and up to this.
  /// A task that was left is believed to have ended after this: restic gives up a request to the
  /// destination after 15 minutes (restic v0.18.1 cmd/restic/global.go innerOpen()), and a minute
  /// more to start and end.
  std::chrono::milliseconds give_up_task{960'000};
};

/// Looks into repositories by NS8's cluster action read-backup-snapshots, through the API server of the
/// leader (`repo_check.method: cluster`). The role cluster:reader is enough.
///
/// A task that has not ended at the timeout cannot be cancelled (403 for that role): until it has
/// ended, or `give_up_task` is over, no further check of its destination begins, so that a slow
/// one is asked by one task only. Other destinations are checked meanwhile: the tasks have no
/// repository, and so no lock, in common. At most kMostLeft are left behind, then no look begins.
class ClusterRepository final : public probe::Repository {
 public:
  static constexpr std::size_t kMostLeft = 4;  ///< NS8's agent refuses more than 32 tasks at once.

  /// \param left   outlives this: the next one, by a new configuration, still knows of the tasks
  ClusterRepository(ClusterTasks tasks, RepositoryManner manner, LeftTasks& left)
      : tasks_{std::move(tasks)}, manner_{manner}, left_{left} {}

  [[nodiscard]] std::optional<probe::ProbeAnswer> ReadSnapshots(
      const probe::RepositoryAddress& address, const std::stop_token& stop) override;

 private:
  [[nodiscard]] bool HasEndedMeanwhile(LeftTask& task, const Talk& talk);
  [[nodiscard]] bool IsStillBusy(const std::string& destination_id, const Talk& talk);
  void Leave(const std::string& task, const std::string& destination_id);

  ClusterTasks tasks_;
  const RepositoryManner manner_;
  LeftTasks& left_;
};

}  // namespace backup_monitor::cluster_api
