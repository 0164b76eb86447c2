#pragma once

#include <string>
#include <string_view>

#include "base/redaction.h"
#include "base/result.h"
#include "base/secret.h"
#include "probe/repository.h"

namespace backup_monitor::cluster_api {

// The API server's JSON, as observed on NS8 (ns8-core 4f41b359, core/api-server).

/// The body of POST /api/login.
[[nodiscard]] std::string LoginBody(const std::string& user, const Secret& password);

/// The body of POST /api/cluster/tasks that asks for read-backup-snapshots. Hidden from the notifications
/// of cluster-admin.
[[nodiscard]] std::string TaskBody(const probe::RepositoryAddress& address);

/// `token` of the answer to a login. \return kInvalidInput
[[nodiscard]] Result<Secret> ParseToken(std::string_view body);

/// `data.id` of the answer to a submitted task. \return kInvalidInput if there is none that could stand in
/// a URL
[[nodiscard]] Result<std::string> ParseTaskId(std::string_view body);

/// What an ended task gave: `data.exit_code`, `data.error` and `data.output`. Also of one that
/// succeeded, `error` is what the action and restic have written to standard error (core/agent).
[[nodiscard]] probe::ProbeAnswer ParseTaskEnd(std::string_view body, const KnownSecrets& known);

/// `message` of an error answer, quotable; empty if there is none.
[[nodiscard]] std::string ParseMessage(std::string_view body, const KnownSecrets& known);

}  // namespace backup_monitor::cluster_api
