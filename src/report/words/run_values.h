#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/facts/report_facts.h"
#include "report/words/named_value.h"
#include "report/words/voice.h"

namespace backup_monitor::report::words {

/// Of a whole run: since when it fails, when it ran, how long, how big, how that differs from the run
/// before, how far back a restore would go at worst, where to. Sizes are of records without errors only.
[[nodiscard]] std::vector<NamedValue> ValuesOf(const Voice& voice, const RunFacts& run);

/// The module whose restore would go furthest back, with those that have no data and the number of those of
/// which none is known.
[[nodiscard]] std::optional<NamedValue> WorstRecoveryPoint(const Voice& voice, const RunFacts& run);

/// "4.2 GB (+1.2 GB (+3 %))" without brackets in brackets; empty if no module has a size.
[[nodiscard]] std::string SizeText(const Voice& voice, const SizeSum& sum);

}  // namespace backup_monitor::report::words
