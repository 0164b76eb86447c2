#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "adapters/sqlite/database.h"
#include "base/clock.h"
#include "base/result.h"

namespace backup_monitor::sqlite {

/// Alerts that have opened a run or a report, by their identities. The newest so many are kept; an older
/// one that comes again is reported again.
inline constexpr std::int64_t kMostKnownAlerts = 100'000;

/// Inside a transaction of the caller's.
[[nodiscard]] Result<void> SaveKnownAlerts(Database& database,
                                           const std::map<std::string, Time>& alerts,
                                           std::int64_t most = kMostKnownAlerts);

/// Which of them are kept.
[[nodiscard]] Result<std::set<std::string>> ReadKnownAlerts(
    Database& database, const std::set<std::string>& identities);

}  // namespace backup_monitor::sqlite
