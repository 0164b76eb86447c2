#include "app/probing.h"

#include <algorithm>
#include <string>
#include <utility>

#include "adapters/process/command_repository.h"
#include "adapters/redis/redis_factory.h"

namespace backup_monitor {
namespace {

bool WantsPath(const RepoCheckConfig& repo_check) {
  if (repo_check.method == ProbeMethod::kCluster) return true;
  return std::any_of(repo_check.command.begin(), repo_check.command.end(), [](const std::string& argument) {
    return argument.find("{path}") != std::string::npos;
  });
}

std::unique_ptr<Repository> MakeRepository(const RepoCheckConfig& repo_check, RedisClusterPlaces& places,
                                           ProbingMemory& memory) {
  if (repo_check.method == ProbeMethod::kCommand) {
    return std::make_unique<CommandRepository>(repo_check.command, repo_check.restic_flags,
                                               repo_check.timeout);
  }
  ClusterApiManner manner;
  manner.timeout = repo_check.timeout;
  ClusterApiAccess access{[&places] { return places.ApiServer(); }, repo_check.credentials_file};
  return std::make_unique<ClusterRepository>(std::move(access), manner, memory.left);
}

}  // namespace

std::unique_ptr<Probing> Probing::Make(const Config& config, const Clock& clock, Metrics& metrics,
                                       ProbingMemory& memory, const std::stop_token& stop) {
  const RepoCheckConfig& repo_check = config.repo_check;
  if (repo_check.mode == ProbeMode::kOff || config.mail.hold) return nullptr;
  std::unique_ptr<Probing> made{new Probing};
  made->places_ = MakeClusterPlaces(config.redis, stop);
  made->repository_ = MakeRepository(repo_check, *made->places_, memory);
  ProbeDesk::Parts parts{.clock = clock,
                         .repository = *made->repository_,
                         .find_path = {},
                         .metrics = metrics,
                         .timeout = repo_check.timeout};
  if (WantsPath(repo_check)) {
    parts.find_path = [&places = *made->places_](const ModuleId& module) {
      return places.RepositoryPathOf(module);
    };
  }
  made->desk_ = std::make_unique<ProbeDesk>(std::move(parts));
  return made;
}

}  // namespace backup_monitor
