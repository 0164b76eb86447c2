#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "journal/journal.h"

namespace backup_monitor::loki {

/// The path and query of GET /loki/api/v1/query_range for entries from `from` on, oldest first, at most `most` of them.
///
/// The labels are those of ns8-core 4f41b359 core/imageroot/var/lib/nethserver/node/bin/generate-promtail-config; the
/// parameters those of Loki 3.5 (docs/sources/reference/loki-http-api.md); an entry's line is JSON, so the words are
/// looked for in that.
///
/// \return kInvalidInput if the id of the plan or the module is none that could stand in a query
[[nodiscard]] Result<std::string> QueryPath(const journal::Wanted& wanted, journal::EntryTime from,
                                            std::size_t most);

/// Likewise for the newest entry of a node alone.
[[nodiscard]] std::string NewestPath(NodeId node, Time from, Time to);

}  // namespace backup_monitor::loki
