#pragma once

#include <string>

#include "model/episode.h"
#include "report/words/voice.h"

namespace backup_monitor::report::words {

/// The one place that words an episode, from what its runs came to: only of runs that failed it says "failed".

/// "3rd time in a row"; "3rd run in a row with problems" where they were not all of one kind. Of an episode
/// that goes on and has more than one run; else empty.
[[nodiscard]] std::string InARow(const Voice& voice, const Episode& episode);

/// "Failing since", "With problems since".
[[nodiscard]] std::string SinceLabel(const Voice& voice, const Episode& episode);

/// "fixed after 3 failed runs", of an episode that has ended; empty without one.
[[nodiscard]] std::string EndedAfter(const Voice& voice, const Episode& episode);

/// The same as a sentence, with the kinds where there were several.
[[nodiscard]] std::string EndedSentence(const Voice& voice, const Episode& episode);

}  // namespace backup_monitor::report::words
