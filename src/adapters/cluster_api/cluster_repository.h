#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "adapters/cluster_api/http_exchange.h"
#include "base/secret.h"
#include "probe/repository.h"

namespace backup_monitor {

/// How to reach NS8's API server.
struct ClusterApiAccess {
  /// Its address, "http://10.5.4.1:9311": asked for at each login, because the leader may change.
  std::function<Result<std::string>()> find_server;
  /// Lines REDIS_USER=… and REDIS_PASSWORD=…, as in a module's agent.env. Read at each login.
  std::filesystem::path credentials_file;
};

/// A task that had not ended when we stopped waiting for it.
struct LeftTask {
  std::string id;
  std::chrono::steady_clock::time_point since;
};

/// The waits of a conversation; tests make them shorter.
struct ClusterApiManner {
  std::chrono::milliseconds timeout{60'000};         ///< `repo_check.timeout`
  std::chrono::milliseconds poll{500};               ///< Between two questions whether a task has ended.
  std::chrono::milliseconds first_retry{500};        ///< After 429 or 5xx; doubles, or as the server says.
  std::chrono::milliseconds give_up_task{1'800'000}; ///< A task that never ends blocks no longer than this.
};

/// Looks into repositories by NS8's cluster action read-backup-snapshots, through the API server of the
/// leader (`repo_check.method: cluster`). The role cluster:reader is enough.
///
/// A task that has not ended at the timeout cannot be cancelled (403 for that role): until it has ended, or
/// `give_up_task` is over, no further look begins, so that a slow destination is asked by one task only.
class ClusterRepository final : public Repository {
 public:
  /// \param left  outlives this: the next one, by a new configuration, still knows of the task
  ClusterRepository(ClusterApiAccess access, ClusterApiManner manner, std::optional<LeftTask>& left)
      : access_{std::move(access)}, manner_{manner}, left_{left} {}

  [[nodiscard]] std::optional<ProbeAnswer> ReadSnapshots(const RepositoryAddress& address,
                                                         const std::stop_token& stop) override;

 private:
  using Instant = std::chrono::steady_clock::time_point;
  /// How long one look may still take.
  struct Talk {
    Instant deadline;
    const std::stop_token& stop;
  };

  [[nodiscard]] Result<void> LogIn(const Talk& talk);
  [[nodiscard]] Result<ApiReply> Ask(const ApiRequest& request, const Talk& talk) const;
  [[nodiscard]] Result<ApiReply> AskLoggedIn(const std::string& path, const std::string& body, const Talk& talk);
  [[nodiscard]] bool IsStillBusy(const Talk& talk);
  [[nodiscard]] ProbeAnswer Await(const std::string& task, const Talk& talk);

  const ClusterApiAccess access_;
  const ClusterApiManner manner_;
  std::string server_;
  Secret token_;
  std::optional<LeftTask>& left_;
};

}  // namespace backup_monitor
