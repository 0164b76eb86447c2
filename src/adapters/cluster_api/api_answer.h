#pragma once

#include <string>
#include <string_view>

#include "base/json/json_value.h"
#include "base/redaction.h"
#include "base/result.h"
#include "base/secret.h"

namespace backup_monitor::cluster_api {

// The API server's JSON, as observed on NS8 (ns8-core 4f41b359, core/api-server).

/// The body of POST /api/login.
[[nodiscard]] std::string LoginBody(const std::string& user, const Secret& password);

/// The body of POST /api/cluster/tasks. Hidden from the notifications of cluster-admin.
///
/// \param input  JSON
[[nodiscard]] std::string TaskBody(std::string_view action, std::string_view input);

/// `token` of the answer to a login. \return kInvalidInput
[[nodiscard]] Result<Secret> ParseToken(std::string_view body);

/// `data.id` of the answer to a submitted task. \return kInvalidInput if there is none that could stand in
/// a URL
[[nodiscard]] Result<std::string> ParseTaskId(std::string_view body);

/// How a task ended.
struct TaskEnd {
  int exit_code = 0;    ///< 8: there is no such action.
  std::string error;    ///< What it wrote to standard error, also if it succeeded. Foreign text.
  JsonDocument answer;  ///< All of it; holds output().

  /// What it wrote to standard output; null if there is none.
  [[nodiscard]] const JsonValue* output() const;
};

/// Reads the answer about an ended task: `data.exit_code`, `data.error`, `data.output`.
///
/// \return kInvalidInput if it is no JSON by `rules`, or has no exit code
[[nodiscard]] Result<TaskEnd> ParseTaskEnd(std::string_view body, JsonRules rules = {});

/// `message` of an error answer, quotable; empty if there is none.
[[nodiscard]] std::string ParseMessage(std::string_view body, const KnownSecrets& known);

}  // namespace backup_monitor::cluster_api
