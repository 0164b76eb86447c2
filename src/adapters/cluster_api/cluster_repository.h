#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cluster_api/growing_pause.h"
#include "adapters/http_client/patience.h"
#include "base/redaction.h"
#include "base/secret.h"
#include "probe/repository.h"

namespace backup_monitor::cluster_api {

using http_client::HttpReply;

struct ApiRequest : http_client::HttpRequest {
  bool once = false;  ///< It must not be sent again when it is not known whether it arrived.
};

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
  std::string destination_id;
  std::chrono::steady_clock::time_point since;
  GrowingPause pause;  ///< Between two questions whether it has ended.
  std::chrono::steady_clock::time_point next_question;
};
using LeftTasks = std::vector<LeftTask>;

/// The waits of a conversation; tests make them shorter.
///
/// Questions are rare, because each one leaves two connections to Redis in the API server for
/// minutes (seen with ns8-core 4f41b359, core/api-server).
struct ClusterApiManner {
  std::chrono::milliseconds timeout{60'000};  ///< `repo_check.timeout`
  std::chrono::milliseconds first_poll{
      500};  ///< Before the next question whether a task has ended;
  std::chrono::milliseconds longest_poll{5'000};  ///< doubles up to this.
  std::chrono::milliseconds first_retry{
      500};  ///< After 429 or 5xx; doubles, or as the server says.
  std::chrono::milliseconds first_left_poll{5'000};     ///< The same for a task that was left,
  std::chrono::milliseconds longest_left_poll{60'000};  ///< up to this.
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
  /// \param known  secrets that are quoted nowhere, besides those that are used here
  ClusterRepository(ClusterApiAccess access, ClusterApiManner manner, LeftTasks& left,
                    KnownSecrets known = {})
      : access_{std::move(access)}, manner_{manner}, left_{left}, known_{std::move(known)} {}

  [[nodiscard]] std::optional<probe::ProbeAnswer> ReadSnapshots(
      const probe::RepositoryAddress& address, const std::stop_token& stop) override;

 private:
  using Instant = std::chrono::steady_clock::time_point;
  /// How long one look may still take.
  struct Talk {
    Instant deadline;
    const std::stop_token& stop;
  };

  [[nodiscard]] Result<void> LogIn(const Talk& talk);
  [[nodiscard]] Result<HttpReply> Ask(const ApiRequest& request, const Talk& talk) const;
  [[nodiscard]] Result<HttpReply> AskLoggedIn(const std::string& path, const std::string& body,
                                              const Talk& talk);
  [[nodiscard]] bool HasEndedMeanwhile(LeftTask& task, const Talk& talk);
  [[nodiscard]] bool IsStillBusy(const std::string& destination_id, const Talk& talk);
  void Leave(const std::string& task, const std::string& destination_id);
  [[nodiscard]] probe::ProbeAnswer Await(const std::string& task, const std::string& destination_id,
                                         const Talk& talk);
  [[nodiscard]] KnownSecrets Secrets() const;
  [[nodiscard]] Error ErrorOf(const HttpReply& reply) const;

  const ClusterApiAccess access_;
  const ClusterApiManner manner_;
  std::string server_;
  Secret token_;
  Secret password_;
  LeftTasks& left_;
  const KnownSecrets known_;
};

}  // namespace backup_monitor::cluster_api
