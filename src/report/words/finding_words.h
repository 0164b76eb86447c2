#pragma once

#include <string>

#include "model/report.h"
#include "report/words/voice.h"

namespace backup_monitor {

/// What the look into a module's repository has told, in sentences; empty where it told nothing.
struct FindingWords {
  std::string standing;  ///< "Not saved."
  std::string cause;     ///< "The repository is locked."
};

/// Of a module that did not succeed, or succeeded without a snapshot.
[[nodiscard]] FindingWords WordsOf(const Voice& voice, const RunSection& run,
                                   const ModuleLine& line);

}  // namespace backup_monitor
