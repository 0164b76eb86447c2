#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "journal/journal_entry.h"

namespace backup_monitor::loki {

/// An entry as Loki gives it.
struct LokiLine {
  journal::EntryTime at;
  std::string module;  ///< Label `module_id`; empty: none.
  std::string line;

  friend bool operator==(const LokiLine&, const LokiLine&) = default;
};

/// The entries of an answer to query_range: `data.result[].values[]`, [<nanoseconds>, <line>] each, a list for each set
/// of labels. In the order of their times.
///
/// \return kInvalidInput if it is no such answer
[[nodiscard]] Result<std::vector<LokiLine>> ParseStreams(std::string_view body);

}  // namespace backup_monitor::loki
