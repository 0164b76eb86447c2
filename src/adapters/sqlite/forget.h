#pragma once

#include <optional>
#include <set>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/write_turn.h"
#include "base/result.h"
#include "model/status_record.h"

namespace backup_monitor::sqlite {

/// What RunStore::OldestBefore() returns.
[[nodiscard]] Result<std::optional<Time>> OldestBefore(Database& database, Time before,
                                                       const std::set<RecordKey>& still_in_redis);

/// What RunStore::Forget() does, in portions that each hold up other writers for milliseconds.
[[nodiscard]] Result<void> ForgetBefore(Database& database, WriteTurn& turn, Time before,
                                        const std::set<RecordKey>& still_in_redis);

}  // namespace backup_monitor::sqlite
