#pragma once

#include <optional>
#include <vector>

#include "model/report.h"
#include "report/words/named_values.h"
#include "report/words/voice.h"

namespace backup_monitor {

/// How far back a restore of this module would go: "Newest data:" where its repository was read,
/// "Newest data known:" where an earlier look was the last to succeed; "Last good backup:" where
/// nothing better is known, or beside the others where it is another backup. Never empty.
[[nodiscard]] std::vector<NamedValue> NewestDataOf(const Voice& voice, const ModuleLine& line);

/// The module whose restore would go furthest back, of those of a closed run that did not succeed, with those
/// that have no data and the number of those of which none is known. None where fewer than two did not
/// succeed: the module's own row tells it.
[[nodiscard]] std::optional<NamedValue> WorstRecoveryPoint(const Voice& voice,
                                                           const RunSection& run);

}  // namespace backup_monitor
