#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/facts/report_facts.h"
#include "report/words/voice.h"

namespace backup_monitor::report::words {

// How old the newest data of applications is, against how old it may be.

/// One sentence for each application, first those over their target, and how many more there are.
[[nodiscard]] std::vector<std::string> RecoverySentences(const Voice& voice,
                                                         const std::vector<RecoveryLine>& lines);

/// Which applications need no backup for a while, and why.
[[nodiscard]] std::string ExemptSentence(const Voice& voice,
                                         const std::map<ModuleId, Exemption>& exempt);

/// What a run that has closed adds.
void AddRecovery(const Voice& voice, const RunFacts& run, std::vector<std::string>& sentences);

}  // namespace backup_monitor::report::words
