#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "random/run_histories_history.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {

/// Counts over all histories.
struct Figures {
  int histories = 0;
  int true_runs = 0;          ///< Of which a look saw a record.
  int told_exactly = 0;       ///< As one run with exactly these records.
  int true_runs_watched = 0;  ///< The same, of no hourly plan, and nothing hindered the daemon.
  int told_exactly_watched = 0;
  int neighbours = 0;  ///< "succeeded" rows whose backup is another true run's than most rows'.
  int neighbours_watched = 0;
  int mails = 0;
  int updates_without_change = 0;
  int without_records = 0;            ///< Final reports of runs that only an alert opened.
  std::map<std::string, int> finals;  ///< By outcome.
  std::map<std::string, int> others;  ///< By kind.
};

/// Lets the daemon live through `history`.
[[nodiscard]] Night Replay(const History& history);

/// Holds what was told against what was true.
///
/// \return What a promise of DESIGN's is broken by, one line each.
[[nodiscard]] std::vector<std::string> Check(const History& history, const Night& night,
                                             Figures& figures);

}  // namespace backup_monitor::testing
