#pragma once

#include <string>

#include "report/facts/report_facts.h"
#include "report/words/voice.h"

namespace backup_monitor::report::words {

/// What the cluster's log says of a module's backup, in whole sentences: which steps failed and in whose words, or why
/// there is no result. Empty where it says nothing.
[[nodiscard]] std::string LogWords(const Voice& voice, const RunFacts& run,
                                   const ModuleFacts& module);

}  // namespace backup_monitor::report::words
