#pragma once

#include "model/report.h"
#include "model/standing.h"

namespace backup_monitor {

/// By the record's own times. Not in the compact layout, which knows no beginning, nor with a record that is
/// another run's.
[[nodiscard]] Standing StandingInRepository(const RunSection& run, const ModuleLine& line);

[[nodiscard]] Undecided WhyUndecided(const RunSection& run, const ModuleLine& line);

[[nodiscard]] bool SucceededWithoutSnapshot(const RunSection& run, const ModuleLine& line);

/// A success of which 90 % and more of the data, or of the files, is gone since the good backup before. Not of
/// one without a snapshot: there is no data that could have shrunk.
[[nodiscard]] bool HasFallen(const RunSection& run, const ModuleLine& line);

[[nodiscard]] Rank RankIn(const RunSection& run, const ModuleLine& line);

/// What the run is called, by its outcome and its worst module.
[[nodiscard]] Phrase PhraseOf(const RunSection& run);
/// The worst over the runs; kFailed where alerts fit no plan or no status.
[[nodiscard]] Phrase PhraseOf(const Report& report);

/// Everything was saved, and yet no result explains the alert of the run: it is not confirmed.
[[nodiscard]] bool IsUnconfirmedByAlert(const RunSection& run);

/// The run is open for its alert alone: nothing else says that a backup is running.
[[nodiscard]] bool IsOnlyAlerted(const RunSection& run);

/// When the snapshot of this backup was made; none unless kMade.
[[nodiscard]] std::optional<Time> MadeAt(const ModuleLine& line);

}  // namespace backup_monitor
