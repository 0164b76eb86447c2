#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/redaction.h"
#include "probe/repository.h"

namespace backup_monitor::process {

/// Looks into repositories by running a command that prints `restic snapshots --json`, for a host install
/// (`repo_check.method: command`).
///
/// A repository that is locked is asked a second time with --no-lock, in what is left of the time,
/// if the command has a place for flags: the answer is then the refusal and the snapshots. A
/// command that cannot be run is a kNotStarted.
class CommandRepository final : public probe::Repository {
 public:
  /// \param command  program and arguments; in each, {module} {plan} {repository} {path} are filled in,
  ///                 and an argument that is just {restic_flags} becomes `flags`
  /// \param timeout  then SIGTERM, so that restic removes its lock, and SIGKILL 10 s later
  /// \param known    secrets that are quoted nowhere, whatever the command says
  CommandRepository(std::vector<std::string> command, std::vector<std::string> flags,
                    std::chrono::milliseconds timeout, KnownSecrets known = {})
      : command_{std::move(command)},
        flags_{std::move(flags)},
        timeout_{timeout},
        known_{std::move(known)} {}

  [[nodiscard]] std::optional<probe::ProbeAnswer> ReadSnapshots(
      const probe::RepositoryAddress& address, const std::stop_token& stop) override;

 private:
  [[nodiscard]] std::vector<std::string> Filled(const probe::RepositoryAddress& address,
                                                const std::vector<std::string>& flags) const;
  [[nodiscard]] probe::ProbeAnswer Run(const probe::RepositoryAddress& address,
                                       const std::vector<std::string>& flags,
                                       std::chrono::milliseconds time,
                                       const std::stop_token& stop) const;
  [[nodiscard]] bool AcceptsFlags() const;

  const std::vector<std::string> command_;
  const std::vector<std::string> flags_;
  const std::chrono::milliseconds timeout_;
  const KnownSecrets known_;
};

}  // namespace backup_monitor::process
