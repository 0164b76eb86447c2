#pragma once

#include <string>
#include <vector>

#include "model/report.h"
#include "report/words/voice.h"

namespace backup_monitor {

/// Why modules of an open run have no result.
[[nodiscard]] std::string PendingWords(const Voice& voice, const RunSection& run);

/// That there was an alert, from when and for which node, and whether a result explains it. Empty without an
/// alert, and where no status at all is known, since that has its own sentence.
[[nodiscard]] std::vector<std::string> AlertSentences(const Voice& voice, const RunSection& run);

/// What a report of ReportKind::kAlertSummary says.
[[nodiscard]] std::vector<std::string> SummarySentences(const Voice& voice,
                                                        const AlertSummary& summary);

}  // namespace backup_monitor
