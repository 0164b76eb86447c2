#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "probe/repository.h"

namespace backup_monitor {

/// Looks into repositories by running a command that prints `restic snapshots --json`, for a host install
/// (`repo_check.method: command`).
class CommandRepository final : public Repository {
 public:
  /// \param command  program and arguments; in each, {module} {plan} {repository} {path} are filled in,
  ///                 and an argument that is just {restic_flags} becomes `flags`
  /// \param timeout  then SIGTERM, so that restic removes its lock, and SIGKILL 10 s later
  CommandRepository(std::vector<std::string> command, std::vector<std::string> flags,
                    std::chrono::milliseconds timeout)
      : command_{std::move(command)}, flags_{std::move(flags)}, timeout_{timeout} {}

  [[nodiscard]] ProbeAnswer ReadSnapshots(const RepositoryAddress& address,
                                          const std::stop_token& stop) override;

 private:
  [[nodiscard]] std::vector<std::string> Filled(const RepositoryAddress& address) const;

  const std::vector<std::string> command_;
  const std::vector<std::string> flags_;
  const std::chrono::milliseconds timeout_;
};

}  // namespace backup_monitor
