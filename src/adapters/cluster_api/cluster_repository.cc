#include "adapters/cluster_api/cluster_repository.h"

#include <algorithm>
#include <utility>

#include "adapters/cluster_api/snapshot_task.h"

namespace backup_monitor::cluster_api {
namespace {

using std::chrono::steady_clock;

/// The cluster's API is not the repository: what fails on the way there is unknown of the repository,
/// except that we were not let in or had no more time.
probe::ProbeAnswer RefusalOf(const Error& error) {
  if (error.code == ErrorCode::kTimeout) return probe::Refusal(ProbeCause::kTimeout, error.message);
  if (error.code == ErrorCode::kDenied) return probe::Refusal(ProbeCause::kDenied, error.message);
  return probe::Refusal(ProbeCause::kUnknown, error.message);
}

}  // namespace

bool ClusterRepository::HasEndedMeanwhile(LeftTask& task, const Talk& talk) {
  const auto now = steady_clock::now();
  if (now - task.since >= manner_.give_up_task) return true;
  if (now < task.next_question) return false;
  task.next_question = now + task.pause.Next();
  return tasks_.HasEnded(task.id, talk);
}

bool ClusterRepository::IsStillBusy(const std::string& destination_id, const Talk& talk) {
  const bool too_many = left_.size() >= kMostLeft;
  for (auto task = left_.begin(); task != left_.end();) {
    const bool matters = too_many || task->destination_id == destination_id;
    task = matters && HasEndedMeanwhile(*task, talk) ? left_.erase(task) : std::next(task);
  }
  return left_.size() >= kMostLeft ||
         std::ranges::find(left_, destination_id, &LeftTask::destination_id) != left_.end();
}

void ClusterRepository::Leave(const std::string& task, const std::string& destination_id) {
  const auto now = steady_clock::now();
  GrowingPause pause{manner_.first_left_poll, manner_.longest_left_poll};
  const auto next = now + pause.Next();
  left_.push_back({task, destination_id, now, pause, next});
}

std::optional<probe::ProbeAnswer> ClusterRepository::ReadSnapshots(
    const probe::RepositoryAddress& address, const std::stop_token& stop) {
  const Talk talk{steady_clock::now() + manner_.timeout, stop};
  if (IsStillBusy(address.destination_id, talk)) return std::nullopt;
  const auto task = tasks_.Submit(kReadSnapshots, SnapshotInput(address), talk);
  if (!task) return RefusalOf(task.error());
  const auto answer = tasks_.Await(*task, talk);
  if (answer) return ParseSnapshotEnd(*answer, tasks_.Secrets());
  if (answer.error().code != ErrorCode::kTooLarge) Leave(*task, address.destination_id);
  return RefusalOf(answer.error());
}

}  // namespace backup_monitor::cluster_api
