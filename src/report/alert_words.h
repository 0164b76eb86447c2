#pragma once

#include <string>
#include <vector>

#include "model/report.h"
#include "report/voice.h"

namespace backup_monitor {

/// Everything was saved, and yet no result explains the alert of the run: it is not confirmed.
[[nodiscard]] bool IsUnconfirmedByAlert(const RunSection& run);

/// The run is open for its alert alone: nothing else says that a backup is running.
[[nodiscard]] bool IsOnlyAlerted(const RunSection& run);

/// Why modules of an open run have no result.
[[nodiscard]] std::string PendingWords(const Voice& voice, const RunSection& run);

/// That there was an alert, from when and for which node, and whether a result explains it. Empty without an
/// alert, and where no status at all is known, since that has its own sentence.
[[nodiscard]] std::vector<std::string> AlertSentences(const Voice& voice, const RunSection& run);

/// What a report of ReportKind::kAlertSummary says.
[[nodiscard]] std::vector<std::string> SummarySentences(const Voice& voice,
                                                        const AlertSummary& summary);

}  // namespace backup_monitor
