#include "app/repository_checks.h"

#include <algorithm>
#include <string>
#include <utility>

#include "adapters/process/command_repository.h"
#include "adapters/redis/redis_factory.h"
#include "app/cluster_access.h"
#include "app/secrets.h"

namespace backup_monitor::app {
namespace {

bool WantsPath(const config::RepoCheckConfig& repo_check) {
  if (repo_check.method == config::ProbeMethod::kCluster) return true;
  return std::any_of(
      repo_check.command.begin(), repo_check.command.end(),
      [](const std::string& argument) { return argument.find("{path}") != std::string::npos; });
}

std::unique_ptr<probe::Repository> MakeRepository(const config::Config& config,
                                                  redis::RedisClusterPlaces& places,
                                                  RepositoryChecksMemory& memory) {
  const config::RepoCheckConfig& repo_check = config.repo_check;
  if (repo_check.method == config::ProbeMethod::kCommand) {
    return std::make_unique<process::CommandRepository>(repo_check.command, repo_check.restic_flags,
                                                        repo_check.timeout, KnownSecretsOf(config));
  }
  // A configuration with this method has credentials.
  return std::make_unique<cluster_api::ClusterRepository>(
      MakeClusterTasks(config, places).value(),
      cluster_api::RepositoryManner{.timeout = repo_check.timeout}, memory.left);
}

}  // namespace

std::unique_ptr<RepositoryChecks> RepositoryChecks::Make(const config::Config& config,
                                                         const Clock& clock, Metrics& metrics,
                                                         WitnessBoard& witnesses,
                                                         RepositoryChecksMemory& memory,
                                                         const std::stop_token& stop) {
  const config::RepoCheckConfig& repo_check = config.repo_check;
  const bool checks = repo_check.mode != ProbeMode::kOff && !config.mail.hold;
  witnesses.Switch("repositories", checks);
  if (!checks) return nullptr;
  std::unique_ptr<RepositoryChecks> made{new RepositoryChecks};
  made->places_ = redis::MakeClusterPlaces(config.redis, stop);
  made->repository_ = MakeRepository(config, *made->places_, memory);
  RepositoryChecker::Parts parts{.clock = clock,
                                 .repository = *made->repository_,
                                 .find_path = {},
                                 .metrics = metrics,
                                 .witnesses = witnesses,
                                 .timeout = repo_check.timeout};
  if (WantsPath(repo_check)) {
    parts.find_path = [&places = *made->places_](const ModuleId& module) {
      return places.RepositoryPathOf(module);
    };
  }
  made->checker_ = std::make_unique<RepositoryChecker>(std::move(parts));
  return made;
}

}  // namespace backup_monitor::app
