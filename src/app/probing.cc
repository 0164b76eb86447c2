#include "app/probing.h"

#include <algorithm>
#include <string>
#include <utility>

#include "adapters/process/command_repository.h"
#include "adapters/redis/redis_factory.h"
#include "base/secret_file.h"

namespace backup_monitor {
namespace {

bool WantsPath(const RepoCheckConfig& repo_check) {
  if (repo_check.method == ProbeMethod::kCluster) return true;
  return std::any_of(
      repo_check.command.begin(), repo_check.command.end(),
      [](const std::string& argument) { return argument.find("{path}") != std::string::npos; });
}

/// What must not be quoted, whatever restic or the cluster's API says. A file that cannot be read is no fault here: it
/// is where it is needed.
KnownSecrets SecretsOf(const Config& config) {
  KnownSecrets known;
  for (const auto& file :
       {config.receiver.token_file, config.redis.password_file, config.mail.smtp.password_file}) {
    if (file.empty()) continue;
    if (auto secret = ReadSecretFile(file)) known.push_back(*std::move(secret));
  }
  return known;
}

std::unique_ptr<Repository> MakeRepository(const RepoCheckConfig& repo_check,
                                           RedisClusterPlaces& places, ProbingMemory& memory,
                                           KnownSecrets known) {
  if (repo_check.method == ProbeMethod::kCommand) {
    return std::make_unique<CommandRepository>(repo_check.command, repo_check.restic_flags,
                                               repo_check.timeout, std::move(known));
  }
  ClusterApiManner manner;
  manner.timeout = repo_check.timeout;
  ClusterApiAccess access{[&places] { return places.ApiServer(); }, repo_check.credentials_file};
  return std::make_unique<ClusterRepository>(std::move(access), manner, memory.left,
                                             std::move(known));
}

}  // namespace

std::unique_ptr<Probing> Probing::Make(const Config& config, const Clock& clock, Metrics& metrics,
                                       ProbingMemory& memory, const std::stop_token& stop) {
  const RepoCheckConfig& repo_check = config.repo_check;
  if (repo_check.mode == ProbeMode::kOff || config.mail.hold) return nullptr;
  std::unique_ptr<Probing> made{new Probing};
  made->places_ = MakeClusterPlaces(config.redis, stop);
  made->repository_ = MakeRepository(repo_check, *made->places_, memory, SecretsOf(config));
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
