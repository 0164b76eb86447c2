#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "probe/repository.h"

namespace backup_monitor::testing {

/// Repositories held in memory, by module. Tests say what is in them, never which calls to expect.
class FakeRepository final : public probe::Repository {
 public:
  explicit FakeRepository(std::chrono::milliseconds timeout = std::chrono::seconds{10})
      : timeout_{timeout} {}

  void SetSnapshots(const ModuleId& module, std::vector<Snapshot> snapshots) {
    answers_[module] = {std::move(snapshots), std::nullopt, true};
  }
  void SetFailure(const ModuleId& module, probe::ProbeFailure failure) {
    answers_[module] = probe::Refusal(std::move(failure));
  }
  /// From now on nothing answers.
  void Hang() { hangs_ = true; }

  std::optional<probe::ProbeAnswer> ReadSnapshots(const probe::RepositoryAddress& address,
                                                  const std::stop_token& stop) override {
    if (hangs_) {
      std::mutex mutex;
      std::condition_variable_any never;
      std::unique_lock lock{mutex};
      never.wait_for(lock, stop, timeout_, [] { return false; });
      return probe::Refusal(ProbeCause::kTimeout, "no answer in time");
    }
    const auto found = answers_.find(address.module);
    if (found == answers_.end())
      return probe::Refusal(ProbeCause::kNoRepository, "no such repository");
    return found->second;
  }

 private:
  const std::chrono::milliseconds timeout_;
  std::map<ModuleId, probe::ProbeAnswer> answers_;
  bool hangs_ = false;
};

}  // namespace backup_monitor::testing
