#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "random/run_histories_history.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {

/// Rows of reports that do not say what was true of the run they are in, each counted once.
struct WrongLines {
  int false_saved = 0;   ///< "succeeded" by another run's record, and this run did not save it.
  int false_failed = 0;  ///< "failed" by another run's record, and this run saved it.
  int mixed = 0;         ///< Another run's record; what it says is true of this run, too.
  int absent = 0;        ///< "not finished" or "never ran", and a look had seen its record.
  int not_of_it = 0;     ///< The same of a module that the run never meant to back up.
  int premature = 0;     ///< The same at first, and its record came later.
};

/// What was counted of runs of one kind.
struct RunFigures {
  int true_runs = 0;     ///< Of which a look saw a record.
  int told_exactly = 0;  ///< As one run with exactly these records.
  int all_saved = 0;     ///< Reported runs in which every module was saved.
  int false_alarms = 0;  ///< Of these, first reported as anything else.
  int late_notices = 0;  ///< Of these, with a notice that they are late.
  int all_known = 0;     ///< Of these, runs of which every module had a record before.
  int late_known = 0;    ///< Of these, with a notice that they are late.
  int updates = 0;
  int twice_updated = 0;     ///< Runs with more than one update.
  int missed = 0;            ///< Reports of a run that did not take place.
  int missed_no_result = 0;  ///< Of these, it took place and left no record at all.
  int missed_first = 0;  ///< Of these, its first record came later, and an application had no past.
  int missed_early = 0;  ///< Of these, its first record came later, and all had.
  int missed_falsely = 0;  ///< Of these, a look had seen a record of it.
  int missed_untold = 0;   ///< Runs of which every node was off, and no report says so.
  WrongLines lines;
  std::map<std::string, std::vector<seconds>>
      delays;                                         ///< From the true end to the report, by fate.
  std::map<std::string, std::vector<seconds>> words;  ///< To the first mail, report or notice.
};

/// Counts over all histories.
struct Figures {
  int histories = 0;
  int mails = 0;
  int updates_without_change = 0;
  int without_records = 0;            ///< Final reports of runs that only an alert opened.
  std::map<std::string, int> finals;  ///< By outcome.
  std::map<std::string, int> others;  ///< By kind.
  RunFigures clear;    ///< The daemon was up, the clocks were right, no other run overlapped.
  RunFigures unclear;  ///< Another run of the plan overlapped, or runs follow each other within q.
  RunFigures clear_timed;    ///< As `clear`, and the daemon knows the schedule of its plan.
  RunFigures unclear_timed;  ///< Likewise.
  RunFigures logged;         ///< As `clear` and `clear_timed`, and the daemon reads the log.
  RunFigures hindered;       ///< The daemon or Redis was away, or a clock stepped.
};

/// Lets the daemon live through `history`.
[[nodiscard]] Night Replay(const History& history);

/// Holds what was told against what was true.
///
/// \return What a promise of docs/runs.md is broken by, one line each.
[[nodiscard]] std::vector<std::string> Check(const History& history, const Night& night,
                                             Figures& figures);

}  // namespace backup_monitor::testing
