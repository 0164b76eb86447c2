#pragma once

#include <string>
#include <vector>

#include "model/report.h"
#include "report/words/named_values.h"
#include "report/words/voice.h"

namespace backup_monitor {

/// Of a module that did not succeed: its newest data, since when, when and how long it ran now, what
/// NS8 said, and what its repository answered if `quote`.
[[nodiscard]] std::vector<NamedValue> DetailsOf(const Voice& voice, const RunSection& run,
                                                const ModuleLine& line, bool quote);

/// Of a module that succeeded: "3 min", "before: 12 min". Empty where it is not known.
struct GoodNumbers {
  std::string took;
  std::string took_before;
  std::string size;
  std::string size_change;
  std::string note;   ///< "fixed after 3 failed runs", "result of an overlapping run".
  std::string doubt;  ///< "The repository is locked."
};

[[nodiscard]] GoodNumbers NumbersOf(const Voice& voice, const RunSection& run,
                                    const ModuleLine& line);

/// How long the module's record took; none where the layout does not say.
[[nodiscard]] std::optional<seconds> DurationOf(const RunSection& run, const ModuleLine& line);

}  // namespace backup_monitor
