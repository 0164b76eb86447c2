#pragma once

#include <string>
#include <vector>

#include "report/facts/report_facts.h"
#include "report/words/named_value.h"
#include "report/words/voice.h"

namespace backup_monitor::report::words {

/// What the check of a module's repository and the log say, in sentences; empty where they say nothing.
struct FindingWords {
  std::string finding;  ///< "Not saved."
  std::string cause;    ///< "The repository is locked."
  std::string log;      ///< "The clean-up failed: … (02:31, node 2)."
};

/// Of a module that did not succeed, or succeeded without a snapshot.
[[nodiscard]] FindingWords WordsOf(const Voice& voice, const RunFacts& run,
                                   const ModuleFacts& module);

/// Of a success without a snapshot: who says that there is none.
[[nodiscard]] std::string WithoutSnapshotWords(const Voice& voice, const ModuleFacts& module);

/// Why modules of an open run have no result.
[[nodiscard]] std::string PendingWords(const Voice& voice, const RunFacts& run);

/// How far back a restore of this module would go: "Newest data:" where its repository was read,
/// "Newest data known:" where an earlier check was the last to succeed; "Last good backup:" where
/// nothing better is known, or beside the others where it is another backup. Never empty.
[[nodiscard]] std::vector<NamedValue> NewestDataOf(const Voice& voice, const ModuleFacts& module);

/// Of a module that did not succeed: its newest data, since when, when and how long it ran now, what
/// NS8 said, and what its repository answered if `quote`.
[[nodiscard]] std::vector<NamedValue> DetailsOf(const Voice& voice, const RunFacts& run,
                                                const ModuleFacts& module, bool quote);

/// Of a module that succeeded: "3 min", "before: 12 min". Empty where it is not known.
struct GoodNumbers {
  std::string took;
  std::string took_before;
  std::string size;
  std::string size_change;
  std::string note;   ///< "fixed after 3 failed runs", "result of an overlapping run".
  std::string doubt;  ///< "The repository is locked."
};

[[nodiscard]] GoodNumbers NumbersOf(const Voice& voice, const RunFacts& run,
                                    const ModuleFacts& module);

}  // namespace backup_monitor::report::words
