#pragma once

#include <string>
#include <string_view>

#include "base/secret.h"
#include "cluster/read_batch.h"

namespace backup_monitor::redis {

/// The batch as Redis reads it: arrays of bulk strings (redis.io, "Redis serialization protocol
/// specification", RESP2). Words may hold any byte.
[[nodiscard]] std::string ToResp(const cluster::ReadBatch& batch);

/// `AUTH <username> <password>` (Redis 6.0 and later).
[[nodiscard]] Secret AuthToResp(std::string_view username, const Secret& password);

}  // namespace backup_monitor::redis
