#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "adapters/process/child.h"
#include "adapters/process/command_repository.h"
#include "integration/smtp/smtp_peer.h"

namespace backup_monitor::testing {

/// Real repositories of the real restic (Debian's package) in a folder of their own, with the password
/// "shoe43". A repository's path is its name.
class ResticRepositories {
 public:
  ResticRepositories() { setenv("RESTIC_PASSWORD", "shoe43", 1); }
  ~ResticRepositories() { unsetenv("RESTIC_PASSWORD"); }
  ResticRepositories(const ResticRepositories&) = delete;
  ResticRepositories& operator=(const ResticRepositories&) = delete;

  /// Runs `script` with $R, the folder of the repositories. Its status.
  [[nodiscard]] int Run(const std::string& script) const {
    const std::string all =
        "R=" + folder_.path().string() + "; cd $R; exec >log 2>&1; set -e; " + script;
    const auto result = process::RunChild({.arguments = {"/bin/sh", "-c", all}, .input = {}}, {});
    return result ? result->status : -1;
  }

  [[nodiscard]] std::filesystem::path Path(const std::string& name) const {
    return folder_.path() / name;
  }

  /// Asks as the product does, restic itself in the place of NS8's wrapper.
  [[nodiscard]] probe::ProbeAnswer Read(const std::string& repository,
                                        std::vector<std::string> flags = {"--no-cache"},
                                        std::chrono::milliseconds timeout = std::chrono::seconds{
                                            20}) const {
    process::CommandRepository command{
        {"restic", "--repo", "{path}", "{restic_flags}", "snapshots", "--json", "--latest", "1"},
        std::move(flags),
        timeout};
    const bool is_local = repository.find(':') == std::string::npos;
    return command
        .ReadSnapshots({PlanId{"1"}, ModuleId{"mail1"}, "48ce000a",
                        is_local ? Path(repository).string() : repository},
                       {})
        .value();
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace backup_monitor::testing
