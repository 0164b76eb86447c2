#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/cluster_api/api_answer.h"
#include "adapters/cluster_api/growing_pause.h"
#include "adapters/http_client/patience.h"
#include "base/redaction.h"
#include "base/secret.h"

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

/// The waits of a conversation; tests make them shorter.
///
/// Questions are rare, because each one leaves two connections to Redis in the API server for
/// minutes (seen with ns8-core 4f41b359, core/api-server).
struct TaskManner {
  std::chrono::milliseconds first_poll{
      500};  ///< Before the next question whether a task has ended;
  std::chrono::milliseconds longest_poll{5'000};  ///< doubles up to this.
  std::chrono::milliseconds first_retry{
      500};  ///< After 429 or 5xx; doubles, or as the server says.
  /// Run() believes a task to have ended of which it has heard no end for so long: a restarted leader has forgotten it.
  std::chrono::milliseconds forget_task{std::chrono::minutes{10}};
};

/// How long one conversation may still take.
struct Talk {
  std::chrono::steady_clock::time_point deadline;
  const std::stop_token& stop;  ///< Cuts it short within 1 s: kTimeout.
};

/// Runs tasks of the cluster's agent through the API server of the leader: logs in with the module's own Redis user,
/// keeps the token, logs in again when it is refused, and asks with growing pauses whether a task has ended. Every
/// task is hidden from the notifications of cluster-admin.
///
/// The role cluster:reader allows the actions `list-*`, `get-*`, `show-*` and `read-*`; a task cannot be cancelled with
/// it (403). One thread at a time.
class ClusterTasks {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  /// \param known  secrets that are quoted nowhere, besides those that are used here
  ClusterTasks(ClusterApiAccess access, TaskManner manner, KnownSecrets known = {})
      : access_{std::move(access)}, manner_{manner}, known_{std::move(known)} {}

  /// Runs an action to its end. Of a task that has not ended at the deadline the next Run() asks whether it has ended
  /// meanwhile, and submits no other one before: the agent refuses more than 32 at once, of all who use it.
  ///
  /// \param action  "list-alerts"
  /// \param input   JSON, as the action's validate-input.json wants it
  /// \return how the task ended, whatever its exit code; kDenied if the login or the role does not allow it, or there
  ///         are no credentials; kTimeout if it has not ended, or an earlier one has not; kUnavailable; kTooLarge;
  ///         kInvalidInput if the answer makes no sense or is no UTF-8; also what `find_server` says
  [[nodiscard]] Result<TaskEnd> Run(std::string_view action, std::string_view input,
                                    Deadline deadline, const std::stop_token& stop);

  // The steps of Run(), for who keeps its own books of tasks that have not ended.

  /// \return the task's id; errors as Run()
  [[nodiscard]] Result<std::string> Submit(std::string_view action, std::string_view input,
                                           const Talk& talk);
  /// Waits for the end.
  ///
  /// \return the server's answer, for ParseTaskEnd(); kTooLarge if the task has ended and its answer is too long; else
  ///         the task may go on: kTimeout if it has not ended in time, and whatever keeps us from asking
  [[nodiscard]] Result<std::string> Await(const std::string& task, const Talk& talk);
  /// Asks once. False if it is not known.
  [[nodiscard]] bool HasEnded(const std::string& task, const Talk& talk);

  /// What must not be quoted, the password and the token among it.
  [[nodiscard]] KnownSecrets Secrets() const;

 private:
  struct LeftTask {
    std::string id;
    std::string server;  ///< Another leader knows nothing of it.
    Deadline since;
  };

  [[nodiscard]] Result<void> LogIn(const Talk& talk);
  [[nodiscard]] Result<HttpReply> Ask(const ApiRequest& request, const Talk& talk) const;
  [[nodiscard]] Result<HttpReply> AskLoggedIn(const std::string& path, const std::string& body,
                                              const Talk& talk);
  [[nodiscard]] Result<bool> AskForEnd(const std::string& task, const Talk& talk);
  [[nodiscard]] Result<void> CheckLeft(const Talk& talk);
  [[nodiscard]] Error ErrorOf(const HttpReply& reply) const;

  const ClusterApiAccess access_;
  const TaskManner manner_;
  const KnownSecrets known_;
  std::string server_;
  Secret token_;
  Secret password_;
  std::optional<LeftTask> left_;  ///< Of Run().
};

}  // namespace backup_monitor::cluster_api
